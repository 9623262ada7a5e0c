"""The keeper's command line."""

from __future__ import annotations

import argparse
from typing import NamedTuple


class Options(NamedTuple):
    root: str
    run: str
    host: str
    """0: no address is held, and there is no front."""
    port: int
    node: str
    front: str
    """The descriptor under which our starter left the listening socket."""
    fd: int | None

    def words(self, front: str, node: str) -> list[str]:
        """The command line that starts a keeper of the same app with this front."""
        place = ["keep", "--root", self.root, "--run", self.run]
        return [*place, "--host", self.host, "--port", str(self.port), "--node", node, "--front", front]


def keep_options(words: list[str]) -> Options:
    """Ends the program with status 2 and the usage when they are wrong."""
    parser = argparse.ArgumentParser(prog="keep", allow_abbrev=False)
    parser.add_argument("--root", required=True)
    parser.add_argument("--run", required=True)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--node", default="node")
    parser.add_argument("--front", default="")
    parser.add_argument("--fd", type=int)
    given = parser.parse_args(words)
    return Options(given.root, given.run, given.host, given.port, given.node, given.front, given.fd)
