"""The relay's command line."""

from __future__ import annotations

from typing import NamedTuple

from decant_runner.usage import Usage, parsed


class Options(NamedTuple):
    """All times are seconds."""

    socket: str
    """0: a free one is chosen at each start."""
    port: int
    """The environment variable that tells the program its port, beside PORT."""
    variable: str
    """How long what is under way may take after TERM, and then the program's own end."""
    drain: float
    end: float
    argv: list[str]


def relay_options(words: list[str]) -> Options:
    """`--socket S --port N --variable V --drain D --end E -- PROGRAM …`. Raises Usage."""
    if "--" not in words[:-1]:
        raise Usage("a relay needs a program: -- PROGRAM …")
    at = words.index("--")
    given = parsed(words[:at])
    try:
        port, drain, end = int(given["port"]), float(given["drain"]), float(given["end"])
    except ValueError as error:
        raise Usage(f"no number: {error}") from error
    return Options(given["socket"], port, given["variable"], drain, end, words[at + 1 :])
