"""One kept process: starting it, starting it again, stopping it."""

from __future__ import annotations

import os
import time
from typing import Callable

from decant_runner import environment
from decant_runner.keep import spec as specs
from decant_runner.keep.backoff import LONGEST, BackOff
from decant_runner.keep.ending import Ending, how_ended
from decant_runner.keep.note import note
from decant_runner.keep.spawn import Launch, spawn
from decant_runner.keep.state import Record, Started

# What an ended leader left in its session gets this long after TERM, before another of it may start.
LEFTOVER_SECONDS = 5.0
NEVER = float("inf")


class Kept:
    """`remember(durable)` writes the whole state down. All times are monotonic seconds, except Started's."""

    def __init__(self, record: Record, root: str, remember: Callable[[bool], None], now: float) -> None:
        self.record = record
        self._root = root
        self._remember = remember
        self._backoff = BackOff(is_loop=record.state == "failed")
        self._retry_at = now
        self._again: specs.Spec | None = None
        self._stopping: Ending | None = None
        self._leftovers = [Ending(started, now + LEFTOVER_SECONDS) for started in record.leftovers]
        if record.state == "running" and not record.started:
            record.state = "waiting"
        if record.state == "stopping":
            self.stop(record.grace, now)

    @property
    def is_gone(self) -> bool:
        return self.record.state == "stopped" and not self._leftovers

    def start(self, spec: specs.Spec, now: float) -> None:
        """Runs it, unless it runs already; while it is being stopped, right after that. Raises OSError."""
        if self.record.state == "running" and spec.path == self.record.spec:
            return
        if self.record.started and not self._stopping:
            self.stop(self.record.grace, now)
        if self.record.state == "stopping":
            self._again = spec
            return
        self.record.spec, self.record.log, self.record.grace = spec.path, spec.log, spec.grace
        self.record.restarts, self.record.exit = 0, None
        self._backoff = BackOff()
        self.record.state, self._retry_at = "waiting", now
        try:
            if self._may_launch():
                self._launch()
        except (OSError, ValueError) as error:
            self.record.state, self.record.exit = "failed", f"can't start: {error}"
            self._backoff, self._retry_at = BackOff(is_loop=True), now + LONGEST
            raise
        finally:
            self._remember(True)

    def stop(self, grace: float, now: float) -> None:
        """TERM, `grace` seconds, KILL: to its end and that of all that it started. `tick` drives it."""
        self._again = None
        if self._stopping:
            self._stopping.deadline = min(self._stopping.deadline, now + grace)
        elif self.record.state != "stopped":
            self.record.state, self.record.grace = "stopping", grace
            self._stopping = Ending(self.record.started, now + grace, f"{self.record.name}@{self._root}")
        for leftover in self._leftovers:
            leftover.deadline = min(leftover.deadline, now + grace)
        self._remember(True)
        self.tick(now)

    def tick(self, now: float) -> None:
        self._clear_leftovers(now)
        if self._stopping:
            if self._stopping.is_over(now):
                self._stopped(self._stopping.how or self.record.exit, now)
        elif self.record.started:
            self._look_at(self.record.started, now)
        elif self.record.state in ("waiting", "failed") and now >= self._retry_at and self._may_launch():
            self._start_again(now)

    def next_look(self, now: float) -> float:
        """When `tick` has something to do at the latest; ends of children and of pidfds wake us besides."""
        if self._stopping or self._leftovers:
            return now + 0.05
        is_due = self.record.state in ("waiting", "failed") and not self.record.started
        return self._retry_at if is_due else NEVER

    def _may_launch(self) -> bool:
        """Only a web process may run beside what an earlier one left: others must not do their work twice."""
        return self.record.kind == "web" or not self._leftovers

    def _launch(self) -> None:
        spec = specs.read(self.record.spec)
        if spec.socket:
            os.makedirs(os.path.dirname(spec.socket), mode=0o700, exist_ok=True)
            if os.path.lexists(spec.socket):
                os.unlink(spec.socket)
        env = environment.composed(spec.env, spec.env_file, build=False)
        env["DECANT_PROCESS"] = f"{self.record.name}@{self._root}"
        spawn(Launch(spec.argv, spec.cwd, env, spec.log, None), self._started)
        note(f"{self.record.name} started, pid {self.record.started.pid if self.record.started else None}")

    def _started(self, started: Started) -> None:
        self.record.started = started
        self.record.state = "failed" if self._backoff.is_loop else "running"
        self._remember(False)

    def _look_at(self, started: Started, now: float) -> None:
        how = how_ended(started)
        if how:
            self._ended(how, now)
        elif self.record.state == "failed":
            self._backoff.lives(time.time() - started.since)
            if not self._backoff.is_loop:
                self.record.state = "running"
                note(f"{self.record.name} has lived for a minute; it is in no crash loop any more")
                self._remember(False)

    def _start_again(self, now: float) -> None:
        try:
            self._launch()
        except (OSError, ValueError) as error:
            self._ended(f"can't start: {error}", now)

    def _ended(self, how: str, now: float) -> None:
        started, self.record.started = self.record.started, None
        lived = time.time() - started.since if started else 0.0
        if started:
            self._leftovers.append(Ending(started, now + LEFTOVER_SECONDS))
        self.record.exit = how
        delay = self._backoff.ended(now, lived)
        self.record.state, self._retry_at = "failed" if self._backoff.is_loop else "waiting", now + delay
        self.record.restarts += 1
        often = " too often" if self._backoff.is_loop else ""
        note(f"{self.record.name} ended ({how}){often}; starting it again in {delay:g} s")
        self._clear_leftovers(now)
        self._remember(False)

    def _stopped(self, how: str | None, now: float) -> None:
        again, self._again, self._stopping = self._again, None, None
        self.record.started, self.record.state, self.record.exit = None, "stopped", how
        note(f"{self.record.name} stopped ({how})")
        self._remember(True)
        if again:
            try:
                self.start(again, now)
            except (OSError, ValueError) as error:
                self._ended(f"can't start: {error}", now)

    def _clear_leftovers(self, now: float) -> None:
        before = len(self._leftovers)
        self._leftovers = [leftover for leftover in self._leftovers if not leftover.is_over(now)]
        self.record.leftovers = [leftover.started for leftover in self._leftovers if leftover.started]
        if len(self._leftovers) != before:
            self._remember(False)
