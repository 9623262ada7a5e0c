"""Copies a SQLite database through its backup API. Of one that is not there, an empty marker."""

from __future__ import annotations

import sqlite3

from decant_runner.context import Action, Context
from decant_runner.failure import Failure
from decant_runner.sqlite import snapshot


def perform(action: Action, context: Context) -> None:
    try:
        snapshot(action["database"], action["to"])
    except sqlite3.Error as error:
        raise Failure("system", f"{action['database']} could not be copied: {error}") from error
