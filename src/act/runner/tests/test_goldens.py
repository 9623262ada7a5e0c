"""Plans that TypeScript decides, as this side reads them: every one judged, and one executed for real."""

from __future__ import annotations

import ast
import copy
import json
import os
import shutil
import socket
import tempfile
import unittest
import urllib.request
from contextlib import closing
from typing import Any, Iterator
from unittest import mock

import decant_runner
from decant_runner import processes
from tests import golden
from tests.json_schema import problems
from tests.place import Event, Place

CODE = os.path.dirname(decant_runner.__file__)
# Fields that a module hands on, read where they arrive.
HANDED_ON = {"serve": ["keeper_start.py"]}


def schema() -> dict[str, Any]:
    with open(f"{CODE}/plan.schema.json", encoding="utf-8") as file:
        found: dict[str, Any] = json.load(file)
    return found


def shapes(key: str) -> list[dict[str, Any]]:
    """Of each action ("do") or check ("probe"), its part of the schema."""
    actions: list[dict[str, Any]] = schema()["properties"]["steps"]["items"]["properties"]["action"]["oneOf"]
    if key == "do":
        return actions
    wait = next(each for each in actions if each["properties"]["do"]["const"] == "wait")
    checks: list[dict[str, Any]] = wait["properties"]["check"]["oneOf"]
    return checks


def fields_read(files: list[str]) -> set[str]:
    """String keys that the code asks of an action or a check: `x["a"]`, `x.get("a")`, `"a" in x`."""
    found: set[str] = set()
    for path in files:
        with open(f"{CODE}/{path}", encoding="utf-8") as file:
            for node in ast.walk(ast.parse(file.read())):
                found |= set(_asked(node))
    return found


def _asked(node: ast.AST) -> Iterator[str]:
    def is_step(value: ast.AST) -> bool:
        name = value.id if isinstance(value, ast.Name) else getattr(value, "attr", "")
        return name in ("action", "check", "_check", "address")

    def text(value: Any) -> list[str]:
        # Python 3.8 wraps what stands in brackets.
        inner = value.value if type(value).__name__ == "Index" else value
        return [inner.value] if isinstance(inner, ast.Constant) and isinstance(inner.value, str) else []

    if isinstance(node, ast.Subscript) and is_step(node.value):
        yield from text(node.slice)
    if isinstance(node, ast.Compare) and is_step(node.comparators[0]):
        yield from text(node.left)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and is_step(node.func.value):
        if node.func.attr == "get":
            yield from text(node.args[0])


