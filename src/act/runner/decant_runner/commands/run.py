"""`run`: runs the plan of an inbox in this process."""

from __future__ import annotations

from decant_runner.conduct import conduct
from decant_runner.layout import Layout


def main(options: dict[str, str]) -> int:
    conduct(Layout(options["root"]), options["id"])
    return 0
