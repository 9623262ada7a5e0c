"""`look`: the state of an app, in one round trip. Writes nothing."""

from __future__ import annotations

import json
import os

from decant_runner import history, journal, lock, manifest
from decant_runner.disk import free
from decant_runner.layout import Layout, linked_version


def main(options: dict[str, str]) -> int:
    print(json.dumps(state(Layout(options["root"]), options.get("run"))))
    return 0


def state(layout: Layout, run: str | None) -> dict[str, object]:
    """`AppState` of src/model/state.ts."""
    # The lock first: a run that ends meanwhile is then seen as held, never as torn.
    holder = lock.holder(layout)
    records = journal.read(layout.journal, brief=True)
    attempts = history.attempts(records)
    folders = _names(layout.releases)
    shared = _shared(f"{layout.root}/shared")
    return {
        "schema": 1,
        "exists": os.path.isdir(layout.root),
        "live": linked_version(layout.live),
        "previous": linked_version(f"{layout.root}/previous"),
        "next": history.next_number(attempts, folders),
        "releases": _releases(layout, folders),
        "runs": [history.as_run(attempt) for attempt in attempts],
        "holder": holder,
        "unfinished": _unfinished(attempts, holder),
        "venvs": [name for name in _names(f"{layout.root}/venvs") if _is_whole(layout, name)],
        "shared": shared,
        "linked": _linked(layout, shared),
        "databases": _databases(f"{layout.root}/shared", shared),
        "notes": history.notes(records),
        "disk": free(layout.root),
        "keep": _keep(run),
    }


def _releases(layout: Layout, folders: list[str]) -> list[dict[str, object]]:
    versions = sorted((name for name in folders if name[1:].isdigit()), key=lambda name: int(name[1:]))
    found = (manifest.without_files(f"{layout.releases}/{version}/manifest.json") for version in versions)
    return [each for each in found if each is not None]


def _unfinished(
    attempts: list[history.Attempt], holder: dict[str, object] | None
) -> dict[str, object] | None:
    torn = next((attempt for attempt in attempts if attempt.end is None), None)
    if torn is None or (holder is not None and holder["id"] == torn.id):
        return None
    return {"id": torn.id, "version": torn.version, "phase": torn.phases[-1] if torn.phases else "lock"}


def _is_whole(layout: Layout, venv: str) -> bool:
    return os.path.exists(f"{layout.root}/venvs/{venv}/.complete")


SHARED_LIMIT = 5000
"""`sharedLimit` of src/model/state.ts."""

DATABASE_ENDINGS = frozenset(["", ".db", ".db3", ".sqlite", ".sqlite3", ".sqlitedb", ".data", ".dat"])


def _shared(folder: str) -> list[str]:
    """Level by level, the shallow ones first; links are not followed."""
    found: list[str] = []
    level = [""]
    while level and len(found) < SHARED_LIMIT:
        names = [f"{above}{name}" for above in level for name in _names(f"{folder}/{above}")]
        found += names
        level = [f"{name}/" for name in names if _is_folder(f"{folder}/{name}")]
    return found[:SHARED_LIMIT]


def _is_folder(path: str) -> bool:
    return os.path.isdir(path) and not os.path.islink(path)


def _linked(layout: Layout, shared: list[str]) -> list[dict[str, str]]:
    """What of it the live release's code is linked to; nothing inside of another one."""
    live = linked_version(layout.live)
    found: list[str] = []
    for name in shared if live else []:
        above = any(name.startswith(f"{other}/") for other in found)
        if not above and os.path.islink(f"{layout.releases}/{live}/code/{name}"):
            found.append(name)
    return [
        {"path": name, "kind": "folder" if _is_folder(f"{layout.root}/shared/{name}") else "file"}
        for name in found
    ]


def _databases(folder: str, shared: list[str]) -> list[dict[str, object]]:
    """However much else lies there: a list that was cut short must not hide a database."""
    names = shared if len(shared) < SHARED_LIMIT else _named_like_databases(folder)
    files = [name for name in names if _is_sqlite(f"{folder}/{name}")]
    if not files:
        return []
    from decant_runner.sqlite import contents

    return [{"path": name, **contents(f"{folder}/{name}")} for name in files]


def _named_like_databases(folder: str) -> list[str]:
    """Among so many files most are uploads, with endings of their own."""
    found = []
    for above, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if os.path.splitext(name)[1].lower() in DATABASE_ENDINGS:
                found.append(os.path.relpath(f"{above}/{name}", folder))
    return found


def _is_sqlite(path: str) -> bool:
    try:
        with open(path, "rb", buffering=0) as file:
            return file.read(16) == b"SQLite format 3\0"
    except OSError:
        return False


def _keep(run: str | None) -> dict[str, object] | None:
    if run is None or not os.path.exists(f"{run}/keep.sock"):
        return None
    from decant_runner.supervisor import keeper_status

    return keeper_status(run)


def _names(folder: str) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except (FileNotFoundError, NotADirectoryError):
        return []
