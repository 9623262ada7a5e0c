"""The keeper's own log: lines on stderr, which its starter points to `logs/keep.log`."""

from __future__ import annotations

import os
import time


def note(text: str) -> None:
    """One line with the time. A full disk must not stop the keeper, so failures are passed over."""
    stamp = time.strftime("%Y-%m-%dT%H:%M:%S%z")
    try:
        os.write(2, f"{stamp} keep[{os.getpid()}] {text}\n".encode("utf-8", "replace"))
    except OSError:
        pass
