"""Taking back what was begun, newest first. A runner that dies here is followed by one that goes on here."""

from __future__ import annotations

from typing import Any

from decant_runner.context import Context, Step
from decant_runner.execution import attempted
from decant_runner.failure import Failure
from decant_runner.front_control import unhold
from decant_runner.phases import has_come


def undo(context: Context, failure: dict[str, Any], is_cancelled: bool) -> None:
    """Each action is tried, whatever became of the others."""
    context.undoing = True
    if context.attempt.undoing is None:
        record = context.record("undo", state="begin", failure=brief(failure), cancelled=is_cancelled)
        context.journal_if_room(record, durable=True)
    steps = {step["id"]: step for step in context.plan["steps"]}
    for id in reversed(context.attempt.begun):
        if id not in context.attempt.undone and _has_undo(context, steps[id]):
            context.step = steps[id]
            _undo_one(context, steps[id])
    if context.attempt.hold is not None:
        unhold(context)


def brief(failure: dict[str, Any]) -> dict[str, Any]:
    """As the journal keeps it: the log has the rest."""
    if "output" not in failure:
        return failure
    return {**failure, "output": failure["output"][-20:]}


def _has_undo(context: Context, step: Step) -> bool:
    until = step.get("undoUntil")
    is_late = until is not None and any(has_come(phase, until) for phase in context.attempt.phases)
    return bool(step.get("undo")) and not is_late


def _undo_one(context: Context, step: Step) -> None:
    about = {"id": step["id"], "title": step["title"]}
    # On a full disk the undo itself makes room: what it can't write down must not stop it.
    context.journal_if_room(context.record("undo", step=step["id"], state="begin"))
    context.events.emit("undo", **about, state="started")
    details: list[str] = []
    left: list[str] = []
    for action in step["undo"]:
        try:
            detail = attempted(action, context)
        except Failure as failure:
            detail = failure.message
            left.append(detail)
        details += [detail] if detail else []
    end: dict[str, Any] = {"ok": False, "detail": "; ".join(left)} if left else {"ok": True}
    context.journal_if_room(context.record("undo", step=step["id"], state="end", **end), durable=True)
    more = {"detail": "; ".join(details)} if details else {}
    context.events.emit("undo", **about, state="failed" if left else "done", **more)
