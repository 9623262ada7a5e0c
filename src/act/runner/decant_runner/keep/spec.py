"""`releases/vN/processes/<process>.json`: all that is needed to run a process."""

from __future__ import annotations

import json
from typing import Any, NamedTuple


class Spec(NamedTuple):
    path: str
    name: str
    release: str
    process: str
    kind: str
    argv: list[str]
    cwd: str
    env: dict[str, str]
    env_file: str | None
    log: str
    socket: str | None
    grace: float


def read(path: str) -> Spec:
    """The spec in a file. Raises OSError, or ValueError with a sentence for what is no spec."""
    with open(path, encoding="utf-8") as file:
        data = json.load(file)
    try:
        return _spec(path, data)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{path} is not a process spec: {error!r}") from error


def _spec(path: str, data: dict[str, Any]) -> Spec:
    if data["schema"] != 1 or not data["argv"]:
        raise ValueError(
            f"{path}: schema {data['schema']}, {len(data['argv'])} words; 1 and at least one are needed"
        )
    return Spec(
        path=path,
        name=str(data["name"]),
        release=str(data["release"]),
        process=str(data["process"]),
        kind=str(data["kind"]),
        argv=[str(word) for word in data["argv"]],
        cwd=str(data["cwd"]),
        env={str(name): str(value) for name, value in data["env"].items()},
        env_file=data["envFile"] or None,
        log=str(data["log"]),
        socket=data["socket"] or None,
        grace=float(data["grace"]),
    )
