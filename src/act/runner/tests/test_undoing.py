"""What an undo that fails leaves: said at the end, and tried again by whoever goes on."""

from __future__ import annotations

from typing import Any

from decant_runner.history import Attempt
from decant_runner.undoing import undo
from tests.place import Place, step


class UndoingTest(Place):
    def shell(self, script: str) -> dict[str, Any]:
        return {"do": "run", "argv": ["sh", "-c", script], "cwd": self.root, "env": {}, "deadline": 20}

    def test_the_end_names_the_step_and_what_is_left(self) -> None:
        failing = [self.shell("exit 4"), self.shell("true")]
        plan = self.plan(
            step("build.a", "build", self.shell("true"), undo=[self.shell("true")]),
            step("build.b", "build", self.shell("true"), undo=failing),
            step("build.c", "build", self.shell("exit 1")),
        )
        client = self.submitted(plan)
        end = self.finished(client)[-1]
        left = [{"step": "build.b", "title": "Do build.b", "detail": "exited with status 4"}]
        self.assertEqual([end["outcome"], end["left"]], ["failed", left])
        attempt = self.attempts()[-1]
        self.assertEqual([attempt.undone, (attempt.end or {})["left"]], [["build.a"], left])

    def test_an_end_without_anything_left_says_nothing(self) -> None:
        plan = self.plan(
            step("build.a", "build", self.shell("true"), undo=[self.shell("true")]),
            step("build.b", "build", self.shell("exit 1")),
        )
        self.assertNotIn("left", self.submit(plan)[-1])

    def test_a_note_is_taken_back_or_put_back(self) -> None:
        def noted(value: str, before: str | None, *more: dict[str, Any]) -> None:
            back = {"do": "note", "name": "migrated", "value": before}
            action = {"do": "note", "name": "migrated", "value": value}
            self.submit(
                self.plan(step("migrate.note", "migrate", action, undo=[back], undoUntil="start"), *more)
            )

        torn = step("migrate.last", "migrate", self.shell("exit 1"))
        started = step("start.web", "start", self.shell("exit 1"))
        for more, notes in (([torn], {}), ([started], {"migrated": "v1"})):
            noted("v1", None, *more)
            self.assertEqual(self.look()["notes"], notes)
        noted("v2", "v1", torn)
        self.assertEqual(self.look()["notes"], {"migrated": "v1"})

    def test_the_next_runner_tries_it_again(self) -> None:
        steps = [step("build.a", "build", self.shell("true"), undo=[self.shell("test -e mended")])]
        context = self.context(steps=steps)
        context.attempt = Attempt({"type": "begin", "id": "test"})
        context.attempt.begun, context.attempt.phases = ["build.a"], ["build"]
        failure = {"reason": "killed", "message": "m", "step": "build.a", "phase": "build"}
        undo(context, failure, False)
        self.assertEqual([context.attempt.undone, list(context.attempt.left)], [[], ["build.a"]])
        self.write("mended")
        undo(context, failure, False)
        self.assertEqual([context.attempt.undone, context.attempt.left], [["build.a"], {}])
