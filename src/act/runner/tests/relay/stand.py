"""A relay in a folder of its own, with a program behind it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import unittest

from decant_runner.keep import own
from tests.keep.stand import wait_for

# Says what it is told, line by line; "slow" takes half a second, "close" answers at once and reads no further.
PROGRAM = """
import os, socketserver, time
class Answer(socketserver.StreamRequestHandler):
    def handle(self):
        for line in self.rfile:
            if line == b"slow\\n":
                time.sleep(0.5)
            if line == b"close\\n":
                self.wfile.write(b"too much\\n")
                return
            self.wfile.write(line)
        self.wfile.write(b"the end\\n")
class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 512
print("pid", os.getpid(), flush=True)
Server(("127.0.0.1", int(PORT)), Answer).serve_forever()
"""


def program(port: str = 'os.environ["PORT"]') -> str:
    return PROGRAM.replace("PORT", port)


class Stand(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = os.path.realpath(tempfile.mkdtemp(prefix="decant-relay-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.path = f"{self.folder}/app.sock"

    def words(self, script: str, port: int = 0, drain: float = 5.0) -> list[str]:
        limits = ["--drain", str(drain), "--end", "2"]
        told = ["--socket", self.path, "--port", str(port), "--variable", "PORT", *limits]
        return own.command(["relay", *told, "--", sys.executable, "-u", "-c", script])

    def begin(self, script: str, port: int = 0, drain: float = 5.0) -> subprocess.Popen[bytes]:
        with open(f"{self.folder}/log", "ab") as log:
            relay = subprocess.Popen(
                self.words(script, port, drain), stdout=log, stderr=log, start_new_session=True
            )
        self.addCleanup(self._end, relay)
        return relay

    def serving(self, script: str, port: int = 0, drain: float = 5.0) -> subprocess.Popen[bytes]:
        relay = self.begin(script, port, drain)
        wait_for(lambda: os.path.exists(self.path) or relay.poll() is not None)
        self.assertIsNone(relay.poll(), self.log())
        return relay

    def connect(self) -> socket.socket:
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.addCleanup(connection.close)
        connection.settimeout(20)
        connection.connect(self.path)
        return connection

    def said(self, connection: socket.socket) -> bytes:
        """All that comes until the end."""
        return b"".join(iter(lambda: connection.recv(65536), b""))

    def log(self) -> str:
        with open(f"{self.folder}/log", encoding="utf-8") as file:
            return file.read()

    def program_pid(self) -> int:
        return int(self.log().split("pid ")[1].split()[0])

    def _end(self, relay: subprocess.Popen[bytes]) -> None:
        try:
            os.killpg(relay.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        relay.wait()
        for word in self.log().split("pid ")[1:]:
            try:
                os.kill(int(word.split()[0]), signal.SIGKILL)
            except ProcessLookupError:
                pass
