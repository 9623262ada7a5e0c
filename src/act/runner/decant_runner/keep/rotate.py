"""Rotation of logs that others hold open: copy, then truncate. O_APPEND lets the writers go on."""

from __future__ import annotations

import os
from typing import Iterable

LIMIT = 10 * 1024 * 1024
# The log itself and two older ones: `web.log`, `web.log.1`, `web.log.2`.
FILES = 3
_BLOCK = 1 << 20


def rotate_all(paths: Iterable[str], limit: int = LIMIT) -> None:
    """Rotates those that have grown beyond `limit` bytes."""
    for path in paths:
        try:
            if os.path.getsize(path) > limit:
                rotate(path, limit)
        except OSError:
            continue


def rotate(path: str, limit: int = LIMIT) -> None:
    """`path` becomes `path.1`, that `path.2`; of a log over twice the limit the newest `limit` bytes.

    What is written between the last look and the truncation is lost: microseconds' worth. Raises OSError when
    there is no room for the copy, which is then tried again; at twice the limit the newest `limit` bytes stay.
    """
    aside = f"{path}.new"
    with open(path, "r+b", buffering=0) as log:
        size = os.fstat(log.fileno()).st_size
        try:
            with open(aside, "wb", buffering=0) as copy:
                os.fchmod(copy.fileno(), os.fstat(log.fileno()).st_mode & 0o777)
                at = size - limit if size > 2 * limit else 0
                _reserve(copy.fileno(), size - at)
                at, to = _moved(log.fileno(), at, copy.fileno())
                _shift(path)
                _, to = _moved(log.fileno(), at, copy.fileno(), to)
                copy.truncate(to)
        except OSError:
            _forget(aside)
            if size < 2 * limit:
                raise
            # Into the room that it has already.
            log.truncate(_moved(log.fileno(), size - limit, log.fileno())[1])
            return
        log.truncate(0)


def _reserve(file: int, size: int) -> None:
    """A full disk refuses at once, before anything is written; not every system can be asked."""
    if size and hasattr(os, "posix_fallocate"):
        os.posix_fallocate(file, 0, size)


def _shift(path: str) -> None:
    for number in range(FILES - 1, 1, -1):
        if os.path.exists(f"{path}.{number - 1}"):
            os.replace(f"{path}.{number - 1}", f"{path}.{number}")
    os.replace(f"{path}.new", f"{path}.1")


def _moved(log: int, at: int, file: int, to: int = 0) -> tuple[int, int]:
    """Writes what stands from `at` on to `to` of the file, from a line's beginning; where both have ended."""
    is_inside = at > 0 and to == 0
    while True:
        block = os.pread(log, _BLOCK, at)
        if not block:
            return at, to
        at += len(block)
        if is_inside:
            block = block.partition(b"\n")[2] or block
            is_inside = False
        while block:
            written = os.pwrite(file, block, to)
            block, to = block[written:], to + written


def _forget(path: str) -> None:
    try:
        os.unlink(path)
    except FileNotFoundError:
        pass
