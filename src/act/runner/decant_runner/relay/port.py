"""Which port a program gets, and whether it is the program that listens there."""

from __future__ import annotations

import os
import random
import socket
import time

from decant_runner import processes
from decant_runner.keep import listen

HOST = "127.0.0.1"
# Below the ports that systems give to outgoing connections, so that none of those takes it before the program does.
RANGE = range(20000, 30000)
TRIES = 100
# A program that was killed may leave children behind, which hold its port until they have ended too.
FREED_SECONDS = 6.0


def free_port() -> int:
    """One that nobody listens on now. Raises listen.Taken when a hundred are taken."""
    for left in range(TRIES, 0, -1):
        port = random.choice(RANGE)
        try:
            _try(port)
            return port
        except listen.Taken:
            if left == 1:
                raise
    raise AssertionError("unreachable")


def await_free(port: int) -> None:
    """Until nobody listens on a port that the program insists on. Raises listen.Taken when somebody stays."""
    until = time.monotonic() + FREED_SECONDS
    while True:
        try:
            return _try(port)
        except listen.Taken:
            if time.monotonic() > until:
                raise
        time.sleep(0.05)


def _try(port: int) -> None:
    listen.bound(HOST, port).close()


def ports_of(session: int) -> set[int] | None:
    """The TCP ports that the processes of a session listen on; None where the system does not tell."""
    if not processes.LINUX:
        return None
    listening = listen.listening()
    return {
        listening[name] for pid, _ in processes.session_members(session) for name in _files(pid, listening)
    }


def answers(port: int) -> bool:
    """Whether anybody accepts connections there; for systems that don't say who."""
    try:
        socket.create_connection((HOST, port), 1.0).close()
        return True
    except OSError:
        return False


def _files(pid: int, wanted: dict[str, int]) -> list[str]:
    found = []
    try:
        for name in os.listdir(f"/proc/{pid}/fd"):
            found.append(os.readlink(f"/proc/{pid}/fd/{name}"))
    except OSError:
        # It has ended, or closed one, while we looked.
        pass
    return [name for name in found if name in wanted]
