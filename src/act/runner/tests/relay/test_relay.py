from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time
import unittest

from decant_runner import processes
from decant_runner.keep import own
from tests.keep.stand import free_port, wait_for
from tests.relay.stand import Stand, program

MEGABYTE = 1 << 20
# As much as the visitor reads, and not a byte more than the sockets on the way hold.
FLOOD = """
import os, socket
listener = socket.create_server(("127.0.0.1", int(os.environ["PORT"])))
print("pid", os.getpid(), flush=True)
peer, _ = listener.accept()
sent = 0
try:
    while sent < 64 << 20:
        sent += peer.send(b"x" * 65536)
        open("sent", "w").write(str(sent))
finally:
    peer.close()
"""


class Passing(Stand):
    def test_passes_both_directions_and_the_end_of_each(self) -> None:
        self.serving(program())
        connection = self.connect()
        connection.sendall(b"one\n")
        self.assertEqual(connection.recv(100), b"one\n")
        connection.sendall(b"two\n")
        connection.shutdown(socket.SHUT_WR)
        self.assertEqual(self.said(connection), b"two\nthe end\n")

    def test_passes_many_connections_at_once(self) -> None:
        self.serving(program())
        connections = [self.connect() for _ in range(300)]
        for number, connection in enumerate(connections):
            connection.sendall(b"slow\n%d\n" % number)
        for number, connection in enumerate(connections):
            connection.shutdown(socket.SHUT_WR)
            self.assertEqual(self.said(connection), b"slow\n%d\nthe end\n" % number)

    def test_passes_an_answer_that_comes_before_the_upload_has_ended(self) -> None:
        self.serving(program())
        connection = self.connect()
        connection.sendall(b"close\n")
        upload = threading.Thread(target=self._upload, args=(connection,))
        upload.start()
        self.assertEqual(connection.recv(100), b"too much\n")
        upload.join(20)
        self.assertFalse(upload.is_alive())

    def test_holds_no_more_than_a_block_of_what_nobody_reads(self) -> None:
        relay = self.serving(f"import os; os.chdir({self.folder!r})\n{FLOOD}")
        connection = self.connect()
        sent = wait_for(self._settled)
        self.assertLess(sent, 32 * MEGABYTE)
        memory = next(each.rss for each in processes.table() if each.pid == relay.pid)
        self.assertLess(memory, 64 * MEGABYTE)
        self.assertEqual(len(self.said(connection)), 64 * MEGABYTE)

    def test_serves_a_program_that_listens_on_ipv6_only(self) -> None:
        script = program().replace('"127.0.0.1"', '"::1"')
        self.serving(script.replace("daemon_threads", "address_family = 10\n    daemon_threads"))
        connection = self.connect()
        connection.sendall(b"one\n")
        self.assertEqual(connection.recv(100), b"one\n")

    def test_tells_the_visitor_when_the_program_takes_no_connection(self) -> None:
        script = program().replace(".serve_forever()", ".socket.close(); time.sleep(600)")
        self.begin(script.replace("Server((", "time.sleep(0.5); Server(("))
        time.sleep(1.5)
        self.assertFalse(os.path.exists(self.path))

    def _upload(self, connection: socket.socket) -> None:
        try:
            connection.sendall(b"x" * 8 * MEGABYTE)
        except OSError:
            pass

    def _settled(self) -> int:
        def sent() -> int:
            try:
                with open(f"{self.folder}/sent", encoding="ascii") as file:
                    return int(file.read() or 0)
            except (OSError, ValueError):
                return 0

        before = sent()
        time.sleep(0.3)
        return before if before == sent() else 0


