"""Where the runner's own files are: below the app's root, and in a plan's inbox."""

from __future__ import annotations

import os
from typing import NamedTuple

from decant_runner.usage import Usage


class Inbox(NamedTuple):
    """`inbox/<id>`: a plan, its blobs, and what becomes of it."""

    folder: str

    @property
    def id(self) -> str:
        return os.path.basename(self.folder)

    @property
    def plan(self) -> str:
        return f"{self.folder}/plan.json"

    @property
    def blobs(self) -> str:
        return f"{self.folder}/blobs"

    @property
    def complete(self) -> str:
        return f"{self.folder}/complete"

    @property
    def events(self) -> str:
        return f"{self.folder}/events.jsonl"

    @property
    def cancel(self) -> str:
        return f"{self.folder}/cancel"

    @property
    def client_lock(self) -> str:
        return f"{self.folder}/client.lock"

    @property
    def log(self) -> str:
        return f"{self.folder}/runner.log"

    @property
    def output(self) -> str:
        """Commands write here, so that they outlive their runner."""
        return f"{self.folder}/output"


class Layout(NamedTuple):
    root: str

    @property
    def journal(self) -> str:
        return f"{self.root}/journal.jsonl"

    @property
    def lock(self) -> str:
        return f"{self.root}/lock"

    @property
    def live(self) -> str:
        return f"{self.root}/live"

    @property
    def releases(self) -> str:
        return f"{self.root}/releases"

    @property
    def inboxes(self) -> str:
        return f"{self.root}/inbox"

    def inbox(self, id: str) -> Inbox:
        if not id or "/" in id or id.startswith("."):
            raise Usage(f"{id!r} is no id")
        return Inbox(f"{self.inboxes}/{id}")


def linked_version(link: str) -> str | None:
    """The release that `live` or `previous` means: "v3"."""
    try:
        return os.path.basename(os.readlink(link))
    except OSError:
        return None
