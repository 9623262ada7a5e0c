"""Lets requests through again."""

from __future__ import annotations

from decant_runner import front_control
from decant_runner.context import Action, Context


def perform(action: Action, context: Context) -> str | None:
    if context.undoing and context.attempt.hold is None:
        return None
    return "held until now" if front_control.unhold(context) else "the hold had ended before"
