"""What the runner says while it works: `RunnerEvent` of src/model/event.ts, one JSON object a line."""

from __future__ import annotations

import json
import os
import time
from typing import Any


class Events:
    """Appends to files; more than one while the run of another plan is being recovered."""

    def __init__(self, path: str) -> None:
        self._files: list[int] = []
        self.add(path)

    def add(self, path: str) -> None:
        self._files.append(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600))

    def drop(self) -> None:
        """Ends what the last `add` began."""
        os.close(self._files.pop())

    def emit(self, type: str, **fields: Any) -> None:
        line = json.dumps({"type": type, "at": time.time(), **fields}).encode() + b"\n"
        for file in self._files:
            # A full disk must not end a deploy that could still be undone.
            try:
                os.write(file, line)
            except OSError:
                pass
