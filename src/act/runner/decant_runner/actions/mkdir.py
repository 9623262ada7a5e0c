"""Makes a folder, and those above it."""

from __future__ import annotations

import os

from decant_runner.context import Action, Context
from decant_runner.keep import place


def perform(action: Action, context: Context) -> None:
    path, mode = action["path"], int(action["mode"], 8)
    if path.startswith(f"{context.run}/"):
        place.prepare(context.run)
    os.makedirs(path, exist_ok=True)
    if os.stat(path).st_mode & 0o777 != mode:
        os.chmod(path, mode)
