"""Writes a blob to a file: aside, fsync, rename."""

from __future__ import annotations

from typing import Iterator

from decant_runner.context import Action, Context
from decant_runner.files import replace_file

CHUNK = 1 << 20


def perform(action: Action, context: Context) -> None:
    replace_file(action["path"], _chunks(f"{context.inbox.blobs}/{action['blob']}"), int(action["mode"], 8))


def _chunks(path: str) -> Iterator[bytes]:
    with open(path, "rb") as file:
        while True:
            chunk = file.read(CHUNK)
            if not chunk:
                return
            yield chunk
