"""`recover`: undoes or finishes a run whose runner died."""

from __future__ import annotations

import json
import os
import signal
import time

from decant_runner import history, journal, lock
from decant_runner.following import detached, follow
from decant_runner.layout import Layout, linked_version


def main(options: dict[str, str]) -> int:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    layout = Layout(options["root"])
    holder = lock.holder(layout)
    torn = history.unfinished(journal.read(layout.journal))
    if holder is not None or torn is None:
        end = {"outcome": "locked", "holder": holder} if holder else {"outcome": "done"}
        live = linked_version(layout.live)
        print(
            json.dumps(
                {"type": "end", "at": time.time(), **end, "switched": False, "live": live, "seconds": 0}
            )
        )
        return 0
    inbox = layout.inbox(torn.id)
    os.makedirs(inbox.folder, mode=0o700, exist_ok=True)
    offset = os.path.getsize(inbox.events) if os.path.exists(inbox.events) else 0
    return follow(layout, torn.id, detached(layout, torn.id), offset)
