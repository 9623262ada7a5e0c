from __future__ import annotations

import json
import os
import random
import signal
import time
import unittest

from decant_runner import processes
from tests.keep.stand import Stand, wait_for

SLEEP = "import time; time.sleep(600)"


class Adoption(Stand):
    def test_a_new_keeper_takes_over_what_runs(self) -> None:
        self.begin()
        pid = self.start(self.spec("worker", SLEEP))
        self.kill_keeper()
        self.begin()
        self.assertEqual(self.process("v1:worker")["pid"], pid)

        os.kill(pid, signal.SIGKILL)
        found = wait_for(lambda: (found := self.process("v1:worker"))["pid"] not in (None, pid) and found)
        self.assertEqual((found["exit"], found["restarts"]), ("unknown", 1))

    def test_what_died_meanwhile_starts_again_even_if_its_pid_is_taken(self) -> None:
        self.begin()
        pid = self.start(self.spec("worker", SLEEP))
        self.kill_keeper()
        os.kill(pid, signal.SIGKILL)
        wait_for(lambda: not processes.is_alive(pid, None))
        with open(f"{self.root}/keep.json", encoding="utf-8") as file:
            remembered = json.load(file)
        remembered["processes"][0]["started"]["pid"] = os.getpid()
        with open(f"{self.root}/keep.json", "w", encoding="utf-8") as file:
            json.dump(remembered, file)

        self.begin()
        wait_for(lambda: self.process("v1:worker")["pid"] not in (None, os.getpid()))

    def test_a_stop_goes_on_after_the_keeper_was_killed(self) -> None:
        self.begin()
        stubborn = (
            "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1); time.sleep(600)"
        )
        pid = self.start(self.spec("worker", stubborn))
        wait_for(lambda: self.text("logs/v1/worker.log"))
        with self.assertRaises(OSError):
            from decant_runner.keep.client import ask

            ask(self.run_folder, {"do": "stop", "name": "v1:worker", "grace": 1}, 0.2)
        self.kill_keeper()
        self.begin()
        wait_for(lambda: self.process("v1:worker")["state"] == "stopped")
        self.assertFalse(processes.is_alive(pid, None))

    def test_without_its_memory_it_finds_what_runs(self) -> None:
        self.begin()
        kept = self.start(self.spec("worker", SLEEP))
        lost = self.start(self.spec("gone", SLEEP, release="v2"))
        self.kill_keeper()
        os.unlink(f"{self.root}/keep.json")
        os.unlink(f"{self.root}/releases/v2/processes/gone.json")
        self.begin()
        self.assertEqual(self.process("v1:worker")["pid"], kept)
        wait_for(lambda: not processes.is_alive(lost, None))

    def test_after_a_reboot_all_starts_again(self) -> None:
        self.begin()
        loop = self.spec("loop", "raise SystemExit(3)")
        self.ask(do="start", spec=loop)
        pid = self.start(self.spec("worker", SLEEP))
        wait_for(lambda: self.process("v1:loop")["state"] == "failed")
        self.kill_keeper()
        os.kill(pid, signal.SIGKILL)
        with open(f"{self.root}/keep.json", encoding="utf-8") as file:
            remembered = json.load(file)
        with open(f"{self.root}/keep.json", "w", encoding="utf-8") as file:
            json.dump({**remembered, "boot": "another"}, file)
        self.begin()
        wait_for(lambda: self.process("v1:worker")["state"] == "running")
        wait_for(lambda: self.process("v1:loop")["restarts"] > 5)

    def test_a_second_keeper_ends_at_once(self) -> None:
        self.begin()
        first = self.pid()
        self.assertEqual(self.keeper().wait(20), 0)
        self.assertEqual(self.pid(), first)

    def test_replaced_in_place_it_keeps_its_children(self) -> None:
        from decant_runner.keep import own

        self.begin()
        keeper, pid = self.pid(), self.start(self.spec("worker", SLEEP))
        since = self.status()["started"]
        self.assertTrue(self.ask(do="replace", argv=own.command(self._words()))["ok"])
        wait_for(lambda: self.pid() is not None and self.status()["started"] != since)
        self.assertEqual((self.pid(), self.process("v1:worker")["pid"]), (keeper, pid))
        os.kill(pid, signal.SIGTERM)
        wait_for(lambda: self.process("v1:worker")["exit"] == "signal 15")
        self.assertFalse(self.ask(do="replace", argv=["/no/such/program"])["ok"])

    def _words(self) -> list[str]:
        return ["keep", "--root", self.root, "--run", self.run_folder]

    def test_kills_at_any_instant_lose_and_double_nothing(self) -> None:
        chance = random.Random(7)
        self.begin()
        for number in range(12):
            spec = self.spec("worker", SLEEP, release=f"v{number}")
            keeper = self._keepers[-1]
            from decant_runner.keep.client import ask

            if number % 2:
                killer = os.fork()
                if killer == 0:
                    time.sleep(chance.random() * 0.008)
                    os.kill(keeper.pid, signal.SIGKILL)
                    os._exit(0)
            try:
                ask(self.run_folder, {"do": "start", "spec": spec}, 5)
            except OSError:
                pass
            if number % 2:
                os.waitpid(killer, 0)
                keeper.wait()
                self.begin()
                self.start(spec)
        kept = sorted(one["pid"] for one in self.status()["processes"])
        self.assertEqual(len(kept), 12)
        wait_for(lambda: sorted(self.running()) == kept)


if __name__ == "__main__":
    unittest.main()
