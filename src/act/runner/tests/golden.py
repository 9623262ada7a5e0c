"""The golden plans of test/golden, and the one of `hello` made to work on this machine."""

from __future__ import annotations

import glob
import json
import os
import shutil
import subprocess
import sys
import tempfile
from typing import Any

from tests.place import PACKAGE

PROJECT = os.path.dirname(os.path.dirname(os.path.dirname(PACKAGE)))
GOLDEN = f"{PROJECT}/test/golden"
FRONT = f"{PACKAGE}/tests/keep/front.mjs"
REF = "refs/decant/incoming"


def names() -> list[str]:
    return sorted(os.path.basename(os.path.dirname(path)) for path in glob.glob(f"{GOLDEN}/*/plan.json"))


def plan(name: str) -> dict[str, Any]:
    found: dict[str, Any] = _json(f"{GOLDEN}/{name}/plan.json")
    return found


class HelloPlan:
    """The golden of `hello` with the paths, programs, port and commit of here; nothing else of it is changed."""

    def __init__(self, root: str, run: str, port: int, cache: str) -> None:
        scratch = tempfile.mkdtemp(prefix="dr-hello-")
        try:
            commit, bundle = _bundled(f"{PROJECT}/examples/hello", scratch)
        finally:
            shutil.rmtree(scratch)
        golden = plan("hello")
        self._words = {
            golden["root"]: root,
            golden["run"]: run,
            golden["commit"]: commit,
            "/state/cache": cache,
            "/usr/bin/python3.13": sys.executable,
            "/usr/bin/node": shutil.which("node") or "node",
            "/usr/bin/uv": uv(),
        }
        self.plan: dict[str, Any] = json.loads(self._here(json.dumps(golden)))
        serve = self.step("preflight.serve")["action"]
        serve["front"], serve["port"] = FRONT, port
        files: dict[str, str] = _json(f"{GOLDEN}/hello/files.json")
        texts = {self._here(path): self._here(text) for path, text in files.items()}
        writes = [step["action"] for step in self.plan["steps"] if step["action"]["do"] == "write"]
        blobs = {each["blob"]: texts[each["path"]].encode() for each in writes if each["path"] in texts}
        self.blobs = {**blobs, f"{commit}.bundle": bundle}
        self.commit = commit

    def step(self, id: str) -> dict[str, Any]:
        found: dict[str, Any] = next(step for step in self.plan["steps"] if step["id"] == id)
        return found

    def _here(self, text: str) -> str:
        for golden, here in self._words.items():
            text = text.replace(golden, here)
        return text


def uv() -> str:
    """The host's, or one that pip puts beside the other caches of this project."""
    found = shutil.which("uv")
    if found and subprocess.run([found, "--version"], capture_output=True).returncode == 0:
        return found
    own = f"{PROJECT}/.cache/uv-of-tests"
    if not os.path.exists(f"{own}/bin/uv"):
        install = [sys.executable, "-m", "pip", "install", "--quiet", "--target", own, "uv"]
        subprocess.run(install, check=True)
    return f"{own}/bin/uv"


def index_settings() -> dict[str, str]:
    """What a deploy would put into the plan: the person's settings for pip, as uv's."""
    pairs = {
        "PIP_INDEX_URL": "UV_DEFAULT_INDEX",
        "PIP_FIND_LINKS": "UV_FIND_LINKS",
        "PIP_CERT": "SSL_CERT_FILE",
    }
    return {
        uvs: os.environ[pips] for pips, uvs in pairs.items() if pips in os.environ and uvs not in os.environ
    }


def _bundled(folder: str, scratch: str) -> tuple[str, bytes]:
    """A commit of the folder, and a bundle of it as decant's client makes it."""
    work = f"{scratch}/work"
    shutil.copytree(folder, work)
    who = ["-c", "user.name=Ana", "-c", "user.email=ana@localhost"]

    def git(*words: str) -> str:
        return subprocess.run(
            ["git", "-C", work, *who, *words], check=True, capture_output=True, text=True
        ).stdout.strip()

    git("init", "--quiet")
    git("add", "--all")
    git("commit", "--quiet", "-m", "First commit")
    commit = git("rev-parse", "HEAD")
    git("update-ref", REF, commit)
    git("bundle", "create", "--quiet", f"{scratch}/source.bundle", REF)
    with open(f"{scratch}/source.bundle", "rb") as file:
        return commit, file.read()


def _json(path: str) -> Any:
    with open(path, encoding="utf-8") as file:
        return json.load(file)
