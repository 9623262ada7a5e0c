"""`journal.jsonl`: what was begun and what was done; the only memory of a runner that died."""

from __future__ import annotations

import json
import os
from typing import Any, Dict

from decant_runner import files

Record = Dict[str, Any]


class Journal:
    """Appends. Each record is in the kernel when `write` returns; `durable` ones survive a power cut too."""

    def __init__(self, path: str) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        size = os.fstat(self._file).st_size
        if size and os.pread(self._file, 1, size - 1) != b"\n":
            os.write(self._file, b"\n")

    def write(self, record: Record, durable: bool = False) -> None:
        """Raises OSError (a full disk, say); then nothing of the record is left, so that no later one is garbled."""
        size = os.fstat(self._file).st_size
        try:
            files.write_all(self._file, json.dumps(record, separators=(",", ":")).encode() + b"\n")
        except OSError:
            os.ftruncate(self._file, size)
            raise
        if durable:
            sync(self._file)

    def close(self) -> None:
        os.close(self._file)


def read(path: str, brief: bool = False) -> list[Record]:
    """All records; a torn line is passed over. `brief`: without the steps of runs that are over."""
    try:
        with open(path, "rb") as file:
            lines = file.read().splitlines()
    except FileNotFoundError:
        return []
    if brief:
        last = max(
            (index for index, line in enumerate(lines) if line.startswith(b'{"type":"begin"')), default=0
        )
        lines = [line for index, line in enumerate(lines) if index >= last or line.startswith(_LASTING)]
    return [record for record in map(_parsed, lines) if record is not None]


_LASTING = (b'{"type":"begin"', b'{"type":"end"', b'{"type":"fact"')
COMPACT_BYTES = 1 << 20


def compact(path: str) -> None:
    """Drops the steps of runs that are over, once the file is big. Only under the lock, between runs."""
    if os.path.getsize(path) < COMPACT_BYTES:
        return
    aside = os.open(f"{path}.new", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with open(aside, "w", encoding="utf-8") as file:
        for record in read(path, brief=True):
            file.write(json.dumps(record, separators=(",", ":")) + "\n")
        file.flush()
        os.fsync(file.fileno())
    os.replace(f"{path}.new", path)


def sync(file: int) -> None:
    """macOS has no fdatasync."""
    getattr(os, "fdatasync", os.fsync)(file)


def _parsed(line: bytes) -> Record | None:
    try:
        record = json.loads(line)
    except ValueError:
        return None
    return record if isinstance(record, dict) and "type" in record else None
