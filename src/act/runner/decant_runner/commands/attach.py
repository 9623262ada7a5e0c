"""`attach`: prints all events of a run, and follows it to its end."""

from __future__ import annotations

import os
import signal

from decant_runner.following import follow
from decant_runner.layout import Layout
from decant_runner.usage import Usage


def main(options: dict[str, str]) -> int:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    layout = Layout(options["root"])
    if not os.path.exists(layout.inbox(options["id"]).complete):
        raise Usage(f"there is no run {options['id']}")
    return follow(layout, options["id"], None)
