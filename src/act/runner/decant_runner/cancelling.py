"""Whether somebody wants the run to be given up: a signal, or the file `cancel` in the inbox."""

from __future__ import annotations

import os
import signal


class Cancelling:
    def __init__(self, path: str) -> None:
        self._path = path
        self._asked = False

    def listen(self) -> None:
        """TERM and INT ask for it. A lost terminal (HUP) changes nothing."""
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self._ask())

    def is_asked(self) -> bool:
        self._asked = self._asked or os.path.exists(self._path)
        return self._asked

    def _ask(self) -> None:
        self._asked = True
