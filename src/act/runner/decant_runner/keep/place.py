"""The folder of the sockets, and the lock that makes the keeper the only one of its app."""

from __future__ import annotations

import fcntl
import os
import stat

# A keeper that replaces itself by exec hands its lock on, so that no other one can slip in between.
_HANDED = "DECANT_KEEP_LOCK"


class Unsafe(OSError):
    """A folder in /tmp that somebody else made: an attack or an accident, for a person to look at."""


def prepare(run: str) -> None:
    """Makes the folder (0700) where it is missing. Raises Unsafe when it or its parent is not ours."""
    os.makedirs(os.path.dirname(run), mode=0o700, exist_ok=True)
    os.makedirs(run, mode=0o700, exist_ok=True)
    check(run)


def check(run: str) -> None:
    """Raises Unsafe for a folder that somebody else could have made; OSError where there is none."""
    found = os.lstat(run)
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise Unsafe(f"{run} is not a folder of ours with mode 0700")
    above = os.lstat(os.path.dirname(run))
    if not stat.S_ISDIR(above.st_mode) or above.st_uid not in (os.getuid(), 0):
        raise Unsafe(f"{os.path.dirname(run)} belongs to somebody else")


def lock(run: str) -> int | None:
    """The descriptor of the lock, or None while another keeper holds it. The kernel lets go when we die."""
    handed = os.environ.pop(_HANDED, "")
    file = int(handed) if handed.isdigit() else os.open(f"{run}/keep.lock", os.O_RDWR | os.O_CREAT, 0o600)
    os.set_inheritable(file, False)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(file)
        return None
    return file


def handed_on(lock: int) -> dict[str, str]:
    """The variable that tells the next program, in this process, which descriptor the lock is."""
    os.set_inheritable(lock, True)
    return {_HANDED: str(lock)}


def is_handed() -> bool:
    """Whether we are that next program; to be asked before `lock`."""
    return _HANDED in os.environ


def freshen(run: str) -> None:
    """Keeps what cleans /tmp by age from thinking that anything in the folder is forgotten."""
    _touch(run)
    for folder, folders, names in os.walk(run):
        for name in folders + names:
            _touch(f"{folder}/{name}")


def _touch(path: str) -> None:
    """A link itself, not what it means, where the system can."""
    try:
        os.utime(path, follow_symlinks=os.utime not in os.supports_follow_symlinks)
    except OSError:
        pass
