"""Lists what the app wrote inside its release since `seal`. Never fails."""

from __future__ import annotations

import os

from decant_runner import manifest, tree
from decant_runner.context import Action, Context

LISTED = 50


def perform(action: Action, context: Context) -> str | None:
    try:
        sealed = os.stat(action["manifest"]).st_ctime
        known = manifest.files(action["manifest"])
        names = [found.name for found in tree.walk(action["folder"]) if _is_new(found, known, sealed)]
    except (OSError, ValueError) as error:
        return f"could not look: {error}"
    for name in names[:LISTED]:
        context.events.emit("fact", name="written", value=name)
    return f"{len(names)} files" if names else None


def _is_new(found: tree.Found, known: dict[str, str], sealed: float) -> bool:
    """Shared paths are links by now, and not the release's. Only what was touched since is read again."""
    if found.is_link:
        return False
    if found.name not in known:
        return True
    return os.lstat(found.path).st_ctime >= sealed and tree.digest(found) != known[found.name]
