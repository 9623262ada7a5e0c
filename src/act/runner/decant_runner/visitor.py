"""Asking an app what a visitor would ask, and judging the answer (design.md, "Gate")."""

from __future__ import annotations

import re
from typing import Callable, NamedTuple

from decant_runner.unix_http import Answer, NoAnswer, Request, ask

# What a page may answer besides 2xx and 3xx: the app is up and says what it wants.
WANTS_SOMETHING = (400, 401, 403)
PORT_ENDING = re.compile(r":\d+$")


class Seen(NamedTuple):
    """`status` 0: there was no answer."""

    path: str
    host: str
    status: int
    what: str
    listens: bool

    @property
    def message(self) -> str:
        return f"GET {self.path} {self.what} (Host: {self.host})"

    @property
    def is_page(self) -> bool:
        return 200 <= self.status < 400 or self.status in WANTS_SOMETHING

    @property
    def is_refusal(self) -> bool:
        """A 4xx that says nothing of the app: the path may not exist."""
        return 400 <= self.status < 500 and not self.is_page

    def passes(self, accept: str) -> bool:
        return 200 <= self.status < 300 if accept == "health" else self.is_page


class Visitor(NamedTuple):
    socket: str
    host: str
    """Every host that is ours."""
    hosts: list[str]
    proto: str
    tick: Callable[[], None]

    def get(self, path: str, seconds: float) -> Seen:
        """The answer, one redirect to ourselves followed on the same socket."""
        try:
            answer = self._ask(path, self.proto, seconds)
            again = self._redirect(path, answer)
            if again:
                # An app that wants https gets it: a proxy in front of it would say so.
                second = self._ask(again[0], again[1] or self.proto, seconds)
                what = f"answered {answer.status} to {again[0]}, which answered {second.status}"
                return Seen(path, self.host, second.status, what, True)
        except NoAnswer as problem:
            return Seen(path, self.host, 0, f"got no answer: {problem}", problem.listens)
        return Seen(path, self.host, answer.status, f"answered {answer.status}", True)

    def _ask(self, path: str, proto: str, seconds: float) -> Answer:
        headers = {
            "Host": self.host,
            "User-Agent": "decant",
            "Accept": "*/*",
            "X-Forwarded-For": "127.0.0.1",
            "X-Forwarded-Proto": proto,
            "X-Forwarded-Host": self.host,
        }
        return ask(self.socket, Request(path, headers), seconds, self.tick)

    def _redirect(self, path: str, answer: Answer) -> tuple[str, str] | None:
        """Path and scheme of a redirect to ourselves."""
        to = answer.headers.get("location")
        if not to or not 300 <= answer.status < 400:
            return None
        from urllib.parse import urljoin, urlsplit

        try:
            target = urlsplit(urljoin(f"//{self.host}{path}", to))
        except ValueError:
            return None
        ours = {PORT_ENDING.sub("", host).lower() for host in [self.host, *self.hosts]}
        if (target.hostname or "").lower() not in ours or target.scheme not in ("", "http", "https"):
            return None
        query = f"?{target.query}" if target.query else ""
        return f"{target.path or '/'}{query}", target.scheme
