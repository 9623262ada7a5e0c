"""A command's output while it is written: lines become events, all of it goes to the log."""

from __future__ import annotations

import os

from decant_runner.context import Context
from decant_runner.failure import LINES

LINE_CHARACTERS = 2000
STEP_LINES = 5000
HEADLINES = 20
CHUNK = 1 << 16


class Output:
    """`path`.stdout and `path`.stderr are followed; they are removed by `close`."""

    def __init__(self, path: str, log: str | None, context: Context) -> None:
        self.last: list[str] = []
        self.last_stdout = ""
        self._context = context
        self._lines = 0
        self._streams = [_Stream(name, f"{path}.{name}") for name in ("stdout", "stderr")]
        self._log = _opened(log) if log else None

    def pump(self) -> None:
        """Passes on what is new."""
        for stream in self._streams:
            for data in stream.new():
                if self._log is not None:
                    os.write(self._log, data)
                self._take(stream, data)

    def close(self) -> None:
        for stream in self._streams:
            if stream.rest:
                self._line(stream, stream.rest)
            stream.close()
        if self._log is not None:
            os.close(self._log)

    def _take(self, stream: _Stream, data: bytes) -> None:
        *lines, stream.rest = (stream.rest + data).split(b"\n")
        for line in lines:
            self._line(stream, line)
        if len(stream.rest) > CHUNK:
            stream.rest = stream.rest[:CHUNK]

    def _line(self, stream: _Stream, data: bytes) -> None:
        # A progress bar redraws its line: only what stood there at last is of use.
        line = data.rstrip(b"\r").rpartition(b"\r")[2].decode("utf-8", "replace")[:LINE_CHARACTERS]
        self.last.append(line)
        if len(self.last) > LINES:
            del self.last[_least(self.last)]
        if stream.name == "stdout" and line.strip():
            self.last_stdout = line.strip()
        self._lines += 1
        if self._lines <= STEP_LINES:
            self._say(stream.name, line)
        elif self._lines == STEP_LINES + 1:
            self._say(stream.name, f"(more than {STEP_LINES} lines; the log has the rest)")

    def _say(self, name: str, line: str) -> None:
        self._context.events.emit("output", id=self._context.step["id"], stream=name, line=line)


def _least(lines: list[str]) -> int:
    """The line to let go: the oldest, but a tool says first what failed, and then a thousand lines why."""
    return next(
        (at for at, line in enumerate(lines[:HEADLINES]) if not line.lower().startswith("error")), HEADLINES
    )


class _Stream:
    def __init__(self, name: str, path: str) -> None:
        self.name = name
        self.rest = b""
        self._path = path
        self._file: int | None = None

    def new(self) -> list[bytes]:
        if self._file is None:
            try:
                self._file = os.open(self._path, os.O_RDONLY)
            except FileNotFoundError:
                return []
        chunks: list[bytes] = []
        while True:
            data = os.read(self._file, CHUNK)
            if not data:
                return chunks
            chunks.append(data)

    def close(self) -> None:
        if self._file is not None:
            os.close(self._file)
            os.unlink(self._path)


def _opened(path: str) -> int:
    os.makedirs(os.path.dirname(path), exist_ok=True)
    return os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
