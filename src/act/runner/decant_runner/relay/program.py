"""The program behind a relay: a group of its own in the relay's session."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from typing import NoReturn

from decant_runner import processes


class Program:
    """Raises OSError when there is no such program. It has our descriptors 1 and 2, and no other."""

    def __init__(self, argv: list[str], variables: dict[str, str]) -> None:
        env = {**os.environ, **variables}
        self._process = subprocess.Popen(argv, env=env, stdin=subprocess.DEVNULL, preexec_fn=_become)
        self._session = os.getsid(0)

    @property
    def status(self) -> int | None:
        """How it ended, below zero by that signal; None while it runs."""
        return self._process.poll()

    def stop(self, seconds: float) -> None:
        """TERM for it and all that it started in its group; KILL for what is left after so many seconds."""
        until = time.monotonic() + seconds
        self._tell(signal.SIGTERM)
        while self.status is None or self._has_members():
            if time.monotonic() > until:
                self._tell(signal.SIGKILL)
                self._process.wait()
                return
            time.sleep(0.01)

    def _has_members(self) -> bool:
        return any(
            process.group == self._process.pid and process.session == self._session and not process.zombie
            for process in processes.table()
        )

    def _tell(self, number: int) -> None:
        try:
            os.killpg(self._process.pid, number)
        except (ProcessLookupError, PermissionError):
            pass


def _become() -> None:
    os.setpgid(0, 0)
    # Ours to ignore, not the program's.
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


def end_like(status: int) -> NoReturn:
    """Ends us as the program ended, so that whoever keeps us sees how that was."""
    if status >= 0:
        os._exit(status)
    if -status not in (signal.SIGKILL, signal.SIGSTOP):
        signal.signal(-status, signal.SIG_DFL)
    os.kill(os.getpid(), -status)
    os._exit(128 - status)
