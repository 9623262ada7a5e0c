"""Makes a path of the release live in `shared/`, so that it outlives the release."""

from __future__ import annotations

import os

from decant_runner import files
from decant_runner.context import Action, Context


def perform(action: Action, context: Context) -> str | None:
    path, shared, before = action["path"], action["shared"], action.get("before")
    for each in (path, shared, before):
        if each is not None:
            files.check_inside(each, context.layout.root)
    detail = None if os.path.lexists(shared) else _made(path, shared, action["kind"], before)
    to = os.path.relpath(shared, os.path.realpath(os.path.dirname(path)))
    if not os.path.islink(path):
        files.remove(path)
    files.replace_link(path, to)
    return detail


def _made(path: str, shared: str, kind: str, before: str | None) -> str | None:
    # Copying needs libraries whose loading an ordinary update need not wait for.
    from decant_runner import first_state

    return first_state.make(path, shared, kind, before)
