"""`restore`: puts a snapshot of a SQLite database back, on a person's request."""

from __future__ import annotations

import json
import os
import time

from decant_runner import history, journal, lock, sqlite
from decant_runner.journal import Journal
from decant_runner.layout import Layout


def main(options: dict[str, str]) -> int:
    """Answers `ok`, or who works on the app: that would not see what is changed here."""
    layout, id = Layout(options["root"]), options["id"]
    held = lock.take(layout.lock)
    if held is None:
        holder = lock.holder(layout)
        why = f"{holder['by']} runs {holder['kind']} on it" if holder else "somebody else changes it"
        print(json.dumps({"ok": False, "why": why}))
        return 0
    sqlite.restore(options["database"], options["snapshot"])
    _take_back_notes(layout, id)
    os.close(held)
    print(json.dumps({"ok": True, "database": options["database"]}))
    return 0


def _take_back_notes(layout: Layout, id: str) -> None:
    """What migrations noted since the run that made the snapshot began holds no longer."""
    records = journal.read(layout.journal)
    begin = next((index for index, record in enumerate(records) if record.get("id") == id), len(records))
    before = history.notes(records[:begin])
    facts = (record for record in records[begin:] if record["type"] == "fact")
    names = {fact["name"] for fact in facts if fact.get("phase") == "migrate"}
    written = Journal(layout.journal)
    for name in sorted(names):
        fact = {"type": "fact", "id": id, "name": name, "value": before.get(name), "phase": "migrate"}
        written.write({**fact, "at": time.time()}, durable=True)
    written.close()
