"""One visitor's connection, and the one to the program that it is joined with."""

from __future__ import annotations

import errno
import selectors
import socket
from typing import Callable

from decant_runner.keep.loop import Loop
from decant_runner.relay.way import Way

# A program may listen on "localhost", whatever that is to it.
HOSTS = ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1"))


class Pair:
    """Moves bytes both ways whenever the loop says that it can; tells `gone` when both have ended."""

    def __init__(self, loop: Loop, visitor: socket.socket, port: int, gone: Callable[[Pair], None]) -> None:
        self._loop = loop
        self._visitor = visitor
        self._port = port
        self._gone = gone
        self._hosts = list(HOSTS)
        self._watched: dict[socket.socket, int] = {}
        self._ways: list[Way] = []
        self._program: socket.socket | None = None
        self._is_closed = False
        self._is_ending = False
        visitor.setblocking(False)

    def connect(self) -> None:
        """To the program's next address; without one the visitor learns that nobody answers."""
        if self._program:
            self._watch({})
            self._program.close()
            self._program = None
        if not self._hosts:
            self.close()
            return
        family, host = self._hosts.pop(0)
        try:
            program = socket.socket(family, socket.SOCK_STREAM)
        except OSError:
            self.connect()
            return
        self._program = program
        program.setblocking(False)
        status = program.connect_ex((host, self._port))
        if status in (0, errno.EINPROGRESS):
            self._watch({program: selectors.EVENT_WRITE})
        else:
            self.connect()

    def finish(self) -> None:
        """The program has ended: when all that it said is passed on, nothing is left to do."""
        self._is_ending = True
        self._ready()

    def close(self) -> None:
        if self._is_closed:
            return
        self._is_closed = True
        self._watch({})
        self._visitor.close()
        if self._program:
            self._program.close()
        self._gone(self)

    def _ready(self) -> None:
        if self._is_closed or self._program is None:
            return
        if not self._ways:
            status = self._program.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            if status == errno.EINPROGRESS:
                return
            if status != 0:
                self.connect()
                return
            self._program.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._ways = [Way(self._visitor, self._program), Way(self._program, self._visitor)]
        self._move(self._ways[0], self._ways[1])

    def _move(self, asks: Way, answers: Way) -> None:
        """A program may answer without reading all that is asked: then only its answer still counts."""
        asks.move()
        answers.move()
        if answers.is_broken or (answers.is_over and (asks.is_over or self._is_ending)):
            self.close()
            return
        wanted: dict[socket.socket, int] = {}
        for way in (asks, answers):
            if way.wants_to_read:
                wanted[way.source] = wanted.get(way.source, 0) | selectors.EVENT_READ
            if way.wants_to_write:
                wanted[way.sink] = wanted.get(way.sink, 0) | selectors.EVENT_WRITE
        self._watch(wanted)

    def _watch(self, wanted: dict[socket.socket, int]) -> None:
        if wanted == self._watched:
            return
        for each in self._watched:
            self._loop.unwatch(each.fileno())
        for each, events in wanted.items():
            self._loop.watch(each.fileno(), self._ready, events)
        self._watched = wanted
