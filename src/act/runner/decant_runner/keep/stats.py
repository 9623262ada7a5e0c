"""Asking a front, over its control socket, who it is."""

from __future__ import annotations

import http.client
import json
import socket


class _Connection(http.client.HTTPConnection):
    def __init__(self, path: str, timeout: float) -> None:
        super().__init__("front", timeout=timeout)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


def serving_pid(path: str, timeout: float = 0.5) -> int | None:
    """The pid of the front that answers `GET /stats` there; None when none does within `timeout` seconds."""
    connection = _Connection(path, timeout)
    try:
        connection.request("GET", "/stats", headers={"Connection": "close"})
        answer = connection.getresponse()
        pid = json.loads(answer.read())["pid"] if answer.status == 200 else None
        return pid if isinstance(pid, int) else None
    except (OSError, http.client.HTTPException, ValueError, KeyError, TypeError):
        return None
    finally:
        connection.close()
