"""Packs the runner into one file that any Python >= 3.8 runs: the same bytes for the same sources.

Its hash is its name on a host, so nothing of this machine (times, order of files, permissions) may get into it.
"""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

SOURCES = Path(__file__).resolve().parent.parent / "src/act/runner"
MAIN = "import sys\nfrom decant_runner.cli import main\nsys.exit(main(sys.argv[1:]))\n"


def pack(target: Path) -> None:
    """Writes the package and a `__main__.py` as a zip behind a shebang line."""
    files = sorted((SOURCES / "decant_runner").rglob("*.py"))
    with target.open("wb") as out:
        out.write(b"#!/usr/bin/env python3\n")
        with zipfile.ZipFile(out, "a", zipfile.ZIP_STORED) as archive:
            add(archive, "__main__.py", MAIN)
            # Python before 3.13 finds a folder without `__init__.py` only by an entry of its own.
            for folder in sorted({file.parent.relative_to(SOURCES).as_posix() for file in files}):
                add(archive, f"{folder}/", "")
            for file in files:
                add(
                    archive,
                    file.relative_to(SOURCES).as_posix(),
                    file.read_text("utf-8"),
                )
    target.chmod(0o755)


def add(archive: zipfile.ZipFile, name: str, text: str) -> None:
    entry = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_STORED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, text)


if __name__ == "__main__":
    pack(Path(sys.argv[1]))
