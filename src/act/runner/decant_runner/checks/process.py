"""A process that answers no request proves itself by living."""

from __future__ import annotations

import time

from decant_runner.candidate import Candidate
from decant_runner.context import Check, Context
from decant_runner.failure import Failure
from decant_runner.supervisor import process_status

EVERY = 0.1


def ask(check: Check, context: Context) -> None:
    candidate = Candidate(check["name"], context)
    until = time.monotonic() + check["deadline"]
    while True:
        candidate.check_alive()
        status = process_status(context.run, check["name"])
        if status and status["state"] == "running" and time.time() - status["started"] >= check["lasts"]:
            return
        if time.monotonic() > until:
            message = f"{check['name']} did not run for {check['lasts']:g} s within {check['deadline']:g} s"
            raise Failure("deadline", message, output=candidate.log_tail())
        context.pause(EVERY)