def broken(action: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The action with one thing wrong, for each thing that can be."""
    if "check" in action:
        yield from ({**action, "check": check} for check in broken_one(action["check"], "probe"))
    else:
        yield from broken_one(action, "do")


def broken_one(part: dict[str, Any], key: str) -> Iterator[dict[str, Any]]:
    yield {**part, "surplus": 1}
    yield {**part, key: "dance"}
    for name in part:
        yield {**part, name: [None]}
        if name in required(part, key):
            yield {other: part[other] for other in part if other != name}


def required(part: dict[str, Any], key: str) -> list[str]:
    found: list[str] = next(each for each in shapes(key) if each["properties"][key]["const"] == part[key])[
        "required"
    ]
    return found


class JudgedTest(unittest.TestCase):
    def test_every_golden_plan_fits(self) -> None:
        self.assertGreater(len(golden.names()), 10)
        for name in golden.names():
            with self.subTest(name):
                self.assertEqual(problems(schema(), golden.plan(name), name), [])

    def test_a_field_too_many_too_few_or_of_another_type_is_refused(self) -> None:
        seen = set()
        for name in golden.names():
            plan = golden.plan(name)
            for step in plan["steps"]:
                action = step["action"]
                kind = (action["do"], action.get("check", {}).get("probe"), *sorted(action))
                if kind in seen:
                    continue
                seen.add(kind)
                for step["action"] in broken(action):
                    self.assertNotEqual(problems(schema(), plan), [], step["action"])
                step["action"] = action
        self.assertGreater(len(seen), 12)

    def test_the_code_reads_every_field_of_the_schema_and_no_other(self) -> None:
        for key, folder in (("do", "actions"), ("probe", "checks")):
            for shape in shapes(key):
                name = shape["properties"][key]["const"]
                with self.subTest(name):
                    read = fields_read([f"{folder}/{name}.py", *HANDED_ON.get(name, [])])
                    self.assertEqual(read - {"probe", "do"}, set(shape["properties"]) - {key})


class ExecutedTest(Place):
    """The golden plan of `hello`: real git, uv, gunicorn and keeper; a stand-in for the front."""

    cache = ""

    @classmethod
    def setUpClass(cls) -> None:
        cls.cache = tempfile.mkdtemp(prefix="dr-cache-")
        cls.addClassCleanup(shutil.rmtree, cls.cache, True)

    def setUp(self) -> None:
        super().setUp()
        self.run_folder = os.path.realpath(tempfile.mkdtemp(prefix="dr-run-"))
        self.addCleanup(shutil.rmtree, self.run_folder, True)
        self.addCleanup(self.stop)
        settings = mock.patch.dict(os.environ, golden.index_settings())
        settings.start()
        self.addCleanup(settings.stop)
        with closing(socket.socket()) as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.hello = golden.HelloPlan(self.root, self.run_folder, self.port, self.cache)
        self.blobs = self.hello.blobs

    def stop(self) -> None:
        self.command("stop", "--run", self.run_folder).communicate(timeout=60)
        self.assertEqual(self.ours(), [])

    def ours(self) -> list[int]:
        marked = processes.marked("DECANT_PROCESS=")
        return [pid for pid, _, value in marked if value.endswith(f"@{self.root}")]

    def states(self, events: list[Event], type: str, state: str) -> list[str]:
        return [event["id"] for event in events if event["type"] == type and event["state"] == state]

    def test_it_goes_live(self) -> None:
        events = self.submit(self.hello.plan)
        end = events[-1]
        self.assertEqual([end["outcome"], end["live"]], ["done", "v1"], end)
        ids = [step["id"] for step in self.hello.plan["steps"]]
        self.assertEqual(self.states(events, "step", "done"), ids)
        self.assertEqual(self.answer(), "Hello from decant, version 1\n")
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=10) as answer:
            self.assertEqual(json.load(answer)["file"], golden.FRONT)
        manifest = json.loads(self.read("releases/v1/manifest.json"))
        self.assertEqual([manifest["commit"], manifest["built_by"]], [self.hello.commit, "somebody@local"])
        self.assertIn("app.py", manifest["files"])
        self.assertEqual(os.stat(f"{self.root}/releases/v1/env").st_mode & 0o777, 0o600)
        state = self.look("--run", self.run_folder)
        self.assertEqual([state["live"], state["next"], len(state["venvs"])], ["v1", 2, 1])

    def test_a_gate_that_says_no_takes_all_of_it_back(self) -> None:
        check = self.hello.step("gate.http")["action"]["check"]
        check["requests"] = [{"path": "/missing", "accept": "health"}]
        self.assertEqual(problems(schema(), copy.deepcopy(self.hello.plan)), [])
        events = self.submit(self.hello.plan)
        end = events[-1]
        self.assertEqual([end["outcome"], end["switched"], end["live"]], ["failed", False, None], end)
        self.assertEqual([end["failure"]["step"], end["failure"]["reason"]], ["gate.http", "check"])
        steps = self.hello.plan["steps"]
        tried = [step["id"] for step in steps[: [step["id"] for step in steps].index("gate.http") + 1]]
        undoable = [step["id"] for step in steps if step["id"] in tried and step.get("undo")]
        self.assertEqual(self.states(events, "undo", "done"), undoable[::-1])
        self.assertEqual(os.listdir(f"{self.root}/releases"), [])
        self.assertFalse(os.path.lexists(self.layout.live))
        self.assertFalse(os.path.exists(f"{self.run_folder}/v1"))
        self.assertEqual(self.ours(), [])
        self.assertTrue(os.path.exists(f"{self.root}/logs/v1/web.log"))
        self.assertEqual(len(self.look()["venvs"]), 1, "a complete environment may serve the next try")

    def answer(self) -> str:
        """What the release says on its own socket, by the path that a front uses."""
        with closing(socket.socket(socket.AF_UNIX)) as client:
            client.connect(os.path.realpath(f"{self.root}/live/sock"))
            client.sendall(b"GET / HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
            whole = b"".join(iter(lambda: client.recv(65536), b""))
        return whole.partition(b"\r\n\r\n")[2].decode()
