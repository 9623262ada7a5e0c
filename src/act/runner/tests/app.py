"""A small web app on a unix socket: what a gate asks."""

from __future__ import annotations

import http.server
import os
import socketserver
import threading
import unittest
from typing import Any, Callable, Tuple, Union

# Status, or status and Location, or a function of the handler that gives one of them.
Reply = Union[int, Tuple[int, str], Callable[[Any], Any]]


class App:
    """`replies`: path → reply; others get 404. `asked`: (path, Host, X-Forwarded-Proto) of each request."""

    def __init__(self, path: str, replies: dict[str, Reply], test: unittest.TestCase) -> None:
        self.path = path
        self.asked: list[tuple[str, str, str]] = []
        app = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                proto = self.headers.get("X-Forwarded-Proto", "")
                app.asked.append((self.path, self.headers.get("Host", ""), proto))
                reply = replies.get(self.path, 404)
                while callable(reply):
                    reply = reply(self)
                status, location = reply if isinstance(reply, tuple) else (reply, "")
                self.send_response(status)
                if location:
                    self.send_header("Location", location)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

            def address_string(self) -> str:
                return "unix"

        class Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
            daemon_threads = True
            request_queue_size = 64

            def handle_error(self, *_: object) -> None:
                """A client that did not wait for its answer."""

        os.makedirs(os.path.dirname(path), exist_ok=True)
        self.server = Server(path, Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()
        test.addCleanup(self.stop)

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        if os.path.exists(self.path):
            os.unlink(self.path)
