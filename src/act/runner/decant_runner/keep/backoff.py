"""How long to wait before the next start, and when to give up."""

from __future__ import annotations

LOOP_ENDS = 5
LOOP_SECONDS = 60.0
LONGEST = 30.0
FRONT_LONGEST = 5.0


class BackOff:
    """0.1, 1, 2, 4 … 30 s; a life of a minute starts it anew. Five ends within a minute are a crash loop."""

    def __init__(self) -> None:
        self._ends: list[float] = []
        self._row = 0

    def ended(self, now: float, lived: float) -> float | None:
        """Seconds until the next start; None: a crash loop."""
        self._ends = [end for end in self._ends if now - end < LOOP_SECONDS] + [now]
        self._row = 1 if lived >= LOOP_SECONDS else self._row + 1
        if len(self._ends) >= LOOP_ENDS:
            return None
        return 0.1 if self._row == 1 else min(LONGEST, 2.0 ** (self._row - 2))


def front_delay(failures: int) -> float:
    """Seconds before a front's next start, after so many in a row that never served. It is never given up."""
    return 0.0 if failures == 0 else min(FRONT_LONGEST, 0.1 * 2.0 ** (failures - 1))
