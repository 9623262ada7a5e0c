from __future__ import annotations

import dataclasses
import os
import signal
import unittest

from decant_runner import processes
from decant_runner.keep import spec as specs
from decant_runner.keep.backoff import LONGEST, LOOP_SECONDS
from decant_runner.keep.kept import Kept
from decant_runner.keep.state import Record
from tests.keep.stand import Stand, wait_for

SLEEP = "import time; time.sleep(600)"
DAEMON = """
import os, time
if os.fork() == 0:
    os.setsid()
    open('daemon', 'w').write(str(os.getpid()))
time.sleep(600)
"""
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf'); time.sleep(600)"
CHILD = "import os, time\nif os.fork() == 0:\n open('child', 'w').write(str(os.getpid()))\ntime.sleep(600)"


class KeptProcesses(Stand):
    def test_starts_with_the_release_environment_only(self) -> None:
        with open(f"{self.root}/env", "w", encoding="utf-8") as file:
            file.write("A=file\nB='two words'\n")
        os.environ["STRAY"] = "from the shell"
        self.addCleanup(os.environ.pop, "STRAY")
        show = "import os; print(sorted((n, v) for n, v in os.environ.items() if n in 'A B STRAY'.split())); "
        show += (
            "print(os.listdir('/proc/self/fd'), os.getsid(0) == os.getpid()); import time; time.sleep(600)"
        )
        self.begin()
        self.start(self.spec("worker", show, env={"A": "spec"}, envFile=f"{self.root}/env"))

        wait_for(lambda: self.text("logs/v1/worker.log").count("\n") == 2)
        lines = self.text("logs/v1/worker.log").splitlines()
        self.assertEqual(lines[0], "[('A', 'spec'), ('B', 'two words')]")
        # The fourth is the listing's own.
        self.assertEqual(lines[1], "['0', '1', '2', '3'] True")

    def test_starting_what_runs_changes_nothing(self) -> None:
        self.begin()
        spec = self.spec("worker", SLEEP)
        self.assertEqual(self.start(spec), self.start(spec))

    def test_starts_again_what_was_killed(self) -> None:
        self.begin()
        pid = self.start(self.spec("worker", SLEEP))
        os.kill(pid, signal.SIGKILL)

        found = wait_for(
            lambda: (found := self.process("v1:worker"))["state"] == "running" and found["restarts"] and found
        )
        self.assertNotEqual(found["pid"], pid)
        self.assertEqual((found["restarts"], found["exit"]), (1, "signal 9"))
        # A process that has only just begun is not loaded yet.
        wait_for(lambda: self.process("v1:worker")["memory_bytes"] > 1_000_000)

    def test_says_of_a_crash_loop_that_it_failed_and_goes_on_trying(self) -> None:
        self.begin()
        spec = self.spec("worker", "import sys; sys.exit(3)")
        self.ask(do="start", spec=spec)
        found = wait_for(lambda: (found := self.process("v1:worker"))["state"] == "failed" and found)
        self.assertEqual((found["restarts"], found["exit"], found["pid"]), (5, "exit 3", None))

        self.assertEqual(self.start(self.spec("worker", SLEEP)), self.process("v1:worker")["pid"])
        self.assertEqual(self.process("v1:worker")["state"], "running")

    def test_what_lives_after_a_crash_loop_is_failed_for_a_minute_and_then_runs(self) -> None:
        script = f"import os, time; os.path.exists('well') or os._exit(3); {SLEEP}"
        record = Record("v1:worker", "v1", "worker", "worker", self.spec("worker", script), "")
        kept = Kept(record, self.root, lambda durable: None, 0.0)
        now = 0.0
        kept.start(specs.read(record.spec), now)
        while record.state != "failed":
            now = self._next_end(kept, now)
        for _ in range(7):
            now, before = self._next_end(kept, now), now
            self.assertEqual((record.state, round(now - before, 3)), ("failed", LONGEST))

        open(f"{self.root}/well", "w").close()
        kept.tick(now + LONGEST)
        self.addCleanup(self._stop, kept)
        started = record.started
        assert started
        self.assertEqual((record.state, kept.next_look(now)), ("failed", float("inf")))
        record.started = dataclasses.replace(started, since=started.since - LOOP_SECONDS)
        kept.tick(now + LONGEST)
        self.assertEqual((record.state, record.started.pid), ("running", started.pid))

    def test_a_crash_loop_that_lives_for_now_is_stopped_before_it_is_started(self) -> None:
        self.begin()
        script = f"import os; os.path.exists('well') or os._exit(3); {SLEEP}"
        self.ask(do="start", spec=self.spec("worker", script))
        wait_for(lambda: self.process("v1:worker")["state"] == "failed")
        open(f"{self.root}/well", "w").close()
        self.kill_keeper()
        self.begin()
        first = wait_for(lambda: self.process("v1:worker")["pid"])
        self.assertEqual(self.process("v1:worker")["state"], "failed")
        self.assertNotEqual(self.start(self.spec("worker", script)), first)
        self.assertFalse(processes.is_alive(first, None))

    def _next_end(self, kept: Kept, now: float) -> float:
        """When it starts again after it has ended once more."""
        restarts = kept.record.restarts
        kept.tick(now)
        wait_for(lambda: kept.tick(now) or kept.record.restarts > restarts)
        wait_for(lambda: kept.tick(now) or not kept.record.leftovers)
        return kept.next_look(now)

    def _stop(self, kept: Kept) -> None:
        kept.stop(0.0, 0.0)
        wait_for(lambda: kept.tick(0.0) or kept.is_gone)

    def test_says_why_it_cannot_start(self) -> None:
        self.begin()
        answer = self.ask(do="start", spec=self.spec("worker", SLEEP, envFile=f"{self.root}/absent"))
        self.assertFalse(answer["ok"])
        self.assertIn("absent", answer["error"])
        self.assertEqual(self.process("v1:worker")["state"], "failed")
        self.assertFalse(self.ask(do="start", spec=f"{self.root}/none.json")["ok"])

    def test_a_program_that_is_missing_is_said_in_its_log(self) -> None:
        self.begin()
        self.ask(do="start", spec=self.spec("worker", "", argv=["/no/such/program"]))
        wait_for(lambda: "can't start /no/such/program" in self.text("logs/v1/worker.log"))
        wait_for(lambda: self.process("v1:worker")["exit"] == "exit 127")

    def test_kills_what_does_not_hear(self) -> None:
        self.begin()
        self.start(self.spec("worker", DEAF))
        wait_for(lambda: self.text("logs/v1/worker.log"))
        self.assertTrue(self.ask(do="stop", name="v1:worker", grace=0.2)["ok"])
        found = self.process("v1:worker")
        self.assertEqual((found["state"], found["exit"]), ("stopped", "signal 9"))

    def test_stops_children_and_daemons_too(self) -> None:
        self.begin()
        for script, file in ((CHILD, "child"), (DAEMON, "daemon")):
            self.start(self.spec(file, script))
            other = int(wait_for(lambda file=file: self.text(file)))  # type: ignore[misc]
            self.assertTrue(self.ask(do="stop", name=f"v1:{file}", grace=5)["ok"])
            self.assertFalse(processes.is_alive(other, None), file)

    def test_what_a_dead_leader_left_ends_before_another_starts(self) -> None:
        self.begin()
        pid = self.start(self.spec("scheduler", CHILD, kind="scheduler"))
        child = int(wait_for(lambda: self.text("child")))
        os.kill(pid, signal.SIGKILL)
        wait_for(
            lambda: self.process("v1:scheduler")["restarts"] == 1 and self.process("v1:scheduler")["pid"]
        )
        self.assertFalse(processes.is_alive(child, None))

    def test_clear_stops_one_release_and_forgets_it(self) -> None:
        self.begin()
        for release in ("v1", "v2"):
            self.start(self.spec("web", SLEEP, release=release, kind="web"))
            self.start(self.spec("worker", SLEEP, release=release))
        self.assertTrue(self.ask(do="clear", release="v1", grace=5)["ok"])
        self.assertEqual([one["name"] for one in self.status()["processes"]], ["v2:web", "v2:worker"])

    def test_removes_the_socket_that_a_killed_master_left(self) -> None:
        self.begin()
        socket = f"{self.run_folder}/v1/app.sock"
        bind = f"import socket, time; socket.socket(socket.AF_UNIX).bind({socket!r}); "
        bind += "print('bound'); time.sleep(600)"
        pid = self.start(self.spec("web", bind, kind="web", socket=socket))
        wait_for(lambda: self.text("logs/v1/web.log") == "bound\n")
        os.kill(pid, signal.SIGKILL)
        wait_for(lambda: self.text("logs/v1/web.log") == "bound\nbound\n")

    def test_a_start_during_a_stop_waits_for_its_end(self) -> None:
        self.begin()
        spec = self.spec("worker", DEAF)
        old = self.start(spec)
        wait_for(lambda: self.text("logs/v1/worker.log"))
        self._later(do="stop", name="v1:worker", grace=0.3)
        wait_for(lambda: self.process("v1:worker")["state"] == "stopping")
        self.assertNotEqual(self.start(spec), old)
        self.assertFalse(processes.is_alive(old, None))

    def _later(self, **request: object) -> None:
        import json
        import socket

        connection = socket.socket(socket.AF_UNIX)
        self.addCleanup(connection.close)
        connection.connect(f"{self.run_folder}/keep.sock")
        connection.sendall(json.dumps(request).encode() + b"\n")

    def test_shutdown_leaves_nothing(self) -> None:
        self.begin()
        for script in (SLEEP, DAEMON, CHILD, DEAF):
            self.start(self.spec(f"p{len(script)}", script))
        wait_for(lambda: self.text("daemon") and self.text("child"))
        self.assertTrue(self.ask(do="shutdown", grace=0.3)["ok"])
        self.assertEqual(self.running(), [])


if __name__ == "__main__":
    unittest.main()
