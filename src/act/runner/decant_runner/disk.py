"""What is free on the file system of a path."""

from __future__ import annotations

import os

# Some file systems (btrfs) have no limit, and say 0 of 0.
UNLIMITED = 1 << 53


def free(path: str) -> dict[str, int]:
    """Bytes and inodes for us; `path` itself need not exist."""
    while not os.path.exists(path):
        path = os.path.dirname(path)
    found = os.statvfs(path)
    inodes = found.f_favail if found.f_files else UNLIMITED
    return {"bytes": found.f_bavail * found.f_frsize, "inodes": inodes}
