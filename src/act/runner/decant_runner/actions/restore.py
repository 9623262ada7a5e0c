"""Puts a snapshot back, but only if nobody can have written since; otherwise says the command that would."""

from __future__ import annotations

import os
import shlex
import sqlite3

from decant_runner.context import Action, Context
from decant_runner.failure import Failure
from decant_runner.front_control import still_holds
from decant_runner.keep import own
from decant_runner.layout import linked_version
from decant_runner.sqlite import restore


def perform(action: Action, context: Context) -> str | None:
    database, snapshot = action["database"], action["snapshot"]
    if not os.path.exists(snapshot):
        return "there is no snapshot"
    if linked_version(context.layout.live) is not None and not still_holds(context):
        context.keep_fact("restore-command", restore_command(database, snapshot, context))
        return "not restored: visitors may have written since; see restore-command"
    try:
        restore(database, snapshot)
    except sqlite3.Error as error:
        context.keep_fact("restore-command", restore_command(database, snapshot, context))
        raise Failure("system", f"{database} could not be restored: {error}") from error
    _take_back_notes(context)
    return "restored"


def restore_command(database: str, snapshot: str, context: Context) -> str:
    """What a person can paste."""
    app = ["--root", context.layout.root, "--id", context.attempt.id]
    words = own.command(["restore", *app, "--database", database, "--snapshot", snapshot])
    return " ".join(shlex.quote(word) for word in words)


def _take_back_notes(context: Context) -> None:
    """What the migration noted of the database (that it has run, the revision) holds no longer."""
    mine = [
        fact for fact in context.attempt.facts if fact.get("phase") == "migrate" and fact["value"] is not None
    ]
    for name in {fact["name"] for fact in mine}:
        context.keep_fact(name, context.notes_before.get(name))
