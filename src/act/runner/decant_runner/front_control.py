"""Asking the front to hold requests back, and remembering that it does."""

from __future__ import annotations

import json
import time
from typing import Any

from decant_runner.context import Context
from decant_runner.failure import Failure
from decant_runner.supervisor import keeper_status
from decant_runner.unix_http import NoAnswer, Request, ask

EXTENSION = 30
# One that was just started has no control socket yet.
BOOT_SECONDS = 5.0


def hold(context: Context, seconds: float, patience: float) -> dict[str, Any] | None:
    """What the front answered, at the latest after `patience` seconds: `ok` when nothing is in flight.

    None when no front runs. Raises Failure for a front that serves and can't be asked: visitors would write while we copy.
    """
    until = time.monotonic() + BOOT_SECONDS
    while True:
        _remember(context, _front_pid(context), time.time(), seconds)
        answer = _asked(context, "POST", f"/hold?seconds={seconds:g}&patience={patience:g}", patience + 2)
        status = keeper_status(context.run) if answer is None else None
        if status is None or status["front"]["pid"] is None:
            return answer
        if time.monotonic() >= until:
            raise Failure("system", _unreachable(context, status["front"]["pid"]))
        time.sleep(0.2)


def _unreachable(context: Context, pid: int) -> str:
    return (
        f"the front (process {pid}) serves but does not answer at {context.run}/front.sock, so it can't hold"
        " requests while the database is copied; decant stop and decant start bring a new one"
    )


def unhold(context: Context) -> bool:
    """Lets requests through again. Whether they were held until now."""
    answer = _asked(context, "DELETE", "/hold", 5.0)
    if context.attempt.hold is not None:
        context.journal(context.record("hold", state="end"))
    return bool(answer and answer.get("held"))


def still_holds(context: Context) -> bool:
    """Whether nobody got through since our hold began. If so the hold goes on, long enough for a restore.

    A hold can only be prolonged while it lasts: one that had run out would begin anew, and what visitors
    wrote in between would be lost. So the answer must come before our limit, from the front that we asked.
    """
    held = context.attempt.hold
    if held is None or held["front"] is None:
        return False
    now = time.time()
    answer = _asked(context, "POST", f"/hold?seconds={EXTENSION}", 5.0)
    in_time = held["since"] <= time.time() < held["until"]
    if answer and answer.get("ok") and in_time and _front_pid(context) == held["front"]:
        _remember(context, held["front"], now, EXTENSION)
        return True
    unhold(context)
    return False


def _remember(context: Context, front: int | None, since: float, seconds: float) -> None:
    context.journal(context.record("hold", state="begin", front=front, since=since, until=since + seconds))


def _front_pid(context: Context) -> int | None:
    stats = _asked(context, "GET", "/stats", 5.0)
    return stats.get("pid") if stats else None


def _asked(context: Context, method: str, path: str, seconds: float) -> dict[str, Any] | None:
    request = Request(path, {"Host": "front", "Content-Length": "0"}, method)
    try:
        answer = ask(f"{context.run}/front.sock", request, seconds, _nothing)
        value: dict[str, Any] = json.loads(answer.body)
    except (NoAnswer, ValueError):
        return None
    return value


def _nothing() -> None:
    """A hold is not torn: it ends by itself soon."""
