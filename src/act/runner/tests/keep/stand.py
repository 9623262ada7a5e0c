"""A keeper in a folder of its own, asked as the runner asks it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest
from typing import Any, Callable

from decant_runner import processes
from decant_runner.keep import own
from decant_runner.keep.client import ask

FRONT = os.path.join(os.path.dirname(__file__), "front.mjs")
NODE = shutil.which("node") or ""
PATIENCE = 20.0


def wait_for(true: Callable[[], Any], seconds: float = PATIENCE) -> Any:
    """The first answer that counts as true; an AssertionError when none comes."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        answer = true()
        if answer:
            return answer
        time.sleep(0.02)
    raise AssertionError(f"still not so after {seconds} s: {true}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Stand(unittest.TestCase):
    """`root` and `run` are fresh; after the test the keeper shuts down, and nothing may be left."""

    def setUp(self) -> None:
        self.root = os.path.realpath(tempfile.mkdtemp(prefix="decant-keep-"))
        self.run_folder = f"{self.root}/run/app"
        self.port = 0
        self._keepers: list[subprocess.Popen[bytes]] = []
        self.addCleanup(self._sweep)

    def begin(self, port: int = 0, front: str = "") -> None:
        """Starts a keeper as its starter does, and waits until it answers."""
        self.port = port
        keeper = self.keeper(port, front)
        self._keepers.append(keeper)
        wait_for(lambda: self.pid() == keeper.pid or keeper.poll() is not None)

    def keeper(self, port: int = 0, front: str = "") -> subprocess.Popen[bytes]:
        words = ["keep", "--root", self.root, "--run", self.run_folder, "--host", "127.0.0.1"]
        words += ["--port", str(port), "--node", NODE, "--front", front]
        os.makedirs(f"{self.root}/logs", exist_ok=True)
        with open(f"{self.root}/logs/keep.log", "ab") as log:
            return subprocess.Popen(
                own.command(words), stdin=subprocess.DEVNULL, stderr=log, start_new_session=True
            )

    def spec(self, process: str, script: str, **others: Any) -> str:
        """The path of a spec that runs a Python script as v1's process."""
        release = others.pop("release", "v1")
        folder = f"{self.root}/releases/{release}/processes"
        os.makedirs(folder, exist_ok=True)
        spec = {
            "schema": 1,
            "name": f"{release}:{process}",
            "release": release,
            "process": process,
            "kind": "worker",
            "argv": [sys.executable, "-u", "-c", script],
            "cwd": self.root,
            "env": {},
            "envFile": "",
            "log": f"{self.root}/logs/{release}/{process}.log",
            "socket": None,
            "grace": 5,
            **others,
        }
        with open(f"{folder}/{process}.json", "w", encoding="utf-8") as file:
            json.dump(spec, file)
        return f"{folder}/{process}.json"

    def ask(self, **request: Any) -> dict[str, Any]:
        return ask(self.run_folder, request, PATIENCE)

    def start(self, spec: str) -> int:
        """Starts it and gives its pid."""
        answer = self.ask(do="start", spec=spec)
        self.assertTrue(answer["ok"], answer)
        return int(answer["pid"])

    def status(self) -> dict[str, Any]:
        answer = self.ask(do="status")
        self.assertTrue(answer["ok"], answer)
        status: dict[str, Any] = answer["status"]
        return status

    def process(self, name: str) -> dict[str, Any]:
        found: list[dict[str, Any]] = [one for one in self.status()["processes"] if one["name"] == name]
        self.assertEqual(len(found), 1, found)
        return found[0]

    def pid(self) -> int | None:
        """The answering keeper's."""
        try:
            return int(self.ask(do="status")["status"]["pid"])
        except (OSError, ValueError):
            return None

    def text(self, path: str) -> str:
        try:
            with open(f"{self.root}/{path}", encoding="utf-8") as file:
                return file.read()
        except FileNotFoundError:
            return ""

    def kill_keeper(self) -> None:
        """Kills it as the kernel does for want of memory, and waits until it is really gone."""
        pid = self.pid()
        assert pid is not None
        start = processes.start_time(pid)
        os.kill(pid, signal.SIGKILL)
        self._reap()
        wait_for(lambda: not processes.is_alive(pid, start))

    def running(self) -> list[int]:
        """All that carries the mark of this app."""
        marked = processes.marked("DECANT_PROCESS=")
        return [pid for pid, _, value in marked if value.endswith(f"@{self.root}")]

    def _sweep(self) -> None:
        try:
            if self.pid() is not None:
                self.assertTrue(self.ask(do="shutdown", grace=1)["ok"])
                wait_for(lambda: not self.running())
        finally:
            for pid in self.running():
                os.kill(pid, signal.SIGKILL)
            for keeper in self._keepers:
                keeper.kill()
                keeper.wait()
            shutil.rmtree(self.root)

    def _reap(self) -> None:
        for keeper in self._keepers:
            try:
                keeper.wait(0.1)
            except subprocess.TimeoutExpired:
                continue
