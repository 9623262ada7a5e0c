"""`relay`."""

from __future__ import annotations

import os
import resource
import socket
import time

from decant_runner.keep import listen
from decant_runner.keep.loop import Loop
from decant_runner.relay import port as ports
from decant_runner.relay.options import Options, relay_options
from decant_runner.relay.pair import Pair
from decant_runner.relay.program import Program, end_like

BACKLOG = 1024
LOOK = 0.05
# A program that listens elsewhere by then most likely never looks at the port that it was given.
ELSEWHERE_SECONDS = 5.0
TAKEN = 98
# For the last words of a program that has ended.
LAST_SECONDS = 2.0
# Descriptors that are not connections, generously.
OTHERS = 32


def main(argv: list[str]) -> int:
    """Status 0 after TERM; else the program's own, or 98: the port that it insists on is taken."""
    options = relay_options(argv[1:])
    loop = Loop()
    try:
        port = _port(options)
    except listen.Taken as error:
        where = f"the port {options.port} that it needs" if options.port else "every port that was tried"
        note(f"{where} is in use by {error}")
        return TAKEN
    try:
        program = Program(options.argv, {"PORT": str(port), options.variable: str(port)})
    except OSError as error:
        note(f"can't start {options.argv[0]}: {error}")
        return 127
    if _listens(program, port, loop):
        _Relay(options.socket, port, loop).serve(program, options.drain)
    if program.status is not None and not loop.leaving:
        end_like(program.status)
    program.stop(options.end)
    return 0


def note(text: str) -> None:
    """A line in the log of the process."""
    os.write(2, f"decant: {text}\n".encode("utf-8", "replace"))


def _port(options: Options) -> int:
    if not options.port:
        return ports.free_port()
    ports.await_free(options.port)
    return options.port


def _listens(program: Program, port: int, loop: Loop) -> bool:
    """Waits until the program itself listens there. False: it has ended, or we are to end."""
    began = time.monotonic()
    said = False
    while program.status is None and not loop.leaving:
        found = ports.ports_of(os.getsid(0))
        if port in found if found is not None else ports.answers(port):
            return True
        if found and not said and time.monotonic() - began > ELSEWHERE_SECONDS:
            said = True
            note(f"the program listens on port {min(found)} and not on {port}, the PORT that it was given")
        loop.wait(LOOK)
    return False


class _Relay:
    def __init__(self, path: str, port: int, loop: Loop) -> None:
        self._path = path
        self._port = port
        self._loop = loop
        self._pairs: set[Pair] = set()
        self._limit = _most_connections()
        self._listener = self._bound()
        self._accepts = True
        loop.watch(self._listener.fileno(), self._accept)

    def serve(self, program: Program, drain: float) -> None:
        """Until the program ends, or until TERM and the end of what was under way then."""
        while program.status is None and not self._loop.leaving:
            self._loop.wait(1.0)
        self._close()
        until = time.monotonic() + drain
        while self._pairs and time.monotonic() < until:
            if program.status is not None:
                until = min(until, time.monotonic() + LAST_SECONDS)
                self._finish()
            self._loop.wait(min(1.0, max(0.0, until - time.monotonic())))
        for pair in list(self._pairs):
            pair.close()

    def _finish(self) -> None:
        for pair in list(self._pairs):
            pair.finish()

    def _bound(self) -> socket.socket:
        if os.path.lexists(self._path):
            os.unlink(self._path)
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        listener.setblocking(False)
        listener.bind(self._path)
        listener.listen(BACKLOG)
        self._inode = os.stat(self._path).st_ino
        return listener

    def _close(self) -> None:
        """Whoever is connected already is still served; the path is another relay's if that was quicker."""
        try:
            if os.stat(self._path).st_ino == self._inode:
                os.unlink(self._path)
        except OSError:
            pass
        if self._accepts:
            self._accept()
        if self._accepts:
            self._loop.unwatch(self._listener.fileno())
        self._accepts = False
        self._listener.close()

    def _accept(self) -> None:
        while len(self._pairs) < self._limit:
            try:
                visitor, _ = self._listener.accept()
            except OSError:
                return
            pair = Pair(self._loop, visitor, self._port, self._gone)
            self._pairs.add(pair)
            pair.connect()
        # The others wait in the listener's queue.
        self._accepts = False
        self._loop.unwatch(self._listener.fileno())

    def _gone(self, pair: Pair) -> None:
        self._pairs.discard(pair)
        if not self._accepts and self._listener.fileno() >= 0:
            self._accepts = True
            self._loop.watch(self._listener.fileno(), self._accept)


def _most_connections() -> int:
    """Each takes two descriptors, of as many as the system lets us have."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 65536 if hard == resource.RLIM_INFINITY else hard
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    except (OSError, ValueError):
        wanted = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return (wanted - OTHERS) // 2
