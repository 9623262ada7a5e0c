"""`stop`: ends the keeper and everything that it keeps."""

from __future__ import annotations

import json
import signal
import time

from decant_runner.keep.ending import outsiders, send
from decant_runner.keeper_end import end_keeper

GRACE = 30
ROUNDS = 5


def main(options: dict[str, str]) -> int:
    """Answers when every process is gone."""
    root, run = options["root"], options["run"]
    ran = False
    # A front whose keeper was killed starts another one, perhaps while we look.
    for _ in range(ROUNDS):
        if end_keeper(run, GRACE):
            ran = True
        elif not outsiders(f"@{root}"):
            break
        else:
            ran = True
            _end_orphans(root)
    print(json.dumps({"ok": True, "ran": ran}))
    return 0


def _end_orphans(root: str) -> None:
    """What a killed keeper left: all of an app's processes bear its mark."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        told: set[int] = set()
        until = time.monotonic() + GRACE
        while time.monotonic() < until:
            left = outsiders(f"@{root}")
            if not left:
                return
            for pid, start in left:
                if pid not in told:
                    told.add(pid)
                    send(pid, start, number)
            time.sleep(0.02)
