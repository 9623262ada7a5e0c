"""Something accepts TCP connections there."""

from __future__ import annotations

import socket
import time

from decant_runner.context import Check, Context
from decant_runner.failure import Failure

TRY_SECONDS = 3.0


def ask(check: Check, context: Context) -> None:
    until = time.monotonic() + check["deadline"]
    while True:
        seconds = min(TRY_SECONDS, max(0.1, until - time.monotonic()))
        try:
            socket.create_connection((check["host"], check["port"]), seconds).close()
            return
        except OSError as error:
            problem = error.strerror or str(error)
        if time.monotonic() + check["every"] > until:
            where = f"{check['host']}:{check['port']}"
            raise Failure("check", f"{check['name']} at {where} does not accept a connection: {problem}")
        context.pause(check["every"])
