"""Letters and the beat's marks, in one SQLite file."""

import sqlite3
from contextlib import closing
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "data"
DATABASE = DATA / "postbox.db"

SCHEMA = """
CREATE TABLE IF NOT EXISTS letter (id INTEGER PRIMARY KEY, text TEXT NOT NULL, delivered TEXT);
CREATE TABLE IF NOT EXISTS mark (id INTEGER PRIMARY KEY, at TEXT NOT NULL);
"""


def prepare() -> None:
    DATA.mkdir(exist_ok=True)
    with closing(sqlite3.connect(DATABASE)) as connection:
        connection.executescript(SCHEMA)


def change(statement: str, values: tuple = ()) -> int:
    with closing(sqlite3.connect(DATABASE)) as connection, connection:
        return connection.execute(statement, values).lastrowid or 0


def rows(query: str, values: tuple = ()) -> list[dict]:
    with closing(sqlite3.connect(DATABASE)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(query, values)]
