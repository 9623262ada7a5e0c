"""Stops every process of a release. Done when they are gone."""

from __future__ import annotations

from decant_runner.context import Action, Context
from decant_runner.supervisor import PATIENCE, tell


def perform(action: Action, context: Context) -> None:
    question = {"do": "clear", "release": action["release"], "grace": action["grace"]}
    tell(context, question, action["grace"] + PATIENCE)
