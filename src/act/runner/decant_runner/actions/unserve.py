"""Ends the keeper, the front and every process: the address is free afterwards."""

from __future__ import annotations

from decant_runner.context import Action, Context
from decant_runner.keeper_end import end_keeper


def perform(action: Action, context: Context) -> None:
    end_keeper(context.run, action["grace"])
