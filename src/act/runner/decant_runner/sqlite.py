"""Copying SQLite databases while others may use them."""

from __future__ import annotations

import os
import sqlite3
import urllib.parse
from contextlib import closing

from decant_runner import files

BUSY_SECONDS = 30.0


def snapshot(database: str, to: str) -> None:
    """A copy through the backup API; of a database that is not there, an empty marker."""
    if not os.path.exists(database):
        files.replace_file(to, [], 0o600)
        return
    os.makedirs(os.path.dirname(to), exist_ok=True)
    aside = files.aside_of(to)
    _forget(aside)
    os.close(os.open(aside, os.O_WRONLY | os.O_CREAT, 0o600))
    with closing(connected(database, "rw")) as source, closing(connected(aside, "rw")) as target:
        source.backup(target)
        # A copy is one file: what would be in its -wal is put in.
        target.execute("pragma journal_mode = delete")
    with open(aside, "rb") as file:
        os.fsync(file.fileno())
    os.rename(aside, to)


def restore(database: str, copy: str) -> None:
    """Puts a copy back through the backup API, so that those who have the database open see it.

    An empty marker removes what was made since.
    """
    if os.path.getsize(copy) == 0:
        _forget(database)
        return
    journal = None
    try:
        with closing(connected(copy, "ro")) as source, closing(connected(database, "rwc")) as target:
            journal = target.execute("pragma journal_mode").fetchone()[0]
            source.backup(target)
            if journal == "wal":
                target.execute("pragma journal_mode = wal")
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
            raise
        # What is there is no database any more, or one that can't be written through.
        _forget(database)
        with open(copy, "rb") as file:
            files.replace_file(database, [file.read()], 0o600)


def connected(path: str, mode: str, more: str = "", seconds: float = BUSY_SECONDS) -> sqlite3.Connection:
    address = f"file:{urllib.parse.quote(os.fsencode(path))}?mode={mode}{more}"
    return sqlite3.connect(address, uri=True, timeout=seconds)


def _forget(database: str) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        files.remove(database + ending)


def contents(path: str) -> dict[str, object]:
    """How many tables there are (-1: it can't be read), and Alembic's revision where its table exists. Writes nothing."""
    try:
        with closing(
            connected(path, "ro", "&immutable=1" if _is_idle_wal(path) else "", seconds=1.0)
        ) as database:
            return _contents(database)
    except sqlite3.Error:
        return {"tables": -1, "revision": None}


def _is_idle_wal(path: str) -> bool:
    """A database in WAL mode that nobody has open: a reader would make its -wal and -shm, and leave them.

    Bytes 18 and 19 of the header are 2 in WAL mode. https://www.sqlite.org/fileformat2.html#file_format_version_numbers
    """
    with open(path, "rb") as file:
        return file.read(20)[18:] == b"\2\2" and not os.path.exists(f"{path}-wal")


def _contents(database: sqlite3.Connection) -> dict[str, object]:
    query = "select name from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\'"
    tables = [row[0] for row in database.execute(query)]
    revision = None
    if "alembic_version" in tables:
        rows = database.execute("select version_num from alembic_version order by version_num").fetchall()
        revision = ", ".join(str(row[0]) for row in rows) or None
    return {"tables": len(tables), "revision": revision}
