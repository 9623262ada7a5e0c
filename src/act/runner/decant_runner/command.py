"""Running a command so that neither its runner's death nor its own children can confuse us."""

from __future__ import annotations

import os
import select
import signal
import time
from typing import Callable, NamedTuple, NoReturn

from decant_runner import processes
from decant_runner.context import Context
from decant_runner.disk import free
from decant_runner.failure import Failure

KILL_AFTER = 5.0
POLL = 0.03
# With less free than this, a command's own words may be lost.
WORDS_BYTES = 1 << 20


class Command(NamedTuple):
    argv: list[str]
    cwd: str
    env: dict[str, str]
    stdin: str
    deadline: float
    """The path of its output, without the endings `.stdout`, `.stderr`, `.status`."""
    output: str


def run_command(command: Command, context: Context, pump: Callable[[], None]) -> int:
    """Its exit status (minus the signal that killed it). `pump` is called while it runs, and once at the end.

    It writes to files, not pipes, and a small guard process writes down its status: when the runner dies, the
    command goes on undisturbed, and the next runner knows how it ended. Raises Failure for a passed deadline.
    """
    _make_room(command.output)
    pid, ended = _started(command, context)
    start = processes.start_time(pid)
    until = time.monotonic() + command.deadline
    try:
        while not select.select([ended], [], [], POLL)[0]:
            pump()
            context.check_cancel()
            if time.monotonic() > until:
                raise Failure("deadline", f"did not end within {command.deadline:g} s")
    except OSError as error:
        # The log or the events can't be written: the command must not go on unseen.
        stop_group(pid, start)
        raise Failure("system", f"{error.strerror} while the output was kept") from error
    except Failure:
        stop_group(pid, start)
        raise
    finally:
        os.close(ended)
        os.waitpid(pid, 0)
        pump()
    _stop_leftovers(pid)
    status = status_of(command.output)
    if status is None:
        stop_group(pid, start)
        raise Failure("exit", "its guard process was killed", output=full_disk(command.output))
    return status


def _make_room(output: str) -> None:
    os.makedirs(os.path.dirname(output), exist_ok=True)
    if os.path.exists(f"{output}.status"):
        os.unlink(f"{output}.status")


def status_of(output: str) -> int | None:
    """How a command ended, written down by its guard; None: it did not."""
    try:
        with open(f"{output}.status", encoding="ascii") as file:
            return int(file.read())
    except (OSError, ValueError):
        return None


def full_disk(output: str) -> list[str]:
    """What a command could not write down itself."""
    left = free(os.path.dirname(output))
    enough = left["bytes"] >= WORDS_BYTES and left["inodes"] > 0
    return (
        []
        if enough
        else [f"No space left on device: {left['bytes']} bytes, {left['inodes']} inodes are free"]
    )


def stop_group(pid: int, start: str | None) -> None:
    """TERM, five seconds, KILL for everything in the session of the guard that began at `start`."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        for member in session_of(pid, start):
            _send(member, number)
        until = time.monotonic() + KILL_AFTER
        while session_of(pid, start):
            if time.monotonic() > until:
                break
            time.sleep(0.02)


def session_of(pid: int, start: str | None) -> list[int]:
    """Who runs in the guard's session, itself included; nobody if the number has a later owner."""
    if processes.start_time(pid) not in (None, start):
        return []
    return [member for member, _ in processes.session_members(pid)]


def _started(command: Command, context: Context) -> tuple[int, int]:
    """The guard's pid, and a descriptor that ends with it.

    The guard holds still until it is journaled, and ends by itself if we die before that.
    """
    held, go = os.pipe()
    ended, alive = os.pipe()
    pid = os.fork()
    if pid == 0:
        _guard(command, held, alive)
    os.close(held)
    os.close(alive)
    start = processes.start_time(pid)
    context.journal(
        context.record(
            "group",
            step=context.step["id"],
            pgid=pid,
            start=start,
            output=command.output,
            deadline=command.deadline,
        )
    )
    os.write(go, b"!")
    os.close(go)
    return pid, ended


def _guard(command: Command, held: int, alive: int) -> NoReturn:
    """Starts the command, waits for it, writes its status down. Holds none of the runner's descriptors."""
    status = 127
    try:
        os.setsid()
        os.dup2(held, 100, inheritable=False)
        os.dup2(alive, 101, inheritable=False)
        os.closerange(3, 100)
        os.closerange(102, 1024)
        if os.read(100, 1) == b"":
            os._exit(1)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        _redirect(command)
        pid = os.fork()
        if pid == 0:
            _become(command)
        _, result = os.waitpid(pid, 0)
        status = -os.WTERMSIG(result) if os.WIFSIGNALED(result) else os.WEXITSTATUS(result)
        with open(f"{command.output}.status.new", "w", encoding="ascii") as file:
            file.write(str(status))
        os.rename(f"{command.output}.status.new", f"{command.output}.status")
    finally:
        os._exit(status & 0xFF)


def _redirect(command: Command) -> None:
    writing = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_TRUNC
    opened = [
        os.open(command.stdin, os.O_RDONLY),
        os.open(f"{command.output}.stdout", writing, 0o600),
        os.open(f"{command.output}.stderr", writing, 0o600),
    ]
    for number, file in enumerate(opened):
        os.dup2(file, number)
        os.close(file)


def _become(command: Command) -> NoReturn:
    try:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGPIPE, signal.SIGXFSZ):
            signal.signal(number, signal.SIG_DFL)
        os.umask(0o022)
        os.chdir(command.cwd)
        os.execvpe(command.argv[0], command.argv, command.env)
    except OSError as error:
        os.write(2, f"{command.argv[0]}: {error.strerror} ({command.cwd})\n".encode("utf-8", "replace"))
    finally:
        os._exit(127)


def _stop_leftovers(pid: int) -> None:
    """What the command left in the background: only the keeper starts what lives longer than a step."""
    try:
        os.killpg(pid, signal.SIGTERM)
    except (ProcessLookupError, PermissionError):
        # The group is gone; the session may still have members in groups of their own.
        pass
    stop_group(pid, None)


def _send(pid: int, number: int) -> None:
    try:
        os.kill(pid, number)
    except (ProcessLookupError, PermissionError):
        pass
