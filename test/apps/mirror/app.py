"""What tests of commands need of an app: its environment, its health, and as much log as is wanted."""

import os
import sys
import time
from pathlib import Path

from flask import Flask, request

VERSION = "1"
INSTANCE = Path(__file__).parent / "instance"

app = Flask(__name__)


@app.get("/")
def version() -> str:
    return VERSION


@app.get("/health")
def health() -> tuple[str, int]:
    return ("ill", 500) if (INSTANCE / "ill").exists() else ("well", 200)


@app.get("/environment")
def environment() -> dict[str, str]:
    return dict(os.environ)


@app.get("/debug")
def debug() -> dict[str, bool]:
    return {"debug": app.debug}


@app.get("/slow")
def slow() -> str:
    time.sleep(1)
    return VERSION


@app.post("/say")
def say() -> str:
    """Writes `lines` lines of about 100 bytes, numbered from `first`."""
    first, lines = int(request.args["first"]), int(request.args["lines"])
    for number in range(first, first + lines):
        sys.stdout.write(f"line {number:07} {'.' * 88}\n")
    sys.stdout.flush()
    return "said"
