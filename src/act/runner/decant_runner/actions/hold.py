"""The front answers no new request until `unhold`; done when those in flight have ended, or had their time."""

from __future__ import annotations

from decant_runner import front_control
from decant_runner.context import Action, Context


def perform(action: Action, context: Context) -> str | None:
    patience = action["patience"] if "patience" in action else action["seconds"]
    answer = front_control.hold(context, action["seconds"], patience)
    if answer is None:
        return "no front runs"
    if "patience" in action:
        return f"{answer['inflight']} requests did not end in time" if answer.get("inflight") else None
    if not answer.get("ok"):
        # Somebody may still write: from here on it is as if there were no hold.
        front_control.unhold(context)
        return (
            f"{answer.get('inflight')} requests did not end within {action['seconds']:g} s; nothing is held"
        )
    return None
