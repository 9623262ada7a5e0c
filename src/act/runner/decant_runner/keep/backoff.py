"""How long to wait before the next start, and what is a crash loop."""

from __future__ import annotations

LOOP_ENDS = 5
LOOP_SECONDS = 60.0
LONGEST = 30.0
FRONT_LONGEST = 5.0


class BackOff:
    """0.1, 1, 2, 4 … 30 s. Five ends within a minute are a crash loop: from then on each start waits the longest.

    A life of a minute ends a loop, and starts the row anew.
    """

    def __init__(self, is_loop: bool = False) -> None:
        self.is_loop = is_loop
        self._ends: list[float] = []
        self._row = 0

    def ended(self, now: float, lived: float) -> float:
        """Seconds until the next start."""
        self.lives(lived)
        self._ends = [end for end in self._ends if now - end < LOOP_SECONDS] + [now]
        self._row += 1
        self.is_loop = self.is_loop or len(self._ends) >= LOOP_ENDS
        if self.is_loop:
            return LONGEST
        return 0.1 if self._row == 1 else min(LONGEST, 2.0 ** (self._row - 2))

    def lives(self, lived: float) -> None:
        """Told how long the process has been alive."""
        if lived >= LOOP_SECONDS:
            self.is_loop, self._row = False, 0


def front_delay(failures: int) -> float:
    """Seconds before a front's next start, after so many in a row that never served. It is never given up."""
    return 0.0 if failures == 0 else min(FRONT_LONGEST, 0.1 * 2.0 ** (failures - 1))
