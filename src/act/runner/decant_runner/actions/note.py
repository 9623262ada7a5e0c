"""Keeps a fact in the journal."""

from __future__ import annotations

from decant_runner.context import Action, Context


def perform(action: Action, context: Context) -> None:
    context.keep_fact(action["name"], action["value"])
