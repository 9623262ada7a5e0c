"""Talking to the keeper from inside a plan."""

from __future__ import annotations

import socket
from typing import Any

from decant_runner.context import Context
from decant_runner.failure import Failure
from decant_runner.keep.client import ask

# On top of a process's own grace.
PATIENCE = 15.0
FRONT_PATIENCE = 40.0


def answered(run: str, question: dict[str, Any], patience: float) -> dict[str, Any] | None:
    """The keeper's answer; None when no keeper runs. Raises Failure when it does not answer in time."""
    for last in (False, True):
        try:
            return ask(run, question, patience)
        except (FileNotFoundError, ConnectionRefusedError):
            return None
        except socket.timeout as error:
            raise Failure(
                "system", f"the keeper did not answer {question['do']!r} in {patience:.0f} s"
            ) from error
        except OSError as error:
            # It may have been replaced, or killed, in the middle: the next one is asked once more.
            if last:
                raise Failure("system", f"the keeper broke off: {error}") from error
    return None


def keeper_status(run: str) -> dict[str, Any] | None:
    """`KeepStatus` of src/model/state.ts, or None when no keeper answers."""
    try:
        answer = answered(run, {"do": "status"}, 5.0)
    except Failure:
        return None
    status: dict[str, Any] | None = answer.get("status") if answer else None
    return status


def process_status(run: str, name: str) -> dict[str, Any] | None:
    status = keeper_status(run)
    return next((each for each in status["processes"] if each["name"] == name), None) if status else None


def tell(context: Context, question: dict[str, Any], patience: float) -> None:
    """Asks, and starts a keeper first where none runs and the plan says how. Raises Failure."""
    answer = answered(context.run, question, patience)
    if answer is None:
        answer = _asked_anew(context, question, patience)
    if answer is not None and not answer.get("ok"):
        raise Failure("system", str(answer.get("error", "the keeper refused")))


def _asked_anew(context: Context, question: dict[str, Any], patience: float) -> dict[str, Any] | None:
    """A dead keeper's processes live on: only a keeper can end them, or start one beside them."""
    from decant_runner.keeper_start import start_keeper

    address = next(
        (step["action"] for step in context.plan["steps"] if step["action"]["do"] == "serve"), None
    )
    if address is None:
        if question["do"] in ("stop", "clear"):
            return None
        raise Failure("system", "no keeper runs")
    start_keeper(context, address)
    return answered(context.run, question, patience)
