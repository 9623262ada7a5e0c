"""One module for each action of src/model/plan-schema.ts, named like its `do`: `perform(action, context)`.

It does the action, whatever part of it has been done before, and returns a detail for people, or None.
It raises Failure, or OSError.
"""

from __future__ import annotations

import importlib
import re

from decant_runner.context import Action, Context
from decant_runner.failure import Failure


def perform(action: Action, context: Context) -> str | None:
    name = action["do"]
    try:
        if not re.fullmatch("[a-z]+", name):
            raise ModuleNotFoundError(name)
        module = importlib.import_module(f"decant_runner.actions.{name}")
    except ModuleNotFoundError as error:
        raise Failure("bug", f"there is no action {name!r}") from error
    detail: str | None = module.perform(action, context)
    return detail
