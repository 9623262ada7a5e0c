"""`submit`: spools a plan, starts its run, and follows it.

`conduct` is loaded here, while the plan may still be on its way: the run is a fork of this process.
"""

from __future__ import annotations

import signal
import sys

from decant_runner import conduct  # noqa: F401
from decant_runner.cli import complain
from decant_runner.following import detached, follow
from decant_runner.layout import Layout
from decant_runner.spool import BadFrame, spooled

BAD_FRAME = 65


def main(options: dict[str, str]) -> int:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    layout = Layout(options["root"])
    try:
        inbox = spooled(layout, sys.stdin.buffer)
    except BadFrame as problem:
        complain("frame", str(problem))
        return BAD_FRAME
    return follow(layout, inbox.id, detached(layout, inbox.id))
