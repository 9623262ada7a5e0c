"""Printing a run's events until its end, whoever runs it."""

from __future__ import annotations

import fcntl
import os
import select
import sys
import time
from typing import NoReturn

from decant_runner import lock
from decant_runner.cli import BUG, KILLED, complain
from decant_runner.layout import Inbox, Layout

POLL = 0.01
# How often a runner that was killed is followed by another one, as long as a client looks on.
SUCCESSORS = 3
ORPHAN_SECONDS = 1.0
END = b'{"type": "end"'


def detached(layout: Layout, id: str) -> int:
    """Starts the run in a session of its own, with no descriptor of ours. Its pid."""
    pid = os.fork()
    if pid == 0:
        _run(layout, id)
    return pid


def follow(layout: Layout, id: str, runner: int | None, offset: int = 0) -> int:
    """Prints events from `offset` on; 0 after `end` or when nobody reads, 70 or 137 if there will be none.

    `runner` is our child. When it is killed, the next one undoes or finishes what it began.
    """
    return _Follower(layout, layout.inbox(id), runner, offset).status()


class _Follower:
    def __init__(self, layout: Layout, inbox: Inbox, runner: int | None, offset: int) -> None:
        self._layout = layout
        self._inbox = inbox
        self._runner = runner
        self._offset = offset
        self._rest = b""
        self._orphan_since: float | None = None
        self._next_look = 0.0
        self._client = os.open(inbox.client_lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self._has_lock = False
        self._was_killed = False
        self._reader = select.poll()
        # Only hang-ups and errors, which are always told.
        self._reader.register(1, 0)

    def status(self) -> int:
        successors = 0
        while True:
            self._claim()
            is_gone = self._is_gone()
            try:
                if self._passed_on() or not self._is_read():
                    return 0
            except BrokenPipeError:
                return 0
            if not is_gone:
                time.sleep(POLL)
            elif successors == SUCCESSORS:
                complain("runner", f"the runner ended without an end; see {self._inbox.log}")
                return KILLED if self._was_killed else BUG
            else:
                successors += 1
                self._orphan_since = None
                self._runner = detached(self._layout, self._inbox.id)

    def _passed_on(self) -> bool:
        """Prints what is new; True after the end."""
        try:
            with open(self._inbox.events, "rb") as file:
                file.seek(self._offset)
                data = file.read()
        except FileNotFoundError:
            return False
        self._offset += len(data)
        *lines, self._rest = (self._rest + data).split(b"\n")
        for index, line in enumerate(lines):
            if line.startswith(END):
                _print(b"\n".join(lines[: index + 1]) + b"\n")
                return True
        if lines:
            _print(b"\n".join(lines) + b"\n")
        return False

    def _is_gone(self) -> bool:
        if self._runner is not None:
            pid, status = os.waitpid(self._runner, os.WNOHANG)
            if pid != 0 and status == 0:
                # It has told the end, or another runner has this very run in hand.
                self._runner = None
            self._was_killed = os.WIFSIGNALED(status)
            return status != 0
        now = time.monotonic()
        if now < self._next_look:
            return False
        self._next_look = now + 0.2
        if lock.is_held(self._layout.lock):
            self._orphan_since = None
            return False
        self._orphan_since = self._orphan_since or now
        return now - self._orphan_since > ORPHAN_SECONDS

    def _is_read(self) -> bool:
        """Whether anybody still reads what we print: nobody must wait for an event to learn that we are alone."""
        return not self._reader.poll(0)

    def _claim(self) -> None:
        """Our lock says that a client reads. Another client may have it until it goes."""
        if self._has_lock:
            return
        try:
            fcntl.flock(self._client, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._has_lock = True
        except BlockingIOError:
            pass


def _run(layout: Layout, id: str) -> NoReturn:
    status = BUG
    try:
        os.setsid()
        os.umask(0o022)
        nothing = os.open(os.devnull, os.O_RDWR)
        log = os.open(layout.inbox(id).log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        for number, file in enumerate((nothing, nothing, log)):
            os.dup2(file, number)
        os.closerange(3, 1024)
        os.chdir("/")
        from decant_runner.conduct import conduct

        conduct(layout, id)
        status = 0
    except BaseException:
        import traceback

        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(status)


def _print(data: bytes) -> None:
    while data:
        data = data[os.write(1, data) :]
