"""Changing files so that a crash leaves the old or the new state, never a half one."""

from __future__ import annotations

import os
import stat
from typing import Iterable

from decant_runner.failure import Failure


def replace_file(path: str, chunks: Iterable[bytes], mode: int) -> None:
    """Aside, fsync, rename."""
    aside = aside_of(path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    file = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        for chunk in chunks:
            write_all(file, chunk)
        os.fchmod(file, mode)
        os.fsync(file)
    except OSError:
        os.unlink(aside)
        raise
    finally:
        os.close(file)
    os.rename(aside, path)


def write_all(file: int, data: bytes) -> None:
    while data:
        data = data[os.write(file, data) :]


def replace_link(path: str, to: str) -> None:
    """A symbolic link by one rename."""
    aside = aside_of(path)
    if os.path.lexists(aside):
        os.unlink(aside)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    os.symlink(to, aside)
    os.rename(aside, path)


def aside_of(path: str) -> str:
    """Where the next state of `path` is made. One name, so that a torn attempt is overwritten by the next."""
    folder, name = os.path.split(path)
    return f"{folder}/.{name}.next"


def remove(path: str) -> None:
    """A file, a link or a whole tree, read-only folders included. What is not there is fine."""
    try:
        kind = os.lstat(path).st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISDIR(kind):
        os.unlink(path)
        return
    if kind & 0o700 != 0o700:
        os.chmod(path, 0o700)
    with os.scandir(path) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                remove(entry.path)
            else:
                os.unlink(entry.path)
    os.rmdir(path)


def check_inside(path: str, *folders: str) -> None:
    """Raises Failure unless `path` is really below one of the folders, links in its parents followed."""
    parent, name = os.path.split(os.path.normpath(path))
    real = os.path.join(os.path.realpath(parent), name)
    if not any(real.startswith(os.path.realpath(folder) + "/") for folder in folders):
        raise Failure("bug", f"{path} is not inside {' or '.join(folders)}")


def sync_folder(path: str) -> None:
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
