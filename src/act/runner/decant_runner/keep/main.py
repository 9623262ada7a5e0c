"""`keep`."""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
import time
from typing import NamedTuple

from decant_runner.keep import adopt, listen, place, state
from decant_runner.keep.client import ask
from decant_runner.keep.control import Control
from decant_runner.keep.ending import send
from decant_runner.keep.keeper import Keeper
from decant_runner.keep.loop import Loop
from decant_runner.keep.note import note
from decant_runner.keep.options import Options, keep_options
from decant_runner.keep.requests import Requests
from decant_runner.keep.state import State

TAKEN = 98
# A front whose keeper is gone starts another one within 0.1 s and a Python start.
REVIVAL_SECONDS = 3.0


class Claim(NamedTuple):
    lock: int
    remembered: State
    listener: socket.socket | None


def main(argv: list[str]) -> int:
    """Status 0 after `shutdown`, or at once when a keeper runs already; 98: the address is taken."""
    return keep(keep_options(argv[1:]))


def keep(options: Options) -> int:
    os.umask(0o077)
    _close_on_exec()
    revived = options.fd is not None and not place.is_handed()
    try:
        place.prepare(options.run)
        os.makedirs(f"{options.root}/logs", exist_ok=True)
        os.chdir(options.root)
        claim = _claimed(options)
    except listen.Taken as error:
        return _refused({"error": "taken", "holder": str(error)}, TAKEN)
    except (OSError, place.Unsafe) as error:
        return _refused({"error": "system", "message": str(error)}, 1)
    return _kept(options, claim, revived) if claim else 0


def _claimed(options: Options) -> Claim | None:
    """The lock, and what only its holder may have. None when another keeper runs, or comes. Raises Taken."""
    inherited = listen.inherited(options.fd) if options.fd is not None else None
    until = time.monotonic() + REVIVAL_SECONDS
    # A front that lives brings its own keeper: having the lock for a moment, we would turn that one away.
    if inherited is None and adopt.living_fronts(state.load(f"{options.root}/keep.json")):
        if _another_answers(options.run, until):
            return None
    while True:
        lock = place.lock(options.run)
        if lock is None:
            return None
        remembered = state.load(f"{options.root}/keep.json")
        try:
            return Claim(lock, remembered, inherited or _bound(options))
        except listen.Taken:
            os.close(lock)
            fronts = adopt.living_fronts(remembered)
            if not fronts:
                raise
        if _another_answers(options.run, until):
            return None
        # A front that holds the address without starting a keeper is broken: nothing else could take it back.
        for front in fronts:
            send(front.pid, front.start, signal.SIGKILL)
        time.sleep(0.1)


def _bound(options: Options) -> socket.socket | None:
    return listen.bound(options.host, options.port) if options.port else None


def _another_answers(run: str, until: float) -> bool:
    while time.monotonic() < until:
        try:
            return bool(ask(run, {"do": "status"}, 1.0))
        except (OSError, ValueError):
            time.sleep(0.05)
    return False


def _kept(options: Options, claim: Claim, revived: bool) -> int:
    adopt.adopt_forgotten(claim.remembered, options.root)
    keeper = Keeper(options, claim.listener, claim.remembered)
    loop = Loop()
    for pid in adopt.survivors(claim.remembered):
        loop.wake_when_ended(pid)
    control = Control(f"{options.run}/keep.sock", loop, Requests(keeper).respond)
    # A front that starts us names its own file, but a newer one may be there or on its way.
    if options.front and claim.listener and not (revived and claim.remembered.front.program):
        keeper.want_front(options.front, options.node)
    note(f"keeps {options.root}, {'revived by a front' if revived else 'started'}")
    while True:
        keeper.run(loop, control)
        if keeper.next_argv is None or loop.leaving:
            break
        _become(keeper.next_argv, claim)
        keeper.next_argv = None
    if not loop.leaving:
        control.close()
    note("ends; what it keeps goes on" if loop.leaving else "ends")
    return 0


def _become(argv: list[str], claim: Claim) -> None:
    """Executes another keeper in our place, with our lock and address. Comes back only when that fails."""
    variables = place.handed_on(claim.lock)
    words = list(argv)
    if claim.listener:
        claim.listener.set_inheritable(True)
        words += ["--fd", str(claim.listener.fileno())]
    note(f"becomes {words}")
    try:
        os.execve(words[0], words, {**os.environ, **variables})
    except OSError as error:
        note(f"can't become another keeper: {error}")
        _close_on_exec()


def _close_on_exec() -> None:
    """No process of ours inherits what our starter left open."""
    for name in os.listdir("/dev/fd"):
        try:
            if int(name) > 2:
                os.set_inheritable(int(name), False)
        except OSError:
            continue


def _refused(error: dict[str, str], code: int) -> int:
    print(json.dumps(error), file=sys.stderr, flush=True)
    return code
