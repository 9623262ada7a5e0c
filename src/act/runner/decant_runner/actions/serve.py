"""Sees to it that the keeper runs, holds this address and runs this version of the front."""

from __future__ import annotations

import glob
import time
from typing import Any

from decant_runner.context import Action, Context
from decant_runner.failure import Failure
from decant_runner.keep import own
from decant_runner.keeper_start import keeper_command, start_keeper
from decant_runner.supervisor import FRONT_PATIENCE, answered, keeper_status, tell

REPLACED_SECONDS = 10.0


def perform(action: Action, context: Context) -> str | None:
    status = keeper_status(context.run)
    if status is not None and [status["host"], status["port"]] != [action["host"], action["port"]]:
        return _moved(action, context)
    if status is None:
        start_keeper(context, action)
    elif status["version"] != own.version():
        _replace(action, context)
    elif _serves(status["front"], action):
        return "it does already"
    _show(action, context)
    return None


def _show(action: Action, context: Context) -> None:
    tell(context, {"do": "front", "file": action["front"], "node": action["node"]}, FRONT_PATIENCE)


def _serves(front: dict[str, Any], action: Action) -> bool:
    return front["file"] == action["front"] and front["state"] == "running" and front["pid"] is not None


def _replace(action: Action, context: Context) -> None:
    """The running keeper becomes one of our version; the socket and its children stay."""
    tell(context, {"do": "replace", "argv": keeper_command(context, action)}, 5.0)
    until = time.monotonic() + REPLACED_SECONDS
    while True:
        status = keeper_status(context.run)
        if status is not None and status["version"] == own.version():
            return
        if time.monotonic() > until:
            raise Failure("system", "the keeper did not become the newer version")
        time.sleep(0.01)


def _moved(action: Action, context: Context) -> str:
    """Another address, on request: the only change that visitors of the old one must notice."""
    answered(context.run, {"do": "shutdown", "grace": 10}, 60.0)
    until = time.monotonic() + REPLACED_SECONDS
    while keeper_status(context.run) is not None and time.monotonic() < until:
        time.sleep(0.01)
    start_keeper(context, action)
    _show(action, context)
    for spec in sorted(glob.glob(f"{glob.escape(context.layout.live)}/processes/*.json")):
        tell(context, {"do": "start", "spec": spec}, FRONT_PATIENCE)
    return f"moved to {action['host']}:{action['port']}"
