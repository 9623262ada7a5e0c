"""The front: always one that serves; a newer one takes over on the same listening socket."""

from __future__ import annotations

import json
import signal
from typing import Callable

from decant_runner import environment
from decant_runner.keep.backoff import front_delay
from decant_runner.keep.ending import Ending, how_ended, send
from decant_runner.keep.kept import NEVER
from decant_runner.keep.note import note
from decant_runner.keep.options import Options
from decant_runner.keep.spawn import Launch, spawn
from decant_runner.keep.state import FrontProgram, FrontRecord, Started, StartedFront
from decant_runner.keep.stats import serving_pid

# A new front that serves nothing after this long is given up; the old one has not been touched.
BOOT_SECONDS = 15.0
# So many in a row that ended before they served are said to who waits; the starts go on.
HOPELESS = 3
# A front drains by itself for 80 s at most.
DRAIN_SECONDS = 90.0
POLL = 0.03


class Front:
    """`listener`: the descriptor that every front accepts on."""

    def __init__(
        self, record: FrontRecord, options: Options, listener: int, remember: Callable[[bool], None]
    ) -> None:
        self.record = record
        self.problem: str | None = None
        self.log = f"{options.root}/logs/front.log"
        self._root = options.root
        self._control = f"{options.run}/front.sock"
        self._listener = listener
        self._env = {
            "DECANT_RUN": options.run,
            "DECANT_HOST": options.host,
            "DECANT_PORT": str(options.port),
            "DECANT_PROCESS": f"front@{options.root}",
        }
        self._remember = remember
        # One that outlived an earlier keeper has served.
        self._serves = record.current is not None
        self._failures = 0
        self._retry_at = 0.0
        self._boot_until = NEVER
        self._endings: list[Ending] | None = None
        self._draining: dict[Started, Ending | float] = {}
        for front in record.draining:
            # The earlier keeper may have died before it told them.
            send(front.started.pid, front.started.start, signal.SIGTERM)

    @property
    def state(self) -> str:
        if self._endings is not None:
            return "stopping" if self._endings else "stopped"
        return "running" if self.record.current else "waiting" if self.record.program else "stopped"

    def want(self, program: FrontProgram, now: float) -> None:
        """Serves with this program. One that serves is replaced when the new one does; see `is_served`."""
        self.problem = None
        current, coming = self.record.current, self.record.coming
        newest = coming or current
        if self._endings is not None or (newest and newest.program == program):
            return
        if current and self._serves:
            self._give_up_coming("another one is wanted")
            self.problem = None
            self.record.coming = StartedFront(program, self._spawned(program, self._came))
            self._boot_until = now + BOOT_SECONDS
            return
        self.record.program = program
        self._failures, self._retry_at = 0, now
        if current:
            send(current.started.pid, current.started.start, signal.SIGKILL)
        self._remember(True)

    def is_served(self, program: FrontProgram) -> bool:
        current = self.record.current
        return self._serves and current is not None and current.program == program and not self.record.coming

    def stop(self, grace: float, now: float) -> None:
        """Ends every front for good."""
        fronts = [self.record.current, self.record.coming, *self.record.draining]
        self._endings = [Ending(front.started, now + grace) for front in fronts if front]

    def tick(self, now: float) -> None:
        if self._endings is not None:
            self._endings = [ending for ending in self._endings if not ending.is_over(now)]
            if not self._endings:
                self.record.current = self.record.coming = None
                self.record.draining = []
            return
        self._look_at_draining(now)
        if self.record.coming:
            self._look_at_coming(self.record.coming, now)
        if self.record.current:
            self._look_at_current(self.record.current, now)
        if self.record.program and not self.record.current and now >= self._retry_at:
            self._launch(self.record.program, now)

    def next_look(self, now: float) -> float:
        if self._endings is not None:
            return now + 0.05 if self._endings else NEVER
        if self.record.coming or (self.record.current and not self._serves):
            return now + POLL
        return self._retry_at if self.record.program and not self.record.current else NEVER

    def _launch(self, program: FrontProgram, now: float) -> None:
        try:
            started = self._spawned(program, self._began)
            note(f"front started, pid {started.pid}")
        except OSError as error:
            self._current_ended(f"can't start: {error}", now)

    def _spawned(self, program: FrontProgram, remember: Callable[[FrontProgram, Started], None]) -> Started:
        env = environment.composed(
            {**self._env, "DECANT_KEEP_ARGV": json.dumps(program.keeper)}, None, build=False
        )
        launch = Launch([program.node, program.file], self._root, env, self.log, self._listener)
        return spawn(launch, lambda started: remember(program, started))

    def _began(self, program: FrontProgram, started: Started) -> None:
        self._serves = False
        self.record.current = StartedFront(program, started)
        self._remember(False)

    def _came(self, program: FrontProgram, started: Started) -> None:
        self.record.coming = StartedFront(program, started)
        self._remember(False)

    def _look_at_current(self, current: StartedFront, now: float) -> None:
        how = how_ended(current.started)
        if how:
            self._current_ended(how, now)
        elif not self._serves and serving_pid(self._control) == current.started.pid:
            self._serves = True
            self._failures = 0

    def _current_ended(self, how: str, now: float) -> None:
        self._failures = 0 if self._serves else self._failures + 1
        self._serves = False
        self.record.current = None
        self.record.restarts += 1
        self._retry_at = now + front_delay(self._failures)
        if self._failures >= HOPELESS:
            self.problem = f"it ended {self._failures} times before it served ({how})"
        note(f"front ended ({how}); starting it again in {self._retry_at - now:g} s")
        self._remember(False)

    def _look_at_coming(self, coming: StartedFront, now: float) -> None:
        how = how_ended(coming.started)
        if how:
            self._give_up_coming(f"it ended before it served ({how})")
        elif serving_pid(self._control) == coming.started.pid:
            self._take_over(coming)
        elif now >= self._boot_until:
            self._give_up_coming(f"it did not serve within {BOOT_SECONDS:g} s")
        elif self._boot_until == NEVER:
            self._boot_until = now + BOOT_SECONDS

    def _take_over(self, coming: StartedFront) -> None:
        old = self.record.current
        self.record.draining += [old] if old else []
        self.record.current, self.record.coming, self.record.program = coming, None, coming.program
        self._serves, self._failures, self._boot_until = True, 0, NEVER
        self._remember(True)
        note(f"front {coming.started.pid} serves; {old.started.pid if old else 'none'} drains")
        if old:
            send(old.started.pid, old.started.start, signal.SIGTERM)

    def _give_up_coming(self, why: str) -> None:
        if self.record.coming:
            send(self.record.coming.started.pid, self.record.coming.started.start, signal.SIGKILL)
            # It is reaped, and its session emptied, as those that drain are.
            self.record.draining.append(self.record.coming)
            self.record.coming = None
            self.problem = why
            self._boot_until = NEVER
            note(f"the new front was given up: {why}")
            self._remember(False)

    def _look_at_draining(self, now: float) -> None:
        left = []
        for front in self.record.draining:
            ending = self._draining.setdefault(front.started, now + DRAIN_SECONDS)
            if isinstance(ending, float) and (now >= ending or how_ended(front.started)):
                ending = self._draining[front.started] = Ending(front.started, now)
            if isinstance(ending, float) or not ending.is_over(now):
                left.append(front)
            else:
                del self._draining[front.started]
        if len(left) != len(self.record.draining):
            self.record.draining = left
            self._remember(False)
