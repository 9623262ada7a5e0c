"""The plan's schema and the code name the same actions and checks."""

from __future__ import annotations

import importlib
import json
import os
import unittest
from typing import Any, Iterator

import decant_runner
from decant_runner.phases import PHASES

PACKAGE = os.path.dirname(decant_runner.__file__)


def constants(schema: Any, key: str) -> Iterator[str]:
    """Every value that a property `key` is fixed to."""
    if isinstance(schema, dict):
        fixed = schema.get("properties", {}).get(key, {})
        if "const" in fixed:
            yield fixed["const"]
        for value in schema.values():
            yield from constants(value, key)
    elif isinstance(schema, list):
        for value in schema:
            yield from constants(value, key)


def modules(folder: str) -> set[str]:
    names = os.listdir(os.path.join(PACKAGE, folder))
    return {name[:-3] for name in names if name.endswith(".py") and name != "__init__.py"}


class SchemaTest(unittest.TestCase):
    def setUp(self) -> None:
        with open(os.path.join(PACKAGE, "plan.schema.json"), encoding="utf-8") as file:
            self.schema = json.load(file)

    def test_every_action_has_its_module_and_no_module_is_left_over(self) -> None:
        self.assertEqual(set(constants(self.schema, "do")), modules("actions"))
        for name in modules("actions"):
            self.assertTrue(callable(importlib.import_module(f"decant_runner.actions.{name}").perform))

    def test_every_check_has_its_module_and_no_module_is_left_over(self) -> None:
        self.assertEqual(set(constants(self.schema, "probe")), modules("checks"))
        for name in modules("checks"):
            self.assertTrue(callable(importlib.import_module(f"decant_runner.checks.{name}").ask))

    def test_the_phases_are_the_schemas(self) -> None:
        steps = self.schema["properties"]["steps"]["items"]["properties"]
        self.assertEqual(tuple(steps["phase"]["enum"]), PHASES)
