"""Waits for a check; each is a module of `checks/`, named like its `probe`."""

from __future__ import annotations

import importlib
import re

from decant_runner.context import Action, Context
from decant_runner.failure import Failure


def perform(action: Action, context: Context) -> str | None:
    check = action["check"]
    name = check["probe"]
    try:
        if not re.fullmatch("[a-z]+", name):
            raise ModuleNotFoundError(name)
        module = importlib.import_module(f"decant_runner.checks.{name}")
    except ModuleNotFoundError as error:
        raise Failure("bug", f"there is no check {name!r}") from error
    detail: str | None = module.ask(check, context)
    return detail
