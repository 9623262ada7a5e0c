"""`keep.sock`: one JSON object a line each way, one request at a time on each connection."""

from __future__ import annotations

import json
import os
import socket
from typing import Any, Callable, Dict, Optional

from decant_runner.keep.loop import Loop
from decant_runner.keep.note import note

Answer = Dict[str, Any]
# Asked again after each look at the processes, until it has the answer.
Later = Callable[[], Optional[Answer]]

_LONGEST = 1 << 20


class Control:
    """`respond` gives the answer-to-be of a request."""

    def __init__(self, path: str, loop: Loop, respond: Callable[[dict[str, Any]], Later]) -> None:
        self._path = path
        self._loop = loop
        self._respond = respond
        self._connections: set[Connection] = set()
        self._listener = self._bound()

    def tick(self) -> None:
        """Gives the answers that are there by now."""
        for connection in list(self._connections):
            connection.proceed()

    def ensure(self) -> None:
        """Binds again if somebody removed or replaced the socket's file."""
        try:
            if os.stat(self._path).st_ino == self._inode:
                return
        except OSError:
            pass
        note(f"{self._path} was gone")
        self._loop.unwatch(self._listener.fileno())
        self._listener.close()
        self._listener = self._bound()

    def close(self) -> None:
        """Takes no more requests; the connections stay until we end."""
        self._loop.unwatch(self._listener.fileno())
        self._listener.close()
        try:
            os.unlink(self._path)
        except OSError:
            pass

    def _bound(self) -> socket.socket:
        """Bound aside and renamed, so that the path never leads nowhere while a keeper lives."""
        aside = f"{self._path}.new"
        if os.path.lexists(aside):
            os.unlink(aside)
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        listener.setblocking(False)
        listener.bind(aside)
        os.chmod(aside, 0o600)
        listener.listen(64)
        os.rename(aside, self._path)
        self._inode = os.stat(self._path).st_ino
        self._loop.watch(listener.fileno(), self._accept)
        return listener

    def _accept(self) -> None:
        try:
            peer, _ = self._listener.accept()
        except OSError:
            return
        connection = Connection(peer, self._respond, self._forget)
        self._connections.add(connection)
        self._loop.watch(peer.fileno(), connection.read)

    def _forget(self, connection: Connection) -> None:
        self._connections.discard(connection)
        self._loop.unwatch(connection.peer.fileno())
        connection.peer.close()


class Connection:
    def __init__(
        self,
        peer: socket.socket,
        respond: Callable[[dict[str, Any]], Later],
        gone: Callable[[Connection], None],
    ) -> None:
        peer.setblocking(False)
        self.peer = peer
        self._respond = respond
        self._gone = gone
        self._received = b""
        self._later: Later | None = None

    def read(self) -> None:
        try:
            data = self.peer.recv(65536)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        self._received += data
        if not data or len(self._received) > _LONGEST:
            self._gone(self)

    def proceed(self) -> None:
        """Takes the next request, if the last one is answered, and answers what can be answered now."""
        while self.peer.fileno() >= 0:
            if self._later is None:
                line, newline, rest = self._received.partition(b"\n")
                if not newline:
                    return
                self._received = rest
                self._later = self._asked(line)
            answer = _safely(self._later)
            if answer is None:
                return
            self._later = None
            self._send(answer)

    def _asked(self, line: bytes) -> Later:
        try:
            request = json.loads(line)
            if not isinstance(request, dict):
                raise TypeError("a request is a JSON object")
            return self._respond(request)
        except Exception as error:  # noqa: BLE001 - whatever a client asks, the keeper lives on
            failure = refusal(error)
            return lambda: failure

    def _send(self, answer: Answer) -> None:
        # The longest answer is some kilobytes and fits the socket's buffer; who does not read is dropped.
        try:
            self.peer.sendall(json.dumps(answer).encode() + b"\n")
        except OSError:
            self._gone(self)


def refusal(error: Exception) -> Answer:
    """The answer for what went wrong, in words."""
    if isinstance(error, KeyError):
        return {"ok": False, "error": f"the request lacks {error}"}
    return {"ok": False, "error": str(error) or repr(error)}


def _safely(later: Later) -> Answer | None:
    try:
        return later()
    except Exception as error:  # noqa: BLE001 - see _asked
        return refusal(error)
