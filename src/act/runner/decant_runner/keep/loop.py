"""One thread that waits for descriptors and signals."""

from __future__ import annotations

import os
import selectors
import signal
import socket
from typing import Callable

Ready = Callable[[], None]


class Loop:
    """`leaving` turns true on SIGTERM or SIGINT. SIGCHLD only wakes; who ended is asked for elsewhere."""

    def __init__(self) -> None:
        self.leaving = False
        self._selector = selectors.DefaultSelector()
        self._polls = False
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        theirs.setblocking(False)
        self._wake = (ours, theirs)
        self.watch(ours.fileno(), self._drain)
        signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda number, frame: None)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._leave)

    def watch(self, descriptor: int, ready: Ready, events: int = selectors.EVENT_READ) -> None:
        """Calls `ready` whenever the descriptor can be read; or for these `events` of `selectors`."""
        self._selector.register(descriptor, events, ready)

    def unwatch(self, descriptor: int) -> None:
        self._selector.unregister(descriptor)

    def wake_when_ended(self, pid: int) -> None:
        """Wakes when a process that is not our child ends: at once by its pidfd, else by looking often."""
        try:
            descriptor = os.pidfd_open(pid)
        except (AttributeError, OSError):
            self._polls = True
            return

        def ended() -> None:
            self.unwatch(descriptor)
            os.close(descriptor)

        self.watch(descriptor, ended)

    def wait(self, seconds: float) -> None:
        """Until something is ready, at most this long."""
        for key, _ in self._selector.select(min(seconds, 0.2) if self._polls else seconds):
            key.data()

    def _drain(self) -> None:
        try:
            while self._wake[0].recv(4096):
                pass
        except BlockingIOError:
            pass

    def _leave(self, number: int, frame: object) -> None:
        self.leaving = True
