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
        for address in check["at"]:
            seconds = min(TRY_SECONDS, max(0.1, until - time.monotonic()))
            try:
                _connect(address, seconds)
                return
            except OSError as error:
                problems.append(f"{_words(address)} does not accept a connection: {error.strerror or error}")
        if time.monotonic() + check["every"] > until:
            raise Failure("check", f"{check['name']} at {'; '.join(problems)}")
        context.pause(check["every"])


def _connect(address: dict[str, Any], seconds: float) -> None:
    if "socket" in address:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
            client.settimeout(seconds)
            client.connect(address["socket"])
        return
    socket.create_connection((address["host"], address["port"]), seconds).close()


def _words(address: dict[str, Any]) -> str:
    return str(address["socket"]) if "socket" in address else f"{address['host']}:{address['port']}"
