"""What the journal says, as data. Pure."""

from __future__ import annotations

from typing import Any, Iterable

from decant_runner.journal import Record


class Attempt:
    """All that was journaled of one run."""

    def __init__(self, begin: Record) -> None:
        self.begin = begin
        self.begun: list[str] = []
        """Ids of the steps that were begun, in order."""
        self.phases: list[str] = []
        self.done: dict[str, bool] = {}
        """Step → whether it ended well."""
        self.tolerated: set[str] = set()
        """Steps that failed without harm."""
        self.group: Record | None = None
        """The command of the step that was begun last."""
        self.undoing: Record | None = None
        """The record with which the undo began, and the failure that made it necessary."""
        self.undone: list[str] = []
        self.left: dict[str, str] = {}
        """Step → why its undo did not end well. A later runner tries it again."""
        self.hold: Record | None = None
        """The hold that nobody has ended yet."""
        self.facts: list[Record] = []
        self.end: Record | None = None

    @property
    def id(self) -> str:
        return str(self.begin["id"])

    @property
    def version(self) -> str | None:
        version = self.begin.get("version")
        return str(version) if version else None

    @property
    def uses_number(self) -> bool:
        """A number is used up when the first step of `build` begins."""
        return "build" in self.phases or bool(self.end and self.end.get("built"))

    def add(self, record: Record) -> None:
        kind = record["type"]
        if kind == "step" and record["state"] == "begin":
            self.begun.append(record["step"])
            self.phases.append(record["phase"])
            self.group = None
        elif kind == "step":
            self.done[record["step"]] = record["ok"]
            if record.get("tolerant"):
                self.tolerated.add(record["step"])
        elif kind == "group":
            self.group = record
        elif kind == "undo":
            self._add_undo(record)
        elif kind == "hold":
            self.hold = record if record["state"] == "begin" else None
        elif kind == "fact":
            self.facts.append(record)
        elif kind == "end":
            self.end = record

    def _add_undo(self, record: Record) -> None:
        if record["state"] == "begin" and "step" not in record:
            self.undoing = record
        elif record["state"] == "end" and record["ok"]:
            self.undone.append(record["step"])
            self.left.pop(record["step"], None)
        elif record["state"] == "end":
            self.left[record["step"]] = record.get("detail", "")


def attempts(records: Iterable[Record]) -> list[Attempt]:
    """Every run, oldest first."""
    found: dict[str, Attempt] = {}
    for record in records:
        id = record.get("id")
        if record["type"] == "begin":
            found[record["id"]] = Attempt(record)
        elif isinstance(id, str) and id in found:
            found[id].add(record)
    return list(found.values())


def unfinished(records: Iterable[Record]) -> Attempt | None:
    """The run that has no end. There is at most one: each run sees to the one before it."""
    return next((attempt for attempt in attempts(records) if attempt.end is None), None)


def notes(records: Iterable[Record]) -> dict[str, str]:
    """The newest value of each fact; one that was taken back (null) is none."""
    values = {record["name"]: record["value"] for record in records if record["type"] == "fact"}
    return {name: value for name, value in values.items() if value is not None}


def next_number(found: Iterable[Attempt], folders: Iterable[str]) -> int:
    """The number of the next release. `folders`: the names in `releases/`."""
    used = [attempt.version for attempt in found if attempt.uses_number]
    names = [name for name in [*used, *folders] if name]
    return 1 + max((int(name[1:]) for name in names if name[:1] == "v" and name[1:].isdigit()), default=0)


def as_run(attempt: Attempt) -> dict[str, Any]:
    """`Run` of src/model/state.ts."""
    begin, end = attempt.begin, attempt.end or {}
    return {
        "id": begin["id"],
        "kind": begin["kind"],
        "version": begin.get("version"),
        "previous": begin.get("previous"),
        "commit": begin.get("commit"),
        "by": begin["by"],
        "at": begin["at"],
        "seconds": end.get("seconds"),
        "outcome": end.get("outcome", "unfinished"),
        "switched": end.get("switched", False),
        "failure": end.get("failure"),
    }
