"""The listening socket of the app's address, and who has it when we can't."""

from __future__ import annotations

import errno
import glob
import os
import re
import socket

from decant_runner import processes

BACKLOG = 1024


class Taken(Exception):
    """Somebody else listens there; the text is "pid name" or "unknown"."""


def bound(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises Taken, or OSError for an address that this machine doesn't have."""
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    listener = socket.socket(family, kind, protocol)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        if error.errno != errno.EADDRINUSE:
            raise
        raise Taken(holder(port)) from error
    return listener


def inherited(number: int) -> socket.socket | None:
    """The listening socket that our starter left under this descriptor, if it is one."""
    try:
        listener = socket.socket(fileno=number)
    except OSError:
        return None
    try:
        if listener.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
            listener.set_inheritable(False)
            return listener
    except OSError:
        pass
    listener.detach()
    return None


def holder(port: int) -> str:
    """ "pid name" of the process that listens on the port, where we may see it, and its app; else "unknown"."""
    sockets = {name for name, other in listening().items() if other == port}
    for link in glob.glob("/proc/[0-9]*/fd/*") if sockets else ():
        try:
            if os.readlink(link) in sockets:
                pid = int(link.split("/")[2])
                return f"{pid} {_name(pid)}{_app(pid)}"
        except OSError:
            continue
    return "unknown"


def listening() -> dict[str, int]:
    """Sockets that listen, as /proc/<pid>/fd names them, with their ports (proc(5), /proc/net/tcp)."""
    found = {}
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        try:
            with open(table, encoding="ascii") as file:
                rows = [line.split() for line in file.readlines()[1:]]
        except OSError:
            continue
        for row in rows:
            if row[3] == "0A":
                found[f"socket:[{row[9]}]"] = int(row[1].rpartition(":")[2], 16)
    return found


def _name(pid: int) -> str:
    words = processes.command_line(pid)
    return os.path.basename(words[0]) if words else "unknown"


def _app(pid: int) -> str:
    """A front and a keeper run from files in the folder of their app."""
    found = (re.search(r"/apps/([^/]+)/(?:front|runner)/", word) for word in processes.command_line(pid))
    name = next((match.group(1) for match in found if match), None)
    return f", which serves {name}" if name else ""
