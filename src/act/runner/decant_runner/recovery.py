"""What to do with a run whose runner died: after the switch it is finished, before it is undone."""

from __future__ import annotations

import time
from typing import Any

from decant_runner.command import session_of, status_of, stop_group
from decant_runner.context import Context, Plan, Step
from decant_runner.execution import Stopped, execute
from decant_runner.history import Attempt
from decant_runner.journal import Record
from decant_runner.layout import Layout, linked_version
from decant_runner.undoing import undo

POLL = 0.05


def switch_step(plan: Plan) -> Step | None:
    """The step that makes the release live."""
    live = Layout(plan["root"]).live
    links = (
        step for step in plan["steps"] if step["action"]["do"] == "link" and step["action"]["path"] == live
    )
    return next(links, None)


def decision(attempt: Attempt, plan: Plan) -> str:
    """ "undo" or "finish"."""
    step = switch_step(plan)
    if attempt.undoing is not None or step is None or step["id"] not in attempt.begun:
        return "undo"
    is_live = linked_version(Layout(plan["root"]).live) == plan.get("version")
    return "finish" if is_live and False not in _verdicts(attempt, plan) else "undo"


def recover(context: Context) -> tuple[str, dict[str, Any] | None]:
    """Undoes or finishes the run of `context`. Its outcome and failure."""
    attempt, plan = context.attempt, context.plan
    decided = decision(attempt, plan)
    more = {"version": attempt.version} if attempt.version else {}
    context.events.emit("recover", id=attempt.id, decision=decided, **more)
    _settle(context)
    if decided == "finish":
        return completed(context, [step for step in plan["steps"] if step["id"] not in attempt.done])
    undoing = attempt.undoing or {"failure": _torn(attempt), "cancelled": False}
    undo(context, undoing["failure"], undoing["cancelled"])
    return ("cancelled", None) if undoing["cancelled"] else ("failed", undoing["failure"])


def completed(context: Context, steps: list[Step]) -> tuple[str, dict[str, Any] | None]:
    """Executes steps, and undoes all of the run if one fails."""
    try:
        execute(context, steps)
    except Stopped as stopped:
        undo(context, stopped.failure, stopped.is_cancelled)
        return ("cancelled", None) if stopped.is_cancelled else ("failed", stopped.failure)
    return "done", None


def _verdicts(attempt: Attempt, plan: Plan) -> list[bool]:
    """How the steps ended that are not tolerant: one that failed was about to be undone."""
    tolerated = attempt.tolerated
    return [ok for id, ok in attempt.done.items() if id not in tolerated]


def _settle(context: Context) -> None:
    """Waits for the torn step's command, until its deadline; what is left of it then is ended."""
    attempt = context.attempt
    group: Record | None = attempt.group
    if group is None or (attempt.undoing is None and group["step"] in attempt.done):
        return
    context.step = next(step for step in context.plan["steps"] if step["id"] == group["step"])
    until = group["at"] + group["deadline"]
    while status_of(group["output"]) is None and group["pgid"] in session_of(group["pgid"], group["start"]):
        if time.time() > until or (context.may_be_cancelled() and context.cancel.is_asked()):
            break
        time.sleep(POLL)
    stop_group(group["pgid"], group["start"])
    is_whole = context.step["action"]["do"] == "run" and attempt.undoing is None
    if is_whole and status_of(group["output"]) == 0:
        step = context.step
        context.journal(context.record("step", step=step["id"], phase=step["phase"], state="end", ok=True))


def _torn(attempt: Attempt) -> dict[str, Any]:
    failure = {"reason": "killed", "message": "the runner was killed in the middle of it"}
    if not attempt.begun:
        return {**failure, "step": "", "phase": "lock"}
    return {**failure, "step": attempt.begun[-1], "phase": attempt.phases[-1]}
