"""One direction of a connection."""

from __future__ import annotations

import socket

BLOCK = 65536
# So many blocks at once, then the others have their turn.
TURN = 16


class Way:
    """Bytes from `source` to `sink`, at most one block of them in between. Both are non-blocking."""

    def __init__(self, source: socket.socket, sink: socket.socket) -> None:
        self.source = source
        self.sink = sink
        self.is_over = False
        """The end was passed on, or nobody takes what comes."""
        self.is_broken = False
        """It is over because the sink's owner has gone."""
        self._waiting = memoryview(b"")
        self._has_ended = False

    @property
    def wants_to_read(self) -> bool:
        return not self._waiting and not self._has_ended and not self.is_over

    @property
    def wants_to_write(self) -> bool:
        return bool(self._waiting) and not self.is_over

    def move(self) -> None:
        """Passes on what is there, as far as it is taken."""
        for _ in range(TURN):
            if self.is_over or not self._is_sent() or not self._is_read():
                return
        # Whatever was read last goes before the others have their turn: only then we are woken for the next.
        self._is_sent()

    def _is_sent(self) -> bool:
        """Whether nothing waits any more, and more is to come."""
        try:
            while self._waiting:
                self._waiting = self._waiting[self.sink.send(self._waiting) :]
            if self._has_ended:
                self.sink.shutdown(socket.SHUT_WR)
                self.is_over = True
        except BlockingIOError:
            return False
        except OSError:
            self.is_over = self.is_broken = True
        return not self.is_over

    def _is_read(self) -> bool:
        try:
            data = self.source.recv(BLOCK)
        except BlockingIOError:
            return False
        except OSError:
            # A reset: what came before it has been read.
            data = b""
        self._waiting, self._has_ended = memoryview(data), not data
        return True
