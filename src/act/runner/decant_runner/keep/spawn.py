"""Starting a process so that no crash of ours can lose it or start it twice."""

from __future__ import annotations

import os
import signal
import time
from typing import Callable, NamedTuple, NoReturn

from decant_runner import processes
from decant_runner.keep.state import Started


class Launch(NamedTuple):
    argv: list[str]
    cwd: str
    env: dict[str, str]
    log: str
    """Left to the process as descriptor 3; None: it gets none but 0, 1 and 2."""
    third: int | None


def spawn(launch: Launch, remember: Callable[[Started], None]) -> Started:
    """Starts a process as the leader of its own session.

    The child holds still until `remember` has written it down, and ends by itself if we die before that. So
    whatever runs is remembered, and whatever is remembered runs or has ended. Raises OSError.
    """
    os.makedirs(os.path.dirname(launch.log), exist_ok=True)
    gate, go = os.pipe()
    # A signal must not reach our handlers in the child: they write to our own wake-up descriptor.
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    try:
        pid = os.fork()
        if pid == 0:
            _become(launch, gate, go)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, ())
        os.close(gate)
    try:
        started = Started(pid, processes.start_time(pid) or "", time.time())
        remember(started)
        os.write(go, b"!")
    except BrokenPipeError:
        pass
    finally:
        os.close(go)
    return started


def _become(launch: Launch, gate: int, go: int) -> NoReturn:
    try:
        signal.set_wakeup_fd(-1)
        for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
            if signal.getsignal(number) is not None:
                signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, ())
        os.setsid()
        os.close(go)
        if os.read(gate, 1) == b"":
            os._exit(1)
        _dress(launch)
        os.execvpe(launch.argv[0], launch.argv, launch.env)
    except BaseException as error:  # noqa: BLE001 - a copy of the keeper must never run on
        os.write(2, f"decant: can't start {launch.argv[0]}: {error}\n".encode("utf-8", "replace"))
    finally:
        os._exit(127)


def _dress(launch: Launch) -> None:
    """Descriptors, file mode, folder. All our other descriptors are closed by exec."""
    os.umask(0o022)
    nothing = os.open(os.devnull, os.O_RDONLY)
    log = os.open(launch.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
    os.dup2(nothing, 0)
    os.dup2(log, 1)
    os.dup2(log, 2)
    if launch.third is not None:
        os.dup2(launch.third, 3)
        os.set_inheritable(3, True)
    os.chdir(launch.cwd)
