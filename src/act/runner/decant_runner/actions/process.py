"""Starts a process under the keeper, or stops it. Done when it is so."""

from __future__ import annotations

from decant_runner.context import Action, Context
from decant_runner.failure import Failure
from decant_runner.supervisor import PATIENCE, tell


def perform(action: Action, context: Context) -> None:
    if action["change"] == "stop":
        question = {"do": "stop", "name": action["name"], "grace": action["grace"]}
    elif "spec" in action:
        question = {"do": "start", "spec": action["spec"]}
    else:
        raise Failure("bug", f"{action['name']} has no spec to start from")
    tell(context, question, action["grace"] + PATIENCE)
