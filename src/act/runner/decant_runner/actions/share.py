"""Makes a path of the release live in `shared/`, so that it outlives the release."""

from __future__ import annotations

import os

from decant_runner import files
from decant_runner.context import Action, Context


def perform(action: Action, context: Context) -> str | None:
    path, shared = action["path"], action["shared"]
    files.check_inside(path, context.layout.root)
    files.check_inside(shared, context.layout.root)
    detail = None
    if not os.path.lexists(shared):
        detail = _made(path, shared, action["kind"])
    to = os.path.relpath(shared, os.path.realpath(os.path.dirname(path)))
    if not os.path.islink(path):
        files.remove(path)
    files.replace_link(path, to)
    return detail


def _made(path: str, shared: str, kind: str) -> str | None:
    os.makedirs(os.path.dirname(shared), exist_ok=True)
    if os.path.lexists(path) and not os.path.islink(path):
        import shutil

        aside = files.aside_of(shared)
        files.remove(aside)
        if os.path.isdir(path):
            shutil.copytree(path, aside, symlinks=True)
        else:
            shutil.copy2(path, aside)
        os.rename(aside, shared)
        return "copied from the release"
    if kind == "folder":
        os.mkdir(shared)
    return None
