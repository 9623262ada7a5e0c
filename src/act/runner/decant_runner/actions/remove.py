"""Removes a file, a link or a whole tree; only what is inside the app's folder or its run folder."""

from __future__ import annotations

import os

from decant_runner import files
from decant_runner.context import Action, Context


def perform(action: Action, context: Context) -> str | None:
    path = action["path"]
    files.check_inside(path, context.layout.root, context.run)
    if "unless" in action and os.path.lexists(f"{path}/{action['unless']}"):
        return "kept: it is complete"
    files.remove(path)
    return None
