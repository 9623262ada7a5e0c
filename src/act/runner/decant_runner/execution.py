"""Doing a plan's steps, in order, until one fails."""

from __future__ import annotations

import sys
import time
import traceback
from typing import Any

from decant_runner.actions import perform
from decant_runner.context import Action, Context, Step
from decant_runner.failure import Cancelled, Failure
from decant_runner.phases import has_come


class Stopped(Exception):
    """A step failed, or the run was cancelled before one. `failure` is that of the event `end`."""

    def __init__(self, failure: dict[str, Any], is_cancelled: bool) -> None:
        super().__init__(failure["message"])
        self.failure = failure
        self.is_cancelled = is_cancelled


def execute(context: Context, steps: list[Step]) -> None:
    """Raises Stopped; what was begun is then to be undone."""
    for step in steps:
        if context.cancel.is_asked() and not has_come(step["phase"], "switch"):
            raise _stopped(step, Cancelled(), context)
        context.step = step
        _execute_one(context, step)


def attempted(action: Action, context: Context) -> str | None:
    """Does an action; whatever goes wrong becomes a Failure."""
    try:
        return perform(action, context)
    except Failure:
        raise
    except OSError as error:
        raise Failure("system", _sentence(error)) from error
    except Exception as error:
        traceback.print_exc(file=sys.stderr)
        raise Failure("bug", f"{action['do']}: {error!r}") from error


def _execute_one(context: Context, step: Step) -> None:
    about = {"id": step["id"], "phase": step["phase"], "title": step["title"]}
    begin = time.monotonic()
    try:
        detail = _journaled(context, step, about)
    except Failure as failure:
        seconds = time.monotonic() - begin
        tolerant = _is_tolerant(step) and not isinstance(failure, Cancelled)
        context.journal_if_room(_record(context, step, state="end", ok=False, tolerant=tolerant))
        state, data = "warned" if tolerant else "failed", failure.as_data()
        context.events.emit("step", **about, state=state, seconds=seconds, failure=data)
        if not tolerant:
            raise _stopped(step, failure, context) from failure
        return
    context.journal(_record(context, step, state="end", ok=True))
    more = {"detail": detail} if detail else {}
    context.events.emit("step", **about, state="done", seconds=time.monotonic() - begin, **more)


def _journaled(context: Context, step: Step, about: dict[str, Any]) -> str | None:
    try:
        # Made durable together with the end of the step before it.
        context.journal(_record(context, step, state="begin"), durable=True)
    except OSError as error:
        raise Failure("system", _sentence(error)) from error
    context.events.emit("step", **about, state="started")
    return attempted(step["action"], context)


def _record(context: Context, step: Step, **more: Any) -> dict[str, Any]:
    return context.record("step", step=step["id"], phase=step["phase"], **more)


def _stopped(step: Step, failure: Failure, context: Context) -> Stopped:
    if isinstance(failure, Cancelled):
        context.events.emit("cancel")
    data = {**failure.as_data(), "step": step["id"], "phase": step["phase"]}
    return Stopped(data, isinstance(failure, Cancelled))


def _is_tolerant(step: Step) -> bool:
    return bool(step.get("tolerant")) or has_come(step["phase"], "drain")


def _sentence(error: OSError) -> str:
    where = f": {error.filename}" if error.filename else ""
    return f"{error.strerror or error}{where}"
