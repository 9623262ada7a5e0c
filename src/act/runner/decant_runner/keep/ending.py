"""How a process ends: what its status says, and getting rid of it together with what it left behind."""

from __future__ import annotations

import os
import signal

from decant_runner import processes
from decant_runner.keep.state import Started


def how_ended(started: Started) -> str | None:
    """ "exit 3", "signal 9", or "unknown" for what was not our child; None while it runs. Reaps a child."""
    if processes.start_time(started.pid) != started.start:
        return "unknown"
    try:
        pid, status = os.waitpid(started.pid, os.WNOHANG)
    except ChildProcessError:
        return None if processes.is_alive(started.pid, started.start) else "unknown"
    if pid == 0:
        return None
    return f"signal {os.WTERMSIG(status)}" if os.WIFSIGNALED(status) else f"exit {os.WEXITSTATUS(status)}"


class Ending:
    """TERM to the leader, then to those that it left in its session and (by `marker`) outside, then KILL.

    `deadline` is monotonic seconds. `marker` finds those that made themselves daemons, by an environment
    variable that they all inherit; it must not be shared with a process that stays. Without a leader only
    those are ended.
    """

    def __init__(self, started: Started | None, deadline: float, marker: str | None = None) -> None:
        self.started = started
        self.deadline = deadline
        self.how: str | None = None
        self._marker = marker
        self._told: set[tuple[int, str]] = set()

    def is_over(self, now: float) -> bool:
        """Takes the next step; True when nothing is left."""
        if self.started and self.how is None:
            self.how = how_ended(self.started)
            if self.how is None:
                self._tell([(self.started.pid, self.started.start)], now)
                if now < self.deadline:
                    return False
        left = self._left(self.started) + (outsiders(self._marker) if self._marker else [])
        self._tell(left, now)
        return not left and (self.started is None or self.how is not None)

    def _left(self, leader: Started | None) -> list[tuple[int, str]]:
        """Members of the session; none if its number belongs to a later process by now."""
        if leader is None or processes.start_time(leader.pid) not in (None, leader.start):
            return []
        return processes.session_members(leader.pid)

    def _tell(self, those: list[tuple[int, str]], now: float) -> None:
        for pid, start in those:
            if now >= self.deadline:
                send(pid, start, signal.SIGKILL)
            elif (pid, start) not in self._told:
                self._told.add((pid, start))
                send(pid, start, signal.SIGTERM)


def outsiders(marker: str) -> list[tuple[int, str]]:
    """Processes whose mark ends so ("v3:web@ROOT", or "@ROOT" for all of the app's).

    Not among them: ourselves, and a runner that the app itself has started, to deploy itself. A relay is the app's.
    """
    runners = f"{marker.partition('@')[2]}/runner/"
    return [
        (pid, start)
        for pid, start, value in processes.marked("DECANT_PROCESS=")
        if value.endswith(marker)
        and pid != os.getpid()
        and not _is_runner(processes.command_line(pid), runners)
    ]


def _is_runner(words: list[str], runners: str) -> bool:
    found = (at for at, word in enumerate(words) if word.startswith(runners))
    return any(words[at + 1 : at + 2] != ["relay"] for at in found)


def send(pid: int, start: str, number: int) -> None:
    """A signal for the process that began at `start`, not for a later owner of its pid."""
    if processes.start_time(pid) == start:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            pass
