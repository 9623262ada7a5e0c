"""What the keeper can be asked; each method is one request's `do`."""

from __future__ import annotations

import os
import time
from typing import Any, Callable

from decant_runner.keep import own, spec, status
from decant_runner.keep.control import Answer, Later
from decant_runner.keep.front import BOOT_SECONDS
from decant_runner.keep.keeper import Keeper
from decant_runner.keep.state import Record


class Requests:
    def __init__(self, keeper: Keeper) -> None:
        self._keeper = keeper
        self._known: dict[str, Callable[[dict[str, Any]], Later]] = {
            "status": self._status,
            "start": self._start,
            "stop": self._stop,
            "clear": self._clear,
            "front": self._front,
            "lifeline": self._lifeline,
            "replace": self._replace,
            "shutdown": self._shutdown,
        }

    def respond(self, request: dict[str, Any]) -> Later:
        """The answer-to-be. Raises ValueError, KeyError and OSError, whose texts are answers too."""
        do = request["do"]
        if do not in self._known:
            raise ValueError(f"there is no request {do!r}")
        if self._keeper.is_shutting_down and do in ("start", "front", "replace"):
            raise ValueError("the keeper is shutting down")
        return self._known[do](request)

    def _status(self, request: dict[str, Any]) -> Later:
        keeper = self._keeper
        account = {
            "pid": os.getpid(),
            "started": keeper.since,
            "version": own.version(),
            "host": keeper.options.host,
            "port": keeper.options.port,
            "front": status.front_status(keeper.front),
            "processes": status.process_statuses(list(keeper.kept.values())),
        }
        return lambda: {"ok": True, "status": account}

    def _start(self, request: dict[str, Any]) -> Later:
        wanted = spec.read(str(request["spec"]))
        kept = self._keeper.kept.get(wanted.name) or self._keeper.keep(_record(wanted))
        kept.start(wanted, time.monotonic())
        return lambda: _started(kept.record)

    def _stop(self, request: dict[str, Any]) -> Later:
        kept = self._keeper.kept.get(str(request["name"]))
        grace = float(request["grace"])
        if kept is None:
            return lambda: {"ok": True}
        kept.stop(grace, time.monotonic())
        return lambda: {"ok": True} if kept.is_gone else None

    def _clear(self, request: dict[str, Any]) -> Later:
        release, grace = str(request["release"]), float(request["grace"])
        those = [kept for kept in self._keeper.kept.values() if kept.record.release == release]
        for kept in those:
            kept.stop(grace, time.monotonic())

        def cleared() -> Answer | None:
            if not all(kept.is_gone for kept in those):
                return None
            for kept in those:
                self._keeper.forget(kept)
            return {"ok": True}

        return cleared

    def _front(self, request: dict[str, Any]) -> Later:
        program = self._keeper.want_front(str(request["file"]), str(request["node"]))
        front, until = self._keeper.front, time.monotonic() + 2 * BOOT_SECONDS

        def served() -> Answer | None:
            if front.is_served(program):
                return {"ok": True}
            if front.problem or time.monotonic() > until:
                why = front.problem or "it does not answer"
                return {"ok": False, "error": f"the front does not serve: {why}; see {front.log}"}
            return None

        return served

    def _lifeline(self, request: dict[str, Any]) -> Later:
        """The connection stays open for as long as we live; that is all that its other end wants to know."""
        return lambda: {"ok": True}

    def _replace(self, request: dict[str, Any]) -> Later:
        argv = [str(word) for word in request["argv"]]
        if not argv or not os.access(argv[0], os.X_OK):
            raise ValueError(f"{argv[:1]} is not a program")

        def replaced() -> Answer:
            self._keeper.become(argv)
            return {"ok": True}

        return replaced

    def _shutdown(self, request: dict[str, Any]) -> Later:
        self._keeper.shut_down(float(request["grace"]), time.monotonic())
        return lambda: {"ok": True} if self._keeper.is_shut_down() else None


def _record(wanted: spec.Spec) -> Record:
    return Record(
        name=wanted.name,
        release=wanted.release,
        process=wanted.process,
        kind=wanted.kind,
        spec=wanted.path,
        log=wanted.log,
        grace=wanted.grace,
    )


def _started(record: Record) -> Answer | None:
    """Answered once it is neither being stopped first, nor waiting for what an earlier one has left."""
    if record.state == "stopping" or (record.state == "waiting" and record.exit is None):
        return None
    if record.state in ("running", "waiting"):
        return {"ok": True, "pid": record.started.pid if record.started else None}
    return {"ok": False, "error": f"{record.name} is {record.state} ({record.exit})"}
