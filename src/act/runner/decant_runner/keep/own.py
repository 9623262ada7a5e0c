"""What this package knows of itself: the words that start it again, and its version."""

from __future__ import annotations

import functools
import hashlib
import os
import sys

import decant_runner

_PACKAGE = os.path.dirname(os.path.abspath(decant_runner.__file__))
_HOME = os.path.dirname(_PACKAGE)


def command(words: list[str]) -> list[str]:
    """The argv that runs this package with `words`, from the zipapp that it came in or from its folder."""
    if os.path.isfile(_HOME):
        return [sys.executable, "-I", "-S", _HOME, *words]
    start = f"import sys; sys.path.insert(0, {_HOME!r}); "
    start += "from decant_runner.cli import main; sys.exit(main(sys.argv[1:]))"
    return [sys.executable, "-c", start, *words]


@functools.lru_cache(maxsize=1)
def version() -> str:
    """The hash that the zipapp is named by; of a folder, its sources' own."""
    if os.path.isfile(_HOME):
        return os.path.splitext(os.path.basename(_HOME))[0]
    digest = hashlib.sha256()
    for folder, folders, files in os.walk(_PACKAGE):
        folders.sort()
        for name in sorted(files):
            if name.endswith(".py"):
                with open(os.path.join(folder, name), "rb") as file:
                    digest.update(name.encode() + b"\0" + file.read())
    return digest.hexdigest()[:12]
