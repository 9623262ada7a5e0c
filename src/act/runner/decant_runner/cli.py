"""The command line. Each command is a module of `commands/`, loaded when it is called."""

from __future__ import annotations

import importlib
import sys

from decant_runner.usage import Usage, parsed

COMMANDS = ("submit", "attach", "run", "cancel", "recover", "look", "stop", "restore", "forget")

USAGE = 64
BUG = 70
KILLED = 137


def main(argv: list[str]) -> int:
    """The exit status: 0 answered, 64 usage, 65 a bad frame, 70 a bug, 137 each runner was killed."""
    name = argv[0] if argv else ""
    if name == "keep":
        from decant_runner.keep.main import main as keep

        return keep(argv)
    try:
        if name == "relay":
            from decant_runner.relay.main import main as relay

            return relay(argv)
        if name not in COMMANDS:
            raise Usage(f"unknown command {name!r}; there are {', '.join(COMMANDS)}, keep, relay")
        options = parsed(argv[1:])
        command = importlib.import_module(f"decant_runner.commands.{name}")
        return int(command.main(options))
    except Usage as error:
        complain("usage", str(error))
        return USAGE


def complain(code: str, message: str) -> None:
    """An error as one line of JSON on stderr."""
    import json

    sys.stderr.write(json.dumps({"error": code, "message": message}) + "\n")
    sys.stderr.flush()
