"""Mistakes on the command line."""

from __future__ import annotations

from typing import Dict


class Usage(Exception):
    """What was asked makes no sense; the text says why."""


class Options(Dict[str, str]):
    """`--name value` pairs."""

    def __missing__(self, name: str) -> str:
        raise Usage(f"--{name} is missing")


def parsed(words: list[str]) -> Options:
    """Own code: argparse costs more time at each start than a whole `look`. Raises Usage."""
    names, values = words[::2], words[1::2]
    if len(names) != len(values) or not all(name.startswith("--") for name in names):
        raise Usage(f"options are pairs of --name and value, not {words}")
    return Options({name[2:]: value for name, value in zip(names, values)})
