"""Reading a plan and its blobs from standard input into an inbox."""

from __future__ import annotations

import hashlib
import json
import os
import re
import time
from typing import Any, BinaryIO

from decant_runner import files
from decant_runner.layout import Inbox, Layout

NAME = re.compile(r"plan\.json|end|blobs/[A-Za-z0-9][A-Za-z0-9._-]*")
HEAD_BYTES = 65536
CHUNK = 1 << 20


class BadFrame(Exception):
    """What came is not what was sent. Nothing was started."""


def spooled(layout: Layout, stream: BinaryIO) -> Inbox:
    """A complete inbox. Raises BadFrame."""
    inbox = layout.inbox(f"{int(time.time() * 1000):012x}-{os.urandom(4).hex()}")
    os.makedirs(layout.inboxes, mode=0o700, exist_ok=True)
    os.mkdir(inbox.folder, 0o700)
    os.mkdir(inbox.blobs, 0o700)
    try:
        while _frame(inbox, stream):
            pass
        _check_plan(layout, inbox)
    except BaseException:
        files.remove(inbox.folder)
        raise
    files.sync_folder(inbox.blobs)
    with open(inbox.complete, "wb") as file:
        os.fsync(file.fileno())
    files.sync_folder(inbox.folder)
    return inbox


def _frame(inbox: Inbox, stream: BinaryIO) -> bool:
    """Reads one; False after the last."""
    head = _head(stream)
    name, length = head["name"], head["length"]
    if name == "end":
        return False
    digest = hashlib.sha256()
    file = os.open(f"{inbox.folder}/{name}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        while length > 0:
            data = stream.read(min(CHUNK, length))
            if not data:
                raise BadFrame(f"{name} ended {length} bytes too early")
            length -= len(data)
            digest.update(data)
            files.write_all(file, data)
        os.fsync(file)
    finally:
        os.close(file)
    if digest.hexdigest() != head["sha256"]:
        raise BadFrame(f"{name} does not have its sha256")
    return True


def _head(stream: BinaryIO) -> dict[str, Any]:
    line = stream.readline(HEAD_BYTES)
    if not line:
        raise BadFrame("the last frame is missing")
    try:
        head: dict[str, Any] = json.loads(line)
        is_head = NAME.fullmatch(head["name"]) and isinstance(head["length"], int) and head["length"] >= 0
    except (ValueError, KeyError, TypeError) as error:
        raise BadFrame("a frame has no head") from error
    if not is_head or not isinstance(head.get("sha256"), str):
        raise BadFrame(f"a frame has a bad head: {head}")
    return head


def _check_plan(layout: Layout, inbox: Inbox) -> None:
    try:
        with open(inbox.plan, encoding="utf-8") as file:
            plan = json.load(file)
        if plan["schema"] != 1 or plan["root"] != layout.root:
            raise BadFrame(f"the plan is for {plan['root']} (schema {plan['schema']}), not for {layout.root}")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadFrame(f"there is no plan: {error!r}") from error
