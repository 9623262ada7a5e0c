"""The app's lock: the kernel's, so that it can't go stale. What stands in the file only says who has it."""

from __future__ import annotations

import fcntl
import json
import os
import time
from typing import Any

from decant_runner.layout import Layout

# `look` touches the lock for an instant; that must not look like another deploy.
PATIENCE = 0.3


def take(path: str) -> int | None:
    """The lock's descriptor, closed on exec; None if another runner has it. Raises OSError without a folder."""
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    until = time.monotonic() + PATIENCE
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                os.close(file)
                return None
            time.sleep(0.01)
            continue
        if _is_at(path, file):
            os.ftruncate(file, 0)
            return file
        # The app was destroyed while we waited: the lock of what is there now is another one.
        os.close(file)
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)


def _is_at(path: str, file: int) -> bool:
    try:
        return os.path.samestat(os.stat(path), os.fstat(file))
    except FileNotFoundError:
        return False


def sign(file: int, holder: dict[str, Any]) -> None:
    os.ftruncate(file, 0)
    os.pwrite(file, json.dumps(holder).encode(), 0)


def holder(layout: Layout) -> dict[str, Any] | None:
    """`Holder` of src/model/event.ts; None when nobody has the lock. Writes nothing."""
    if not is_held(layout.lock):
        return None
    for _ in range(20):
        try:
            with open(layout.lock, encoding="utf-8") as file:
                found: dict[str, Any] = json.load(file)
            return {**found, "attached": is_held(layout.inbox(found["id"]).client_lock)}
        except (OSError, ValueError):
            time.sleep(0.005)
    return None


def is_held(path: str) -> bool:
    try:
        file = os.open(path, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        return False
    except BlockingIOError:
        return True
    finally:
        os.close(file)
