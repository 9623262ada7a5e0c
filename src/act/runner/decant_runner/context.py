"""What an action needs to know of the run that it belongs to."""

from __future__ import annotations

import time
from typing import Any, Dict, NamedTuple

from decant_runner.cancelling import Cancelling
from decant_runner.events import Events
from decant_runner.failure import Cancelled
from decant_runner.history import Attempt
from decant_runner.journal import Journal, Record
from decant_runner.layout import Inbox, Layout
from decant_runner.phases import has_come

# Plans come as JSON that decant's own schema has checked.
Plan = Dict[str, Any]
Step = Dict[str, Any]
Action = Dict[str, Any]
Check = Dict[str, Any]

TICK = 0.05


class Channels(NamedTuple):
    """What is written down, what is told, what is asked."""

    journal: Journal
    events: Events
    cancel: Cancelling


class Context:
    """`attempt` mirrors the journal: every record goes through `journal`."""

    def __init__(self, plan: Plan, inbox: Inbox, channels: Channels) -> None:
        self.plan = plan
        self.inbox = inbox
        self.events = channels.events
        self.cancel = channels.cancel
        self.step: Step = {}
        self.undoing = False
        self.attempt: Attempt
        self.notes_before: dict[str, str] = {}
        """The facts as they were when the run began."""
        self._journal = channels.journal

    @property
    def layout(self) -> Layout:
        return Layout(self.plan["root"])

    @property
    def run(self) -> str:
        """The folder of the sockets."""
        return str(self.plan["run"])

    def journal(self, record: Record, durable: bool = False) -> None:
        record = {**record, "at": record.get("at", time.time())}
        self._journal.write(record, durable)
        self.attempt.add(record)

    def journal_if_room(self, record: Record, durable: bool = False) -> None:
        """For what must go on whether it can be written down or not: a later runner does it again, which is harmless."""
        try:
            self.journal(record, durable)
        except OSError:
            self.attempt.add(record)

    def record(self, type: str, **fields: Any) -> Record:
        # The type first and the id next: `journal.read` looks at the beginnings of lines.
        return {"type": type, "id": self.inbox.id, **fields}

    def keep_fact(self, name: str, value: str | None) -> None:
        """Into the journal, with the step that found it; None takes a fact back."""
        step, phase = self.step.get("id"), self.step.get("phase")
        self.journal(self.record("fact", name=name, value=value, step=step, phase=phase))
        if value is not None:
            self.events.emit("fact", name=name, value=value)

    def may_be_cancelled(self) -> bool:
        """From the switch on a run is finished; a migration is not torn."""
        phase = self.step.get("phase", "lock")
        return not self.undoing and phase != "migrate" and not has_come(phase, "switch")

    def check_cancel(self) -> None:
        """Raises Cancelled in the middle of a step that may be given up."""
        if self.may_be_cancelled() and self.cancel.is_asked():
            raise Cancelled()

    def pause(self, seconds: float) -> None:
        """Sleeps, unless the run is cancelled meanwhile."""
        until = time.monotonic() + seconds
        while True:
            self.check_cancel()
            left = until - time.monotonic()
            if left <= 0:
                return
            time.sleep(min(TICK, left))
