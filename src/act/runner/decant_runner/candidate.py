"""The supervised process that a check is about: whether it is dead, and what its log says."""

from __future__ import annotations

import json
import os
import time
from typing import Any

from decant_runner.context import Context
from decant_runner.failure import LINES, Failure
from decant_runner.supervisor import process_status

LOOK_EVERY = 0.2
RESTARTS = 3
# gunicorn starts another worker for each one that ends, for ever.
ENDED_WORKERS = 20
TAIL_BYTES = 256 * 1024


class Candidate:
    """`name`: "v3:web". None: nothing is known of the process, and it is never dead."""

    def __init__(self, name: str | None, context: Context) -> None:
        self._name = name
        self._context = context
        self._first = self._status()
        self._next_look = time.monotonic() + LOOK_EVERY
        self._next_count = self._next_look
        self._log_begin = self._log_size()

    def check_alive(self, restarts: int = RESTARTS) -> None:
        """Asks the keeper now and then. Raises Failure for one that loops."""
        if self._name is None or time.monotonic() < self._next_look:
            return
        self._next_look = time.monotonic() + LOOK_EVERY
        status = self._status()
        if status is None:
            return
        before = self._first["restarts"] if self._first else 0
        if status["state"] == "failed" or status["restarts"] - before >= restarts:
            raise Failure("dead", f"{self._name} ended ({status['exit']})", output=self.log_tail())

    def check_workers(self) -> None:
        """For a server that has not answered yet. Raises Failure when its workers only come and go."""
        if self._name is None or time.monotonic() < self._next_count:
            return
        self._next_count = time.monotonic() + LOOK_EVERY
        tail = self._tail_since(self._log_begin)
        if sum("Worker exiting (pid" in line for line in tail) >= ENDED_WORKERS:
            raise Failure(
                "dead", f"the workers of {self._name} end as soon as they start", output=tail[-LINES:]
            )

    def look_now(self) -> None:
        self._next_look = 0.0

    def log_tail(self) -> list[str]:
        """The last lines of its log."""
        return self._tail_since(0)[-LINES:]

    def _tail_since(self, begin: int) -> list[str]:
        try:
            with open(self._log(), "rb") as file:
                file.seek(max(begin, os.fstat(file.fileno()).st_size - TAIL_BYTES))
                return file.read().decode("utf-8", "replace").splitlines()
        except OSError:
            return []

    def _log_size(self) -> int:
        try:
            return os.path.getsize(self._log()) if self._name else 0
        except OSError:
            return 0

    def _log(self) -> str:
        status = self._status() or self._first
        if status:
            return str(status["log"])
        release, _, process = (self._name or "").partition(":")
        spec = f"{self._context.layout.releases}/{release}/processes/{process}.json"
        try:
            with open(spec, encoding="utf-8") as file:
                return str(json.load(file)["log"])
        except (OSError, ValueError, KeyError):
            return f"{self._context.layout.root}/logs/{release}/{process}.log"

    def _status(self) -> dict[str, Any] | None:
        return process_status(self._context.run, self._name) if self._name else None
