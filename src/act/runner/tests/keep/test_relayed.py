from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys

from decant_runner import processes
from decant_runner.keep import own
from tests.keep.stand import Stand, free_port, wait_for
from tests.relay.stand import program


class Relayed(Stand):
    """A relay under the keeper, as the web process of a release."""

    def test_a_killed_program_is_started_again_on_its_own_port(self) -> None:
        self._serve(free_port())
        before = self._program()
        os.kill(before, signal.SIGKILL)

        wait_for(lambda: self.process("v1:web")["restarts"] == 1)
        self.assertEqual(self.process("v1:web")["exit"], "signal 9")
        wait_for(self._answers)
        self.assertNotEqual(self._program(), before)

    def test_a_killed_relay_gets_back_the_port_that_its_program_still_held(self) -> None:
        relay = self._serve(free_port())
        before = self._program()
        os.kill(relay, signal.SIGKILL)

        wait_for(lambda: self.process("v1:web")["restarts"] == 1 and self._answers())
        self.assertFalse(processes.is_alive(before, None))

    def test_two_releases_are_served_side_by_side(self) -> None:
        self._serve(0)
        self._serve(0, "v2")
        self.assertTrue(self._answers() and self._answers("v2"))
        self.assertTrue(self.ask(do="clear", release="v1", grace=5)["ok"])
        self.assertFalse(self._answers())
        self.assertTrue(self._answers("v2"))

    def test_nothing_is_left_of_it_even_when_its_keeper_was_killed(self) -> None:
        relay = self._serve(0)
        leader = self._program()
        self.kill_keeper()
        self.assertTrue(self._answers())

        ended = subprocess.run(
            own.command(["stop", "--root", self.root, "--run", self.run_folder]), stdout=subprocess.PIPE
        )
        self.assertEqual(ended.returncode, 0)
        self.assertFalse(processes.is_alive(relay, None) or processes.is_alive(leader, None))

    def _serve(self, port: int, release: str = "v1") -> int:
        if self.pid() is None:
            self.begin()
        path = self._path(release)
        # Named like the zipapp of a release, which is how a runner of ours is told from the app's processes.
        os.makedirs(f"{self.root}/runner", exist_ok=True)
        link = f"{self.root}/runner/r.pyz"
        if not os.path.islink(link):
            os.symlink(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))), link)
        start = f"import sys; sys.path.insert(0, {link!r}); from decant_runner.cli import main; sys.exit(main(sys.argv[2:]))"
        told = ["--socket", path, "--port", str(port), "--variable", "PORT", "--drain", "2", "--end", "2"]
        told += ["--", sys.executable, "-u", "-c", program(str(port) if port else 'os.environ["PORT"]')]
        argv = [sys.executable, "-c", start, link, "relay", *told]
        spec = self.spec("web", "", release=release, kind="web", argv=argv, socket=path)
        pid = self.start(spec)
        wait_for(lambda: self._answers(release))
        return pid

    def _path(self, release: str) -> str:
        return f"{self.run_folder}/{release}/app.sock"

    def _answers(self, release: str = "v1") -> bool:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            try:
                connection.settimeout(5)
                connection.connect(self._path(release))
                connection.sendall(b"one\n")
                return connection.recv(100) == b"one\n"
            except OSError:
                return False

    def _program(self) -> int:
        return int(self.text("logs/v1/web.log").split("pid ")[-1].split()[0])
