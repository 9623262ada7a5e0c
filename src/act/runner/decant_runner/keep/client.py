"""Asking the keeper."""

from __future__ import annotations

import json
import socket
from typing import Any

from decant_runner.keep import place


def ask(run: str, request: dict[str, Any], timeout: float) -> dict[str, Any]:
    """The keeper's answer. Raises OSError: none runs, it dies meanwhile, or `timeout` seconds are over."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(timeout)
        place.check(run)
        connection.connect(f"{run}/keep.sock")
        connection.sendall(json.dumps(request).encode() + b"\n")
        received = b""
        while not received.endswith(b"\n"):
            data = connection.recv(65536)
            if not data:
                raise ConnectionResetError("the keeper ended before it answered")
            received += data
    answer = json.loads(received)
    if not isinstance(answer, dict):
        raise ConnectionResetError("the keeper's answer is no object")
    return answer
