"""`python3 runner.pyz COMMAND …` and `python3 -m decant_runner COMMAND …`."""

from __future__ import annotations

import sys

from decant_runner.cli import main

sys.exit(main(sys.argv[1:]))
