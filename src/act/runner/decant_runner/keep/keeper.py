"""The keeper of one app: all that it keeps, and the loop that looks after it."""

from __future__ import annotations

import os
import signal
import socket
import time
import traceback

from decant_runner.keep import own, place, state
from decant_runner.keep.control import Control
from decant_runner.keep.ending import outsiders, send
from decant_runner.keep.front import Front
from decant_runner.keep.kept import Kept
from decant_runner.keep.loop import Loop
from decant_runner.keep.note import note
from decant_runner.keep.options import Options
from decant_runner.keep.rotate import rotate_all
from decant_runner.keep.state import FrontProgram, Record, State

HOUSEKEEPING = 1.0
FRESHEN = 3600.0
# When no web process is left, a front has nothing to drain for.
FRONT_GRACE = 2.0


class Keeper:
    """`listener` is None without an address, and so without a front."""

    def __init__(self, options: Options, listener: socket.socket | None, remembered: State) -> None:
        now = time.monotonic()
        self.options = options
        self.since = time.time()
        self.is_shutting_down = False
        self.next_argv: list[str] | None = None
        self._listener = listener
        self._state = remembered
        self._path = f"{options.root}/keep.json"
        self._over = False
        self._next_house = self._next_fresh = now
        number = listener.fileno() if listener else -1
        self.front = Front(remembered.front, options, number, self._remember)
        self.kept = {name: self._kept(record) for name, record in remembered.processes.items()}

    def run(self, loop: Loop, control: Control) -> None:
        """Until `shut_down` or `become`, or until somebody ends only us: then all that we keep goes on."""
        self._over = False
        while not self._over and not loop.leaving:
            try:
                self._tick(control)
                loop.wait(max(0.0, self._next_look() - time.monotonic()))
            except Exception:  # noqa: BLE001 - an app must not lose its keeper to a bug in it
                note(traceback.format_exc())
                time.sleep(0.1)

    def keep(self, record: Record) -> Kept:
        """Takes a process under our care; it isn't started by that."""
        self._state.processes[record.name] = record
        self.kept[record.name] = self._kept(record)
        return self.kept[record.name]

    def forget(self, kept: Kept) -> None:
        """Drops one that is gone, unless another has its name by now."""
        if self.kept.get(kept.record.name) is kept and kept.is_gone:
            del self.kept[kept.record.name]
            del self._state.processes[kept.record.name]
            self._remember(False)

    def want_front(self, file: str, node: str) -> FrontProgram:
        """Sees to it that a front of this file will serve, which knows how to start our own version again."""
        if self._listener is None:
            raise ValueError("the keeper holds no address, so it has no front")
        program = FrontProgram(file, node, tuple(own.command(self.options.words(file, node))))
        self.front.want(program, time.monotonic())
        return program

    def become(self, argv: list[str]) -> None:
        """Ends the loop; the caller of `run` then executes `next_argv` in our place."""
        self.next_argv = argv
        self._over = True

    def shut_down(self, grace: float, now: float) -> None:
        """Begins to end all that we keep, and then ourselves; `is_shut_down` goes on with it."""
        self.is_shutting_down = True
        for kept in self.kept.values():
            kept.stop(grace, now)

    def is_shut_down(self) -> bool:
        """Takes the next step; True when only we are left and nothing is listened on."""
        if not all(kept.is_gone for kept in self.kept.values()):
            return False
        if self.front.state != "stopped":
            if self.front.state != "stopping":
                self.front.stop(FRONT_GRACE, time.monotonic())
            return False
        left = outsiders(f"@{self.options.root}")
        for pid, start in left:
            send(pid, start, signal.SIGKILL)
        if not left and not self._over:
            self._leave_nothing()
        return not left

    def _leave_nothing(self) -> None:
        self._over = True
        self._state.processes.clear()
        self._state.front.program = None
        self._remember(True)
        if self._listener:
            self._listener.close()

    def _tick(self, control: Control) -> None:
        now = time.monotonic()
        for kept in list(self.kept.values()):
            kept.tick(now)
        self.front.tick(now)
        control.tick()
        if now >= self._next_house:
            self._next_house = now + HOUSEKEEPING
            control.ensure()
            self._keep_house(now)

    def _next_look(self) -> float:
        now = time.monotonic()
        looks = [kept.next_look(now) for kept in self.kept.values()]
        shutting = [now + 0.05] if self.is_shutting_down else []
        return min([self._next_house, self.front.next_look(now), *looks, *shutting])

    def _keep_house(self, now: float) -> None:
        logs = {kept.record.log for kept in self.kept.values() if kept.record.log}
        rotate_all({f"{self.options.root}/logs/keep.log", self.front.log, *logs})
        for kept in list(self.kept.values()):
            if not os.path.exists(kept.record.spec):
                self.forget(kept)
        if now >= self._next_fresh:
            self._next_fresh = now + FRESHEN
            place.freshen(self.options.run)

    def _kept(self, record: Record) -> Kept:
        return Kept(record, self.options.root, self._remember, time.monotonic())

    def _remember(self, durable: bool) -> None:
        state.save(self._path, self._state, durable)
