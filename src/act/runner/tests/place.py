"""A folder for one app, plans for it, and the runner as its client starts it."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from typing import Any, Callable, Dict

from decant_runner import history, journal, processes
from decant_runner.cancelling import Cancelling
from decant_runner.context import Channels, Context
from decant_runner.events import Events
from decant_runner.history import Attempt
from decant_runner.journal import Journal
from decant_runner.layout import Layout

PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PATIENCE = 20.0

Event = Dict[str, Any]


def step(id: str, phase: str, action: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": id, "title": f"Do {id}", "why": "a test", "phase": phase, "action": action, **more}


def frame(name: str, data: bytes) -> bytes:
    head = {"name": name, "length": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    return json.dumps(head).encode() + b"\n" + data


class Place(unittest.TestCase):
    """`root` and `run_folder` are fresh and go with the test."""

    def setUp(self) -> None:
        self.root = os.path.realpath(tempfile.mkdtemp(prefix="dr-"))
        self.run_folder = f"{self.root}/run"
        self.layout = Layout(self.root)
        self.blobs: dict[str, bytes] = {}
        self.addCleanup(shutil.rmtree, self.root, True)

    def plan(self, *steps: dict[str, Any], **more: Any) -> dict[str, Any]:
        state = self.look()
        about = {"fingerprint": "f", "kind": "deploy", "app": "a", "target": "local", "by": "tester"}
        place = {"root": self.root, "run": self.run_folder, "version": f"v{state['next']}"}
        expects = {"live": state["live"], "next": state["next"]}
        return {
            "schema": 1,
            **about,
            **place,
            "commit": "c0ffee",
            "expects": expects,
            "steps": list(steps),
            **more,
        }

    def command(self, *words: str, **more: Any) -> subprocess.Popen[bytes]:
        env = {**os.environ, "PYTHONPATH": PACKAGE}
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        argv = [sys.executable, "-m", "decant_runner", *words, "--root", self.root]
        return subprocess.Popen(argv, cwd=PACKAGE, env=env, start_new_session=True, **{**pipes, **more})

    def frames(self, plan: dict[str, Any]) -> bytes:
        blobs = [frame(f"blobs/{name}", data) for name, data in self.blobs.items()]
        return b"".join([*blobs, frame("plan.json", json.dumps(plan).encode()), frame("end", b"")])

    def submitted(self, plan: dict[str, Any]) -> subprocess.Popen[bytes]:
        """A client that follows its plan."""
        client = self.command("submit")
        assert client.stdin is not None
        client.stdin.write(self.frames(plan))
        client.stdin.close()
        client.stdin = None
        self.addCleanup(_ended, client)
        return client

    def submit(self, plan: dict[str, Any]) -> list[Event]:
        """All events of a plan that ran to its end."""
        return self.finished(self.submitted(plan))

    def finished(self, client: subprocess.Popen[bytes]) -> list[Event]:
        out, err = client.communicate(timeout=60)
        if client.returncode != 0:
            raise AssertionError(f"status {client.returncode}: {err.decode()}\n{self.logs()}")
        return [json.loads(line) for line in out.splitlines()]

    def recover(self) -> list[Event]:
        return self.finished(self.command("recover"))

    def look(self, *words: str) -> dict[str, Any]:
        out, err = self.command("look", *words).communicate(timeout=30)
        try:
            state: dict[str, Any] = json.loads(out)
        except ValueError:
            raise AssertionError(err.decode()) from None
        return state

    def next_event(self, client: subprocess.Popen[bytes], wanted: Callable[[Event], bool]) -> Event:
        """Reads on until an event is as wanted."""
        assert client.stdout is not None
        for line in client.stdout:
            event: Event = json.loads(line)
            if wanted(event):
                return event
        raise AssertionError(f"no such event\n{self.logs()}")

    def attempts(self) -> list[Attempt]:
        return history.attempts(journal.read(self.layout.journal))

    def logs(self) -> str:
        found = []
        for folder, _, names in os.walk(self.layout.inboxes):
            for name in names:
                if name == "runner.log":
                    with open(f"{folder}/{name}", encoding="utf-8", errors="replace") as file:
                        found.append(file.read())
        return "\n".join(found)

    def context(self, **more: Any) -> Context:
        """What an action gets, for tests of one action."""
        inbox = self.layout.inbox("test")
        os.makedirs(inbox.blobs, exist_ok=True)
        for name, data in self.blobs.items():
            with open(f"{inbox.blobs}/{name}", "wb") as file:
                file.write(data)
        plan = {"root": self.root, "run": self.run_folder, "by": "tester", "steps": [], **more}
        written = Journal(self.layout.journal)
        self.addCleanup(written.close)
        events = Events(inbox.events)
        self.addCleanup(events.drop)
        context = Context(plan, inbox, Channels(written, events, Cancelling(inbox.cancel)))
        context.attempt = Attempt({"type": "begin", "id": "test"})
        context.step = step("test", "build", {})
        return context

    def write(self, path: str, text: str = "") -> str:
        full = f"{self.root}/{path}"
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w", encoding="utf-8") as file:
            file.write(text)
        return full

    def read(self, path: str) -> str:
        with open(f"{self.root}/{path}", encoding="utf-8") as file:
            return file.read()


def kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    wait_for(lambda: not is_alive(pid))


def wait_for(true: Callable[[], Any], seconds: float = PATIENCE) -> Any:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        answer = true()
        if answer:
            return answer
        time.sleep(0.01)
    raise AssertionError(f"still not so after {seconds} s")


def is_alive(pid: int) -> bool:
    """A zombie is not."""
    return processes.is_alive(pid, None)


def _ended(client: subprocess.Popen[bytes]) -> None:
    if client.poll() is None:
        client.kill()
    client.communicate()
