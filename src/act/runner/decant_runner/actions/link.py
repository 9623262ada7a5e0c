"""A symbolic link, by atomic rename."""

from __future__ import annotations

import os

from decant_runner.context import Action, Context
from decant_runner.files import replace_link, sync_folder


def perform(action: Action, context: Context) -> None:
    path = action["path"]
    if os.path.islink(path) and os.readlink(path) == action["to"]:
        return
    replace_link(path, action["to"])
    if os.path.dirname(path) == context.layout.root:
        # `live` decides what serves after a reboot, too.
        sync_folder(context.layout.root)
