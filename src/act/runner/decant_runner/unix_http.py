"""HTTP over a unix socket: just enough for gates and for the front's control socket."""

from __future__ import annotations

import select
import socket
import time
from typing import Callable, NamedTuple

BODY_BYTES = 1 << 20
TICK = 0.05


class NoAnswer(Exception):
    """Nobody listens there, or the connection broke, or no answer came in time."""

    def __init__(self, message: str, listens: bool) -> None:
        super().__init__(message)
        self.listens = listens


class Request(NamedTuple):
    path: str
    headers: dict[str, str]
    method: str = "GET"


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


def ask(path: str, request: Request, seconds: float, tick: Callable[[], None]) -> Answer:
    """The answer; at most 1 MiB of its body. `tick` is called while it waits. Raises NoAnswer."""
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.settimeout(seconds)
        connection.connect(path)
    except OSError as error:
        connection.close()
        raise NoAnswer(f"no connection ({error.strerror or error})", listens=False) from error
    with connection:
        try:
            connection.sendall(_text(request))
            return _answer(_received(connection, seconds, tick))
        except OSError as error:
            raise NoAnswer(f"the connection broke ({error.strerror or error})", listens=True) from error


def nothing() -> None:
    """The `tick` of those who only wait."""


def _text(request: Request) -> bytes:
    # HTTP/1.0: no chunks, and the end of the connection is the end of the body.
    lines = [f"{request.method} {request.path} HTTP/1.0", *(f"{k}: {v}" for k, v in request.headers.items())]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode("utf-8", "surrogateescape")


def _received(connection: socket.socket, seconds: float, tick: Callable[[], None]) -> bytes:
    until = time.monotonic() + seconds
    received = b""
    while len(received) < BODY_BYTES:
        if not select.select([connection], [], [], TICK)[0]:
            tick()
            if time.monotonic() < until:
                continue
            if b"\r\n\r\n" in received:
                break
            raise NoAnswer(f"no answer within {seconds:.0f} s", listens=True)
        data = connection.recv(65536)
        if not data:
            break
        received += data
    return received


def _answer(received: bytes) -> Answer:
    head, _, body = received.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    words = lines[0].split(" ")
    if len(words) < 2 or not words[0].startswith("HTTP/") or not words[1].isdigit():
        what = "closed the connection without an answer" if not received else f"answered {lines[0][:60]!r}"
        raise NoAnswer(what, listens=True)
    pairs = (line.partition(":") for line in lines[1:])
    return Answer(int(words[1]), {name.strip().lower(): value.strip() for name, _, value in pairs}, body)
