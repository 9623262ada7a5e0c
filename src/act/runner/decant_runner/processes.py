"""What the system says of processes: alive or not, since when, in which session, how much memory."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterator
from typing import NamedTuple

LINUX = os.path.isdir("/proc/self")


class Process(NamedTuple):
    pid: int
    parent: int
    group: int
    session: int
    zombie: bool
    start: str
    rss: int


def start_time(pid: int) -> str | None:
    """When the process began, as text that equals only itself (a zombie still has it); None: no such process.

    On Linux the clock ticks since boot with the boot's id before them, so that a reboot can't repeat it.
    """
    found = _process(pid)
    return found.start if found else None


def is_alive(pid: int, start: str | None) -> bool:
    """Whether the process that began at `start` still runs; a zombie does not. No `start`: any will do."""
    found = _process(pid)
    return found is not None and not found.zombie and start in (None, found.start)


def memory_bytes(pid: int) -> int | None:
    """Resident memory of the process and of its session's others; shared pages count once for each."""
    return memory_by_session().get(pid)


def memory_by_session() -> dict[int, int]:
    """Resident bytes of each session, by the pid of its leader: one look at the process table."""
    total: dict[int, int] = {}
    for process in table():
        total[process.session] = total.get(process.session, 0) + process.rss
    return total


def session_members(session: int) -> list[tuple[int, str]]:
    """Pid and start of all that run in a session, its leader included, zombies not."""
    return [(found.pid, found.start) for found in table() if found.session == session and not found.zombie]


def marked(marker: str) -> list[tuple[int, str, str]]:
    """Pid, start and value of all that have the environment variable `NAME=` beginning like `marker`.

    Only Linux lets us look; elsewhere nothing is found.
    """
    wanted = os.fsencode(marker)
    found = []
    for process in table() if LINUX else ():
        for entry in _read(f"/proc/{process.pid}/environ").split(b"\0"):
            if entry.startswith(wanted) and not process.zombie:
                found.append((process.pid, process.start, os.fsdecode(entry.split(b"=", 1)[1])))
                break
    return found


def command_line(pid: int) -> list[str]:
    """The words with which the process was started; empty if unknown."""
    return [os.fsdecode(word) for word in _read(f"/proc/{pid}/cmdline").split(b"\0")[:-1]]


def table() -> Iterator[Process]:
    """Every process that we may see."""
    if not LINUX:
        yield from _listed("-A")
        return
    for name in os.listdir("/proc"):
        if name.isdigit():
            found = _process(int(name))
            if found:
                yield found


@functools.lru_cache(maxsize=1)
def boot_id() -> str:
    """Changes with each boot; empty where the system has none."""
    return _read("/proc/sys/kernel/random/boot_id").decode()[:8]


def _process(pid: int) -> Process | None:
    if not LINUX:
        return next(_listed("-p", str(pid)), None)
    # The command stands in brackets and may hold any character: count from the last bracket (proc(5)).
    fields = _read(f"/proc/{pid}/stat").rpartition(b")")[2].decode().split()
    if len(fields) < 22:
        return None
    return Process(
        pid=pid,
        parent=int(fields[1]),
        group=int(fields[2]),
        session=int(fields[3]),
        zombie=fields[0] in ("Z", "X", "x"),
        start=f"{boot_id()}-{fields[19]}",
        rss=int(fields[21]) * os.sysconf("SC_PAGESIZE"),
    )


def _listed(*which: str) -> Iterator[Process]:
    """For macOS: its `ps` gives no session, and our children lead group and session alike."""
    import subprocess

    listing = subprocess.run(
        ["ps", *which, "-o", "pid=,ppid=,pgid=,rss=,stat=,lstart="],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=False,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
    )
    for line in listing.stdout.decode("utf-8", "replace").splitlines():
        pid, parent, group, rss, stat, *start = line.split()
        yield Process(
            int(pid), int(parent), int(group), int(group), stat[0] == "Z", " ".join(start), int(rss) * 1024
        )


def _read(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return b""
