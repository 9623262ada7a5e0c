"""What is left of runs that are over."""

from __future__ import annotations

import os
import time

from decant_runner import files, journal
from decant_runner.layout import Inbox, Layout

KEPT = 10
TORN_SECONDS = 3600


def tidy(layout: Layout, inbox: Inbox) -> None:
    """Removes the blobs of a run (secrets may be among them) and old inboxes. Never fails."""
    try:
        files.remove(inbox.blobs)
        files.remove(inbox.output)
        names = sorted(name for name in os.listdir(layout.inboxes) if name != inbox.id)
        for name in names[:-KEPT]:
            files.remove(layout.inbox(name).folder)
        for name in names[-KEPT:]:
            _tidy_other(layout.inbox(name))
        journal.compact(layout.journal)
    except OSError:
        pass


def _tidy_other(inbox: Inbox) -> None:
    """No run but ours is under way: blobs can only be of one that was stale, locked or recovered."""
    if os.path.exists(inbox.complete):
        if os.path.exists(inbox.events):
            files.remove(inbox.blobs)
    elif time.time() - os.stat(inbox.folder).st_mtime > TORN_SECONDS:
        files.remove(inbox.folder)
