"""Something accepts connections at one of the addresses."""

from __future__ import annotations

import socket
import time
from typing import Any

from decant_runner.context import Check, Context
from decant_runner.failure import Failure

TRY_SECONDS = 3.0


def ask(check: Check, context: Context) -> None:
    until = time.monotonic() + check["deadline"]
    while True:
        problems = []
        for place in check["at"]:
            seconds = min(TRY_SECONDS, max(0.1, until - time.monotonic()))
            try:
                _connect(place, seconds)
                return
            except OSError as error:
                problems.append(f"{_words(place)} does not accept a connection: {error.strerror or error}")
        if time.monotonic() + check["every"] > until:
            raise Failure("check", f"{check['name']} at {'; '.join(problems)}")
        context.pause(check["every"])


def _connect(place: dict[str, Any], seconds: float) -> None:
    if "socket" in place:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
            client.settimeout(seconds)
            client.connect(place["socket"])
        return
    socket.create_connection((place["host"], place["port"]), seconds).close()


def _words(place: dict[str, Any]) -> str:
    return str(place["socket"]) if "socket" in place else f"{place['host']}:{place['port']}"
