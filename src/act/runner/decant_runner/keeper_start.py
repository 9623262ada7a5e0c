"""Starting the keeper: detached, so that it outlives us."""

from __future__ import annotations

import json
import os
import time

from decant_runner import environment
from decant_runner.context import Action, Context
from decant_runner.failure import Failure
from decant_runner.keep import own
from decant_runner.supervisor import answered

SECONDS = 20.0
TAKEN = 98


def keeper_command(context: Context, address: Action) -> list[str]:
    place = ["--root", context.layout.root, "--run", context.run]
    held = ["--host", address["host"], "--port", str(address["port"])]
    return own.command(["keep", *place, *held, "--node", address["node"], "--front", address["front"]])


def start_keeper(context: Context, address: Action) -> None:
    """Done when it answers. Raises Failure: `taken` names who has the address."""
    import subprocess

    log = f"{context.layout.root}/logs/keep.log"
    os.makedirs(os.path.dirname(log), exist_ok=True)
    with open(log, "ab") as errors:
        begin = errors.tell()
        keeper = subprocess.Popen(
            keeper_command(context, address),
            cwd=context.layout.root,
            env=environment.composed({}, None, build=False),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            start_new_session=True,
        )
    until = time.monotonic() + SECONDS
    while answered(context.run, {"do": "status"}, 5.0) is None:
        # Status 0: another keeper has the lock, and will answer.
        if keeper.poll() not in (None, 0):
            raise _refusal(keeper.returncode, log, begin, address)
        if time.monotonic() > until:
            raise Failure(
                "system", f"the keeper did not answer within {SECONDS:g} s", output=_said(log, begin)
            )
        time.sleep(0.005)
    # It is nobody's child from here on; without this, Python would warn that we did not wait for it.
    keeper.returncode = 0


def _refusal(status: int, log: str, begin: int, address: Action) -> Failure:
    said = _said(log, begin)
    if status == TAKEN:
        holder = next((_holder(line) for line in reversed(said) if line.startswith("{")), "unknown")
        return Failure("taken", f"{address['host']}:{address['port']} is in use by {holder}")
    return Failure("system", f"the keeper ended with status {status}", output=said)


def _holder(line: str) -> str:
    try:
        return str(json.loads(line)["holder"])
    except (ValueError, KeyError):
        return "unknown"


def _said(log: str, begin: int) -> list[str]:
    with open(log, "rb") as file:
        file.seek(begin)
        return file.read().decode("utf-8", "replace").splitlines()
