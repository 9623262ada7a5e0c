"""`manifest.json`: its `files` stand on a line of their own, and only who needs them parses them."""

from __future__ import annotations

import json
from typing import Any

_MARK = b',\n"files": '


def text(manifest: dict[str, Any], files: dict[str, str]) -> bytes:
    head = (
        json.dumps(manifest, indent=2, ensure_ascii=False).rstrip("}\n ").encode("utf-8", "surrogateescape")
    )
    return head + _MARK + json.dumps(files).encode() + b"\n}\n"


def without_files(path: str) -> dict[str, Any] | None:
    """The manifest; None when there is none, or it can't be read."""
    try:
        with open(path, "rb") as file:
            head, mark, _ = file.read().partition(_MARK)
        manifest: dict[str, Any] = json.loads(head + b"}" if mark else head)
    except (OSError, ValueError):
        return None
    manifest.pop("files", None)
    return manifest


def files(path: str) -> dict[str, str]:
    with open(path, encoding="utf-8", errors="surrogateescape") as file:
        found: dict[str, str] = json.load(file).get("files", {})
    return found
