"""Asks a command until it ends with 0."""

from __future__ import annotations

import os
import time

from decant_runner import environment
from decant_runner.command import Command, run_command
from decant_runner.context import Check, Context
from decant_runner.failure import Failure
from decant_runner.output import Output


def ask(check: Check, context: Context) -> None:
    until = time.monotonic() + check["deadline"]
    while True:
        status, lines = _asked(check, context, max(0.1, until - time.monotonic()))
        if status == 0:
            return
        if time.monotonic() + check["every"] > until:
            message = f"{' '.join(check['argv'])[:100]} ended with status {status}"
            raise Failure("check", message, status, lines)
        context.pause(check["every"])


def _asked(check: Check, context: Context, seconds: float) -> tuple[int, list[str]]:
    path = f"{context.inbox.output}/{context.step['id']}"
    env = environment.composed({}, None, build=False)
    command = Command(check["argv"], check["cwd"], env, os.devnull, seconds, path)
    output = Output(path, None, context)
    try:
        status = run_command(command, context, output.pump)
    except Failure as failure:
        failure.output = output.last
        raise
    finally:
        output.close()
    return status, output.last
