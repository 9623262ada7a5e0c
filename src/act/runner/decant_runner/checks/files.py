"""Files and folders that the app serves are in the release, or those of them that an earlier one had."""

from __future__ import annotations

import os

from decant_runner.context import Check, Context
from decant_runner.failure import Failure

NAMED = 10


def ask(check: Check, context: Context) -> None:
    del context
    before = check.get("before")
    wanted = [
        each for each in check["files"] if before is None or _is_there(os.path.join(before, each["path"]))
    ]
    missing = [each for each in wanted if not _is_there(os.path.join(check["folder"], each["path"]))]
    if missing:
        named = ", ".join(f"{each['path']} ({each['by']})" for each in missing[:NAMED])
        more = f" and {len(missing) - NAMED} more" if len(missing) > NAMED else ""
        raise Failure("check", f"not there: {named}{more}")


def _is_there(path: str) -> bool:
    """An empty folder serves nothing."""
    return bool(os.listdir(path)) if os.path.isdir(path) else os.path.exists(path)
