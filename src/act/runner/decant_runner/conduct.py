"""One run, from the lock to the end: recover what an earlier runner left, check, execute or undo."""

from __future__ import annotations

import json
import os
import time
from typing import Any

from decant_runner import history, journal, lock
from decant_runner.cancelling import Cancelling
from decant_runner.context import Channels, Context, Plan
from decant_runner.events import Events
from decant_runner.history import Attempt
from decant_runner.housekeeping import tidy
from decant_runner.journal import Journal
from decant_runner.keep import own
from decant_runner.layout import Inbox, Layout, linked_version
from decant_runner.recovery import completed, recover, switch_step
from decant_runner.undoing import brief


def conduct(layout: Layout, id: str) -> None:
    """Runs the plan of an inbox; a torn run of the same id is undone or finished instead. Ends with `end`."""
    inbox = layout.inbox(id)
    plan = _plan(inbox)
    cancel = Cancelling(inbox.cancel)
    cancel.listen()
    held = lock.take(layout.lock)
    if held is None:
        _say_locked(layout, inbox)
        return
    lock.sign(held, _holder(plan, id))
    events = Events(inbox.events)
    events.emit("hello", id=id, runner=own.version(), pid=os.getpid())
    channels = Channels(Journal(layout.journal), events, cancel)
    end = _Conductor(layout, inbox, plan, channels).end()
    channels.journal.close()
    tidy(layout, inbox)
    # The next command may come as soon as this one is told the end.
    os.close(held)
    events.emit("end", **end)


class _Conductor:
    def __init__(self, layout: Layout, inbox: Inbox, plan: Plan, channels: Channels) -> None:
        self._layout = layout
        self._inbox = inbox
        self._plan = plan
        self._channels = channels

    def end(self) -> dict[str, Any]:
        """What the event `end` says."""
        records = journal.read(self._layout.journal)
        before = {attempt.id: attempt for attempt in history.attempts(records)}.get(self._inbox.id)
        if before is not None and before.end is not None:
            return _told(before.end)
        torn = history.unfinished(records)
        if torn is not None:
            end = self._recovered(torn, records)
            if torn.id == self._inbox.id:
                return end
            self._tell(torn, end)
            records = journal.read(self._layout.journal)
        return self._run(records)

    def _run(self, records: list[journal.Record]) -> dict[str, Any]:
        live = linked_version(self._layout.live)
        number = history.next_number(history.attempts(records), release_folders(self._layout))
        if {"live": live, "next": number} != self._plan["expects"]:
            return {"outcome": "stale", "switched": False, "live": live, "seconds": 0.0}
        context = self._context(self._inbox, self._plan, records)
        begin = _begin(context, live)
        context.attempt = Attempt(begin)
        context.journal(begin)
        outcome, failure = completed(context, self._plan["steps"])
        return _ended(context, outcome, failure)

    def _recovered(self, torn: Attempt, records: list[journal.Record]) -> dict[str, Any]:
        inbox = self._layout.inbox(torn.id)
        try:
            plan = _plan(inbox)
        except (OSError, ValueError):
            return self._given_up(torn)
        is_other = torn.id != self._inbox.id
        if is_other:
            self._channels.events.add(inbox.events)
        context = self._context(inbox, plan, _before(records, torn))
        context.attempt = torn
        outcome, failure = recover(context)
        if is_other:
            self._channels.events.drop()
        return _ended(context, outcome, failure)

    def _given_up(self, torn: Attempt) -> dict[str, Any]:
        """Without its plan nothing can be undone; what it built is in nobody's way."""
        failure = {
            "reason": "bug",
            "message": "the plan of an unfinished run is gone",
            "step": "",
            "phase": "lock",
        }
        live = linked_version(self._layout.live)
        end = {"outcome": "failed", "switched": False, "live": live, "seconds": 0.0, "failure": failure}
        built = torn.uses_number
        self._channels.journal.write(
            {"type": "end", "id": torn.id, **end, "built": built, "at": time.time()}, durable=True
        )
        return end

    def _tell(self, torn: Attempt, end: dict[str, Any]) -> None:
        """Whoever still reads the torn run's events learns its end."""
        if os.path.isdir(self._layout.inbox(torn.id).folder):
            Events(self._layout.inbox(torn.id).events).emit("end", **end)

    def _context(self, inbox: Inbox, plan: Plan, records: list[journal.Record]) -> Context:
        context = Context(plan, inbox, self._channels)
        context.notes_before = history.notes(records)
        return context


def release_folders(layout: Layout) -> list[str]:
    try:
        return os.listdir(layout.releases)
    except FileNotFoundError:
        return []


def _plan(inbox: Inbox) -> Plan:
    with open(inbox.plan, encoding="utf-8") as file:
        plan: Plan = json.load(file)
    return plan


def _holder(plan: Plan, id: str) -> dict[str, Any]:
    about = {name: plan[name] for name in ("fingerprint", "kind", "by")}
    return {"id": id, **about, "pid": os.getpid(), "since": time.time()}


def _say_locked(layout: Layout, inbox: Inbox) -> None:
    holder = lock.holder(layout)
    if holder is not None and holder["id"] == inbox.id:
        return
    events = Events(inbox.events)
    events.emit("hello", id=inbox.id, runner=own.version(), pid=os.getpid())
    more = {"holder": holder} if holder else {}
    live = linked_version(layout.live)
    events.emit("end", outcome="locked", switched=False, live=live, seconds=0.0, **more)


def _begin(context: Context, live: str | None) -> dict[str, Any]:
    plan = context.plan
    names = [name for name in ("kind", "version", "commit", "by", "fingerprint") if name in plan]
    about = {name: plan[name] for name in names}
    return context.record("begin", **about, previous=live, at=time.time())


def _ended(context: Context, outcome: str, failure: dict[str, Any] | None) -> dict[str, Any]:
    """Journals the end. `switched`: the new release was live, even if it was switched back."""
    attempt = context.attempt
    switch = switch_step(context.plan)
    end: dict[str, Any] = {
        "outcome": outcome,
        "switched": switch is not None and attempt.done.get(switch["id"]) is True,
        "live": linked_version(context.layout.live),
        "seconds": round(time.time() - attempt.begin["at"], 3),
    }
    titles = {step["id"]: step["title"] for step in context.plan["steps"]}
    if attempt.left:
        end["left"] = [{"step": id, "title": titles[id], "detail": why} for id, why in attempt.left.items()]
    kept = {"failure": brief(failure)} if failure else {}
    context.journal_if_room(context.record("end", **end, **kept, built=attempt.uses_number), durable=True)
    return {**end, "failure": failure} if failure else end


def _told(record: journal.Record) -> dict[str, Any]:
    names = ("outcome", "switched", "live", "seconds", "failure", "left")
    return {name: record[name] for name in names if name in record}


def _before(records: list[journal.Record], torn: Attempt) -> list[journal.Record]:
    return [record for record in records if record.get("id") != torn.id]
