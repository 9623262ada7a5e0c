"""What a path of the state holds when a release needs it for the first time."""

from __future__ import annotations

import os
import shutil

from decant_runner import files, sqlite

BESIDE = ("-wal", "-shm", "-journal")


def make(path: str, shared: str, kind: str, before: str | None) -> str | None:
    """What the live release wrote there is newer than what the new one brings along."""
    os.makedirs(os.path.dirname(shared), exist_ok=True)
    for source, name in ((before, "the live release"), (path, "the release")):
        if source is None or not os.path.lexists(source) or os.path.islink(source):
            continue
        aside = files.aside_of(shared)
        files.remove(aside)
        if os.path.isdir(source):
            shutil.copytree(source, aside, symlinks=True, copy_function=_copied, ignore=_beside)
        else:
            _copied(source, aside)
        os.rename(aside, shared)
        return f"copied from {name}"
    if kind == "folder":
        os.mkdir(shared)
    return None


def _copied(source: str, to: str) -> None:
    """A database may be in use, and not all of it in its file."""
    if _is_sqlite(source):
        sqlite.snapshot(source, to)
        shutil.copymode(source, to)
    else:
        shutil.copy2(source, to)


def _beside(folder: str, names: list[str]) -> list[str]:
    bases = {
        f"{name}{ending}" for name in names for ending in BESIDE if _is_sqlite(os.path.join(folder, name))
    }
    return [name for name in names if name in bases]


def _is_sqlite(path: str) -> bool:
    try:
        with open(path, "rb") as file:
            return file.read(16) == b"SQLite format 3\x00"
    except OSError:
        return False
