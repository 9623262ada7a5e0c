"""Stands in for the keeper: owns the listening socket, never accepts, and starts programs that inherit it as fd 3."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys

signal.signal(signal.SIGCHLD, signal.SIG_IGN)
listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen(1024)
os.dup2(listener.fileno(), 3)
print(listener.getsockname()[1], flush=True)

for line in sys.stdin:
    start = json.loads(line)
    with open(start["log"], "ab") as log:
        child = subprocess.Popen(
            start["argv"],
            cwd=start["cwd"],
            env={**os.environ, **start["env"]},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=[3],
            start_new_session=True,
        )
    print(child.pid, flush=True)
