"""Environment files in the syntax of systemd's EnvironmentFile=, read as systemd 252 reads them."""

from __future__ import annotations

import os
import re

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_BLANK = " \t\r\n"
_NEWLINE = "\r\n"


def read(path: str) -> dict[str, str]:
    """The file's variables, the last one of a name winning. Raises OSError."""
    with open(path, "rb") as file:
        return parse(os.fsdecode(file.read()))


def parse(text: str) -> dict[str, str]:
    """The variables in `text`. What is no assignment to a valid name is passed over, as systemd does.

    Rules: `parse_env_file_internal()` of systemd 252, src/basic/env-file.c, state by state.
    """
    values: dict[str, str] = {}
    reader = _Reader(text.split("\0", 1)[0])
    while True:
        pair = reader.assignment()
        if pair is None:
            return values
        if _NAME.fullmatch(pair[0]):
            values[pair[0]] = pair[1]


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def next(self) -> str:
        """The next character, or "" at the end."""
        char = self.text[self.at : self.at + 1]
        self.at += 1
        return char

    def assignment(self) -> tuple[str, str] | None:
        while True:
            char = self.next()
            if char == "":
                return None
            if char in "#;":
                self.skip_comment()
            elif char not in _BLANK:
                name = self.name(char)
                if name is not None:
                    return name, self.value()

    def skip_comment(self) -> None:
        while True:
            char = self.next()
            if char == "\\":
                self.next()
            elif char == "" or char in _NEWLINE:
                return

    def name(self, first: str) -> str | None:
        """What stands before "="; None for a line that has none."""
        name = first
        while True:
            char = self.next()
            if char == "" or char in _NEWLINE:
                return None
            if char == "=":
                return name.rstrip(_BLANK)
            name += char

    def value(self) -> str:
        """Quoted pieces, blanks between them left out, until the line ends or a bare value takes its rest."""
        value = ""
        while True:
            char = self.next()
            if char == "" or char in _NEWLINE:
                return value
            if char == "'":
                value += self.single_quoted()
            elif char == '"':
                value += self.double_quoted()
            elif char not in _BLANK:
                return self.bare(value, char)

    def single_quoted(self) -> str:
        end = self.text.find("'", self.at)
        end = len(self.text) if end < 0 else end
        piece = self.text[self.at : end]
        self.at = end + 1
        return piece

    def double_quoted(self) -> str:
        piece: list[str] = []
        while True:
            char = self.next()
            if char in ("", '"'):
                return "".join(piece)
            if char == "\\":
                char = self.next()
                if char not in ('"', "\\", "`", "$", "\n", ""):
                    piece.append("\\")
                if char == "\n":
                    continue
            piece.append(char)

    def bare(self, value: str, char: str) -> str:
        """The rest of the line after `value`, without the blanks at its end, escaped ones excepted."""
        kept = len(value)
        while char != "" and char not in _NEWLINE:
            if char == "\\":
                char = self.next()
                value += "" if char in _NEWLINE else char
                kept = len(value)
            else:
                value += char
                kept = kept if char in _BLANK else len(value)
            char = self.next()
        return value[:kept]
