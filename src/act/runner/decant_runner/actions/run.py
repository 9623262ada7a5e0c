"""Runs a command to its end. Only status 0 is success."""

from __future__ import annotations

import os

from decant_runner import environment
from decant_runner.command import Command, full_disk, run_command
from decant_runner.context import Action, Context
from decant_runner.failure import LINES, Failure
from decant_runner.output import Output


def perform(action: Action, context: Context) -> None:
    undo = ".undo" if context.undoing else ""
    command = Command(
        argv=action["argv"],
        cwd=action["cwd"],
        env=environment.composed(action["env"], action.get("envFile"), build=action.get("installer", False)),
        stdin=f"{context.inbox.blobs}/{action['stdin']}" if "stdin" in action else os.devnull,
        deadline=action["deadline"],
        output=f"{context.inbox.output}/{context.step['id']}{undo}",
    )
    output = Output(command.output, action.get("log"), context)
    try:
        status = run_command(command, context, output.pump)
    except Failure as failure:
        failure.output = output.last + (failure.output or [])
        raise
    finally:
        output.close()
    if status != 0:
        how = f"exited with status {status}" if status > 0 else f"was killed by signal {-status}"
        raise Failure(
            "exit",
            how,
            status if status > 0 else 128 - status,
            (output.last + full_disk(command.output))[-LINES:],
        )
    if "capture" in action:
        context.keep_fact(action["capture"], output.last_stdout)
