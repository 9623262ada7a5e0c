"""`forget`: removes what is left of an app whose processes and releases are gone, under its lock."""

from __future__ import annotations

import json
import os

from decant_runner import files, lock
from decant_runner.layout import Layout, linked_version


def main(options: dict[str, str]) -> int:
    """Answers `ok`, or why it removed nothing: whoever deploys meanwhile keeps what he made."""
    why = _forgotten(Layout(options["root"]), options["run"])
    print(json.dumps({"ok": why is None, "why": why}))
    return 0


def _forgotten(layout: Layout, run: str) -> str | None:
    try:
        held = lock.take(layout.lock)
    except FileNotFoundError:
        files.remove(run)
        return None
    if held is None:
        holder = lock.holder(layout)
        return f"{holder['by']} runs {holder['kind']} on it" if holder else "somebody else changes it"
    live = linked_version(layout.live)
    if live is not None:
        return f"{live} is live"
    if lock.is_held(f"{run}/keep.lock"):
        return "its keeper runs"
    try:
        _remove(layout.root, run)
    except OSError as error:
        return f"{error.strerror or error}: {error.filename}"
    return None


def _remove(root: str, run: str) -> None:
    # By one rename, so that whoever waits for the lock finds none here, and never half an app.
    aside = files.aside_of(root)
    files.remove(aside)
    os.rename(root, aside)
    files.remove(run)
    files.remove(aside)
