"""The keeper's own account: `KeepStatus` of src/model/state.ts."""

from __future__ import annotations

from typing import Any

from decant_runner import processes
from decant_runner.keep.front import Front
from decant_runner.keep.kept import Kept
from decant_runner.keep.state import Record


def front_status(front: Front) -> dict[str, Any]:
    current, program = front.record.current, front.record.program
    return {
        "pid": current.started.pid if current else None,
        "started": current.started.since if current else None,
        "file": current.program.file if current else program.file if program else "",
        "state": front.state,
        "restarts": front.record.restarts,
    }


def process_statuses(kept: list[Kept]) -> list[dict[str, Any]]:
    """In the order in which they were started first. Memory is that of each one's whole session, in bytes."""
    memory = processes.memory_by_session()
    return [_process_status(one.record, memory) for one in kept]


def _process_status(record: Record, memory: dict[int, int]) -> dict[str, Any]:
    started = record.started
    return {
        "name": record.name,
        "release": record.release,
        "process": record.process,
        "kind": record.kind,
        "pid": started.pid if started else None,
        "started": started.since if started else None,
        "state": record.state,
        "restarts": record.restarts,
        "exit": record.exit,
        "memory_bytes": memory.get(started.pid) if started else None,
        "log": record.log,
    }
