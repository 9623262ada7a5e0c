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

    What is written between the last look and the truncation is lost: microseconds' worth. Raises OSError;
    when the copy fails (a full disk) the log is truncated without one once it has reached twice the limit.
    """
    for number in range(FILES - 1, 1, -1):
        if os.path.exists(f"{path}.{number - 1}"):
            os.replace(f"{path}.{number - 1}", f"{path}.{number}")
    with open(path, "r+b", buffering=0) as log:
        size = os.fstat(log.fileno()).st_size
        try:
            _copy_end(log.fileno(), size - limit if size > 2 * limit else 0, f"{path}.1")
        except OSError:
            os.unlink(f"{path}.1")
            if size < 2 * limit:
                raise
        log.truncate(0)


def _copy_end(log: int, start: int, to: str) -> None:
    at = start
    with open(to, "wb", buffering=0) as copy:
        os.fchmod(copy.fileno(), os.fstat(log).st_mode & 0o777)
        while True:
            block = os.pread(log, _BLOCK, at)
            if not block:
                return
            at += len(block)
            if at - len(block) == start > 0:
                block = block.partition(b"\n")[2] or block
            copy.write(block)
