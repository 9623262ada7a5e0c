"""Taking over what an earlier keeper has left running."""

from __future__ import annotations

import os
import time

from decant_runner import processes
from decant_runner.keep import spec as specs
from decant_runner.keep.note import note
from decant_runner.keep.state import Record, Started, State


def survivors(state: State) -> list[int]:
    """Pids that are remembered and still alive."""
    started = living_fronts(state)
    for record in state.processes.values():
        started += [record.started] if record.started else []
        started += record.leftovers
    return [one.pid for one in started if processes.is_alive(one.pid, one.start)]


def living_fronts(state: State) -> list[Started]:
    fronts = [state.front.current, state.front.coming, *state.front.draining]
    started = [front.started for front in fronts if front]
    return [one for one in started if processes.is_alive(one.pid, one.start)]


def adopt_forgotten(state: State, root: str) -> None:
    """Finds, by their mark, processes that run but have no record, for when `keep.json` was lost.

    One whose release still has its spec is kept from here on; the others are stopped.
    """
    for name, started in _oldest_leaders(root).items():
        if name in state.processes:
            continue
        release, _, process = name.partition(":")
        record = _record(f"{root}/releases/{release}/processes/{process}.json", name)
        if record.spec:
            record.started, record.state = started, "running"
        else:
            record.leftovers.append(started)
        state.processes[name] = record
        note(f"{name} was found running, pid {started.pid}")


def _oldest_leaders(root: str) -> dict[str, Started]:
    """By name. Younger ones with the same mark are daemons that the process itself has made."""
    found: dict[str, Started] = {}
    for pid, start, value in processes.marked("DECANT_PROCESS="):
        name, _, where = value.partition("@")
        if where != root or ":" not in name or _session(pid) != pid:
            continue
        if name not in found or _ticks(start) < _ticks(found[name].start):
            found[name] = Started(pid, start, time.time())
    return found


def _ticks(start: str) -> int:
    return int(start.rpartition("-")[2])


def _session(pid: int) -> int | None:
    try:
        return os.getsid(pid)
    except ProcessLookupError:
        return None


def _record(path: str, name: str) -> Record:
    release, _, process = name.partition(":")
    try:
        spec = specs.read(path)
        return Record(name, spec.release, spec.process, spec.kind, path, spec.log, grace=spec.grace)
    except (OSError, ValueError):
        return Record(name, release, process, "worker", "", "")
