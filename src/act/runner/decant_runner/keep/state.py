"""What the keeper must remember beyond its own death: `keep.json`, replaced whole at each change."""

from __future__ import annotations

import dataclasses
import json
import os
from typing import Any

from decant_runner import processes
from decant_runner.keep.note import note


@dataclasses.dataclass(frozen=True)
class Started:
    """One started process. `start` guards against its pid's next owner; `since` is epoch seconds."""

    pid: int
    start: str
    since: float


@dataclasses.dataclass(frozen=True)
class FrontProgram:
    """What a front is started from. `keeper`: the argv that it would start a keeper with."""

    file: str
    node: str
    keeper: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class StartedFront:
    program: FrontProgram
    started: Started


@dataclasses.dataclass
class FrontRecord:
    """`coming` is being tried and replaces `current` when it serves; `draining` are on their way out."""

    program: FrontProgram | None = None
    current: StartedFront | None = None
    coming: StartedFront | None = None
    draining: list[StartedFront] = dataclasses.field(default_factory=list)
    restarts: int = 0


@dataclasses.dataclass
class Record:
    """One process. `state` is KeptProcess's; `leftovers` are ended leaders whose sessions must be emptied."""

    name: str
    release: str
    process: str
    kind: str
    spec: str
    log: str
    state: str = "stopped"
    grace: float = 30.0
    started: Started | None = None
    leftovers: list[Started] = dataclasses.field(default_factory=list)
    restarts: int = 0
    exit: str | None = None


@dataclasses.dataclass
class State:
    front: FrontRecord = dataclasses.field(default_factory=FrontRecord)
    processes: dict[str, Record] = dataclasses.field(default_factory=dict)


def load(path: str) -> State:
    """What was remembered; nothing if there is no file or it can't be read. After a reboot no pid holds."""
    try:
        with open(path, encoding="utf-8") as file:
            data = json.load(file)
        state = State(_front(data["front"]), {item["name"]: _record(item) for item in data["processes"]})
        if data["boot"] != processes.boot_id():
            _forget_pids(state)
        return state
    except FileNotFoundError:
        return State()
    except (OSError, ValueError, KeyError, TypeError) as error:
        note(f"{path} can't be read ({error!r}); what runs is found by its environment")
        return State()


def save(path: str, state: State, durable: bool) -> None:
    """Replaces the file. `durable`: also safe against a power cut. A full disk is said and survived."""
    data = {
        "schema": 1,
        "boot": processes.boot_id(),
        "front": dataclasses.asdict(state.front),
        "processes": [dataclasses.asdict(record) for record in state.processes.values()],
    }
    aside = f"{path}.{os.getpid()}"
    try:
        with open(aside, "w", encoding="utf-8") as file:
            json.dump(data, file)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        os.replace(aside, path)
    except OSError as error:
        note(f"{path} can't be written: {error}")


def _forget_pids(state: State) -> None:
    state.front.current = state.front.coming = None
    state.front.draining = []
    for record in state.processes.values():
        record.started = None
        record.leftovers = []
        record.state = {"failed": "waiting", "stopping": "stopped"}.get(record.state, record.state)


def _record(data: dict[str, Any]) -> Record:
    started = _started(data["started"])
    leftovers = [Started(**item) for item in data["leftovers"]]
    return Record(**{**data, "started": started, "leftovers": leftovers})


def _front(data: dict[str, Any]) -> FrontRecord:
    return FrontRecord(
        program=_program(data["program"]) if data["program"] else None,
        current=_started_front(data["current"]),
        coming=_started_front(data["coming"]),
        draining=[front for front in map(_started_front, data["draining"]) if front],
        restarts=data["restarts"],
    )


def _started_front(data: dict[str, Any] | None) -> StartedFront | None:
    return StartedFront(_program(data["program"]), Started(**data["started"])) if data else None


def _program(data: dict[str, Any]) -> FrontProgram:
    return FrontProgram(data["file"], data["node"], tuple(data["keeper"]))


def _started(data: dict[str, Any] | None) -> Started | None:
    return Started(**data) if data else None
