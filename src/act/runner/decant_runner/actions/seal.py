"""Writes `manifest.json`: the plan's part, the time, who built it, and the hashes of the code's files."""

from __future__ import annotations

import time

from decant_runner import files, manifest, tree
from decant_runner.context import Action, Context


def perform(action: Action, context: Context) -> str:
    hashes = {found.name: tree.digest(found) for found in tree.walk(action["folder"])}
    built = {
        **action["manifest"],
        "built_at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "built_by": context.plan["by"],
    }
    files.replace_file(action["path"], [manifest.text(built, hashes)], 0o644)
    return f"{len(hashes)} files"
