"""Enough is free on a file system."""

from __future__ import annotations

from decant_runner.context import Check, Context
from decant_runner.disk import free
from decant_runner.failure import Failure

MEBIBYTE = 1 << 20


def ask(check: Check, context: Context) -> None:
    found = free(check["path"])
    if found["bytes"] < check["bytes"]:
        has, needs = found["bytes"] // MEBIBYTE, check["bytes"] // MEBIBYTE
        raise Failure("check", f"{check['path']} has {has} MiB free, {needs} MiB are needed")
    if found["inodes"] < check["inodes"]:
        message = f"{check['path']} has {found['inodes']} inodes free, {check['inodes']} are needed"
        raise Failure("check", message)
