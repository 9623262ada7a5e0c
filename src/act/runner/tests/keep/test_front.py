from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import socket
import threading
import unittest

from decant_runner import processes
from tests.keep.stand import FRONT, NODE, Stand, free_port, wait_for


class Prober(threading.Thread):
    """Asks again and again on new connections, bounded to one at a time, and keeps what failed and how."""

    def __init__(self, port: int) -> None:
        super().__init__(daemon=True)
        self.failures: list[str] = []
        self.asked = 0
        self._port = port
        self._over = threading.Event()

    def run(self) -> None:
        while not self._over.wait(0.005):
            self.asked += 1
            try:
                answered(self._port)
            except (OSError, http.client.HTTPException) as error:
                self.failures.append(type(error).__name__)

    def end(self) -> None:
        self._over.set()
        self.join()


def answered(port: int) -> dict[str, object]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=15)
    try:
        connection.request("GET", "/")
        answer: dict[str, object] = json.loads(connection.getresponse().read())
        return answer
    finally:
        connection.close()


@unittest.skipUnless(NODE, "the front needs node")
class KeptFront(Stand):
    def setUp(self) -> None:
        super().setUp()
        self.front = self.copy("one")
        self.begin(free_port(), self.front)

    def copy(self, name: str) -> str:
        os.makedirs(f"{self.root}/front", exist_ok=True)
        return str(shutil.copy(FRONT, f"{self.root}/front/{name}.mjs"))

    def serving(self) -> int:
        return int(str(wait_for(lambda: answered(self.port)["pid"])))

    def test_gets_the_listening_socket_and_a_clean_environment(self) -> None:
        names = answered(self.port)["names"]
        assert isinstance(names, list)
        self.assertLessEqual({"DECANT_RUN", "DECANT_KEEP_ARGV", "DECANT_HOST", "DECANT_PORT"}, set(names))
        self.assertNotIn("PWD", names)

    def test_killed_it_comes_back_and_no_connection_is_refused(self) -> None:
        prober = Prober(self.port)
        prober.start()
        for _ in range(5):
            pid = self.serving()
            os.kill(pid, signal.SIGKILL)
            wait_for(lambda pid=pid: self.status()["front"]["pid"] not in (None, pid))  # type: ignore[misc]
            self.serving()
        prober.end()
        self.assertNotIn("ConnectionRefusedError", prober.failures)
        self.assertGreaterEqual(self.status()["front"]["restarts"], 5)

    def test_a_killed_keeper_costs_nothing_and_is_revived_by_the_front(self) -> None:
        prober = Prober(self.port)
        prober.start()
        for _ in range(3):
            keeper, front = self.pid(), self.serving()
            self.kill_keeper()
            wait_for(lambda keeper=keeper: self.pid() not in (None, keeper))  # type: ignore[misc]
            self.assertEqual(self.status()["front"]["pid"], front)
        prober.end()
        self.assertEqual(prober.failures, [])

    def test_a_newer_file_takes_over_without_a_failed_request(self) -> None:
        prober = Prober(self.port)
        prober.start()
        for name in ("two", "three"):
            old, file = self.serving(), self.copy(name)
            self.assertTrue(self.ask(do="front", file=file, node=NODE)["ok"])
            self.assertEqual(self.status()["front"]["file"], file)
            wait_for(lambda old=old: not processes.is_alive(old, None))  # type: ignore[misc]
            self.assertNotEqual(self.serving(), old)
        prober.end()
        self.assertEqual(prober.failures, [])
        self.assertGreater(prober.asked, 10)

    def test_the_same_file_again_changes_nothing(self) -> None:
        pid = self.serving()
        self.assertTrue(self.ask(do="front", file=self.front, node=NODE)["ok"])
        self.assertEqual(self.serving(), pid)

    def test_a_newer_one_that_does_not_start_is_refused(self) -> None:
        pid, broken = self.serving(), self.copy("broken")
        with open(broken, "w", encoding="utf-8") as file:
            file.write("process.exit(3)")
        answer = self.ask(do="front", file=broken, node=NODE)
        self.assertFalse(answer["ok"])
        self.assertIn("exit 3", answer["error"])
        self.assertEqual((self.serving(), self.status()["front"]["file"]), (pid, self.front))

    def test_a_first_one_that_never_serves_is_said(self) -> None:
        self.ask(do="shutdown", grace=1)
        wait_for(lambda: self.pid() is None)
        broken = self.copy("broken")
        with open(broken, "w", encoding="utf-8") as file:
            file.write("process.exit(3)")
        self.begin(self.port, broken)
        answer = self.ask(do="front", file=broken, node=NODE)
        self.assertIn("exit 3", answer["error"])
        self.assertTrue(self.ask(do="front", file=self.front, node=NODE)["ok"])

    def test_both_killed_the_next_keeper_binds_again(self) -> None:
        sleep = self.start(self.spec("worker", "import time; time.sleep(600)"))
        front = self.serving()
        keeper = self.pid()
        assert keeper
        os.kill(front, signal.SIGSTOP)
        os.kill(keeper, signal.SIGKILL)
        os.kill(front, signal.SIGKILL)
        wait_for(lambda: not processes.is_alive(keeper, None) and not processes.is_alive(front, None))
        self._reap()
        self.begin(self.port, self.front)
        self.serving()
        self.assertEqual(self.process("v1:worker")["pid"], sleep)

    def test_a_front_that_revives_no_keeper_is_taken_out_of_the_way(self) -> None:
        front = self.serving()
        os.kill(front, signal.SIGSTOP)
        self.kill_keeper()
        self.begin(self.port, self.front)
        self.assertNotEqual(self.serving(), front)

    def test_shutdown_frees_the_address(self) -> None:
        self.serving()
        self.assertTrue(self.ask(do="shutdown", grace=1)["ok"])
        self.assertEqual(self.running(), [])
        with self.assertRaises(ConnectionRefusedError):
            answered(self.port)

    def test_a_taken_address_names_its_holder(self) -> None:
        self.ask(do="shutdown", grace=1)
        with socket.create_server(("127.0.0.1", 0)) as other:
            keeper = self.keeper(other.getsockname()[1], self.front)
            self.assertEqual(keeper.wait(20), 98)
        last = json.loads(self.text("logs/keep.log").splitlines()[-1])
        self.assertEqual(last["error"], "taken")
        self.assertEqual(last["holder"].split()[0], str(os.getpid()))

    def test_after_sigterm_to_the_keeper_the_app_goes_on(self) -> None:
        keeper, front = self.pid(), self.serving()
        assert keeper
        os.kill(keeper, signal.SIGTERM)
        self._reap()
        wait_for(lambda: self.pid() not in (None, keeper))
        self.assertEqual(self.serving(), front)


if __name__ == "__main__":
    unittest.main()