class Ending(Stand):
    def test_ends_after_what_is_under_way(self) -> None:
        relay = self.serving(program())
        connection = self.connect()
        connection.sendall(b"slow\n")
        time.sleep(0.1)
        relay.send_signal(signal.SIGTERM)
        wait_for(lambda: not os.path.exists(self.path))
        self.assertRaises(FileNotFoundError, self.connect)
        self.assertIsNone(relay.poll())
        connection.shutdown(socket.SHUT_WR)
        self.assertEqual(self.said(connection), b"slow\nthe end\n")
        self.assertEqual(relay.wait(5), 0)
        self.assertFalse(processes.is_alive(self.program_pid(), None))

    def test_waits_for_an_open_connection_only_so_long(self) -> None:
        relay = self.serving(program(), drain=0.3)
        connection = self.connect()
        connection.sendall(b"one\n")
        self.assertEqual(connection.recv(100), b"one\n")
        relay.send_signal(signal.SIGTERM)
        self.assertEqual(self.said(connection), b"")
        self.assertEqual(relay.wait(5), 0)

    def test_ends_a_program_that_is_deaf_and_what_it_started(self) -> None:
        deaf = "import signal, subprocess; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        deaf += 'print("pid", subprocess.Popen(["sleep", "600"]).pid, flush=True)\n'
        relay = self.serving(deaf + program())
        relay.send_signal(signal.SIGTERM)
        self.assertEqual(relay.wait(8), 0)
        self.assertFalse(
            any(processes.is_alive(int(word.split()[0]), None) for word in self.log().split("pid ")[1:])
        )

    def test_ends_as_its_program_ends(self) -> None:
        relay = self.serving(program())
        connection = self.connect()
        connection.sendall(b"one\n")
        connection.recv(100)
        os.kill(self.program_pid(), signal.SIGKILL)
        self.assertEqual(relay.wait(5), -signal.SIGKILL)
        self.assertEqual(self.said(connection), b"")
        self.assertFalse(os.path.exists(self.path))
        self.assertEqual(self.begin("import sys; sys.exit(3)").wait(5), 3)

    def test_a_program_that_is_not_there_is_named(self) -> None:
        words = self.words("")
        at = words.index("--") + 1
        self.words = lambda *_: [*words[:at], "no-such-program"]  # type: ignore[method-assign]
        self.assertEqual(self.begin("").wait(5), 127)
        self.assertIn("can't start no-such-program", self.log())


class Ports(Stand):
    def test_never_serves_what_somebody_else_listens_with(self) -> None:
        other = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(other.close)
        port = other.getsockname()[1]
        # A program that lives although it has not got its port.
        relay = self.begin("import time; time.sleep(600)", port)
        self.assertEqual(relay.wait(12), 98)
        self.assertIn(f"the port {port} that it needs is in use by {os.getpid()} ", self.log())
        self.assertFalse(os.path.exists(self.path))

    def test_waits_until_a_port_is_let_go(self) -> None:
        other = socket.create_server(("127.0.0.1", 0))
        port = other.getsockname()[1]
        relay = self.begin(program(str(port)), port)
        time.sleep(0.5)
        self.assertIsNone(relay.poll())
        other.close()
        wait_for(lambda: os.path.exists(self.path))

    def test_says_where_a_program_listens_that_looks_at_no_variable(self) -> None:
        port = free_port()
        self.begin(program(str(port)))
        wait_for(lambda: f"the program listens on port {port} and not on 2" in self.log(), 12)
        self.assertFalse(os.path.exists(self.path))

    def test_gives_the_port_by_another_name_too(self) -> None:
        show = 'import os; print("told", os.environ["PORT"], os.environ["MY_PORT"], flush=True)'
        words = [word if word != "PORT" else "MY_PORT" for word in self.words(show)]
        self.words = lambda *_: words  # type: ignore[method-assign]
        self.begin(show).wait(5)
        _, one, other = self.log().split()
        self.assertEqual(one, other)

    def test_wrong_words_are_a_mistake_of_the_caller(self) -> None:
        import subprocess

        for words in (
            ["relay"],
            ["relay", "--socket", "/s", "--port", "x", "--variable", "P", "--drain", "1"],
        ):
            asked = subprocess.run(
                own.command([*words, "--end", "1", "--", "true"]) if len(words) > 1 else own.command(words),
                capture_output=True,
            )
            self.assertEqual((asked.returncode, b"usage" in asked.stderr), (64, True), asked)


if __name__ == "__main__":
    sys.exit(unittest.main())
