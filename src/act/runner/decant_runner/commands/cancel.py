"""`cancel`: asks a run to be given up."""

from __future__ import annotations

import os

from decant_runner.layout import Layout
from decant_runner.usage import Usage


def main(options: dict[str, str]) -> int:
    inbox = Layout(options["root"]).inbox(options["id"])
    if not os.path.isdir(inbox.folder):
        raise Usage(f"there is no run {inbox.id}")
    os.close(os.open(inbox.cancel, os.O_WRONLY | os.O_CREAT, 0o600))
    print("{}")
    return 0
