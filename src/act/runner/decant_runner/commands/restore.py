"""`restore`: puts a snapshot of a SQLite database back, on a person's request."""

from __future__ import annotations

import json

from decant_runner import sqlite


def main(options: dict[str, str]) -> int:
    sqlite.restore(options["database"], options["snapshot"])
    print(json.dumps({"ok": True, "database": options["database"]}))
    return 0
