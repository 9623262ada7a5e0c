"""The files of a release's code."""

from __future__ import annotations

import hashlib
import os
from typing import Iterator, NamedTuple

CHUNK = 1 << 20


class Found(NamedTuple):
    """`name` is relative to the folder that was walked."""

    name: str
    path: str
    is_link: bool


def walk(folder: str, prefix: str = "") -> Iterator[Found]:
    """Every file and link, sorted; compiled Python is nobody's business."""
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        name = prefix + entry.name
        if entry.is_symlink():
            yield Found(name, entry.path, True)
        elif entry.is_dir():
            if entry.name != "__pycache__":
                yield from walk(entry.path, f"{name}/")
        elif not name.endswith(".pyc"):
            yield Found(name, entry.path, False)


def digest(found: Found) -> str:
    """sha256 of a file's bytes; of a link, its target's text."""
    if found.is_link:
        return hashlib.sha256(os.fsencode(os.readlink(found.path))).hexdigest()
    hashed = hashlib.sha256()
    with open(found.path, "rb", buffering=0) as file:
        while True:
            chunk = file.read(CHUNK)
            if not chunk:
                return hashed.hexdigest()
            hashed.update(chunk)
