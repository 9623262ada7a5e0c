"""Ending the keeper, and with it the front and every process."""

from __future__ import annotations

import time

from decant_runner import lock
from decant_runner.supervisor import answered

LEFT_SECONDS = 10.0


def end_keeper(run: str, grace: float) -> bool:
    """Done when it is gone. False: none ran."""
    if answered(run, {"do": "shutdown", "grace": grace}, 3.0 * grace + LEFT_SECONDS) is None:
        return False
    until = time.monotonic() + LEFT_SECONDS
    while lock.is_held(f"{run}/keep.lock") and time.monotonic() < until:
        time.sleep(0.01)
    return True
