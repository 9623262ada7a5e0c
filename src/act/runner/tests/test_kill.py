"""kill -9 of the runner at every step: the next one undoes or finishes."""

from __future__ import annotations

import os
import shutil
from typing import Any

from tests.place import Event, Place, is_alive, kill, step

STEPS = [
    "build.folder",
    "build.write",
    "build.run",
    "migrate.run",
    "switch.live",
    "switch.copy",
    "switch.move",
    "drain.end",
]


class KillTest(Place):
    def deploy(self, *more: dict[str, Any]) -> dict[str, Any]:
        release = f"{self.layout.releases}/v2"
        self.blobs["text"] = b"new"
        run = {"do": "run", "cwd": self.root, "env": {}, "deadline": 20}
        copy, move = ["cp", f"{release}/file", "config.next"], ["mv", "-f", "config.next", "config"]
        back = {"do": "link", "path": self.layout.live, "to": "releases/v1"}
        restore = {**run, "argv": ["cp", "v1.config", "config"]}
        remove = {"do": "remove", "path": release}
        return self.plan(
            step("build.folder", "build", {"do": "mkdir", "path": release, "mode": "0755"}, undo=[remove]),
            step(
                "build.write",
                "build",
                {"do": "write", "path": f"{release}/file", "blob": "text", "mode": "0600"},
            ),
            step(
                "build.run",
                "build",
                {**run, "argv": ["sh", "-c", "sleep 0.3; echo built > releases/v2/built"]},
            ),
            step("migrate.run", "migrate", {**run, "argv": ["sh", "-c", "sleep 0.05"]}),
            step(
                "switch.live",
                "switch",
                {"do": "link", "path": self.layout.live, "to": "releases/v2"},
                undo=[back],
            ),
            step("switch.copy", "switch", {**run, "argv": copy}),
            step("switch.move", "switch", {**run, "argv": move}, undo=[restore]),
            *more,
            step("drain.end", "drain", {**run, "argv": ["sh", "-c", "sleep 0.05; echo > drained"]}),
        )

    def setUp(self) -> None:
        super().setUp()
        self.write("releases/v1/file", "old")
        self.write("config", "old")
        self.write("v1.config", "old")
        os.symlink("releases/v1", self.layout.live)

    def kill_at(self, plan: dict[str, Any], kind: str, id: str, state: str | None) -> None:
        """Kills the client, then the runner, as soon as the event is there."""
        client = self.submitted(plan)
        hello = self.next_event(client, lambda event: event["type"] == "hello")

        def is_it(event: Event) -> bool:
            return [event["type"], event.get("id"), event.get("state")] == [kind, id, state]

        self.next_event(client, is_it)
        client.kill()
        kill(hello["pid"])

    def check_whole(self, is_new: bool) -> None:
        self.assertEqual(os.readlink(self.layout.live), "releases/v2" if is_new else "releases/v1")
        self.assertEqual(self.read("config"), "new" if is_new else "old")
        self.assertEqual(os.path.exists(f"{self.layout.releases}/v2"), is_new)
        self.assertIsNone(self.look()["unfinished"])

    def test_at_every_step(self) -> None:
        for id in STEPS:
            for state in ("started", "done"):
                with self.subTest(f"{id} {state}"):
                    self.begin_again()
                    self.kill_at(self.deploy(), "step", id, state)
                    torn = self.attempts()[-1]
                    events = self.recover()
                    is_new = os.readlink(self.layout.live) == "releases/v2"
                    self.check_whole(is_new)
                    if torn.end is None:
                        decision = next(event for event in events if event["type"] == "recover")["decision"]
                        self.assertEqual(decision, "finish" if is_new else "undo")
                        self.assertEqual(events[-1]["outcome"], "done" if is_new else "failed")
                        self.assertEqual(os.path.exists(f"{self.root}/drained"), is_new)
                    if id in ("build.folder", "build.write"):
                        self.assertFalse(is_new, "the run that follows takes longer than our kill")
                    if id in ("switch.copy", "switch.move", "drain.end"):
                        self.assertTrue(is_new)

    def begin_again(self) -> None:
        """The world before the deploy."""
        for path in (self.layout.journal, f"{self.root}/drained"):
            if os.path.exists(path):
                os.unlink(path)
        os.unlink(self.layout.live)
        os.symlink("releases/v1", self.layout.live)
        self.write("config", "old")
        for name in os.listdir(self.layout.releases):
            if name != "v1":
                shutil.rmtree(f"{self.layout.releases}/{name}")

    def test_during_the_undo_which_is_then_resumed(self) -> None:
        run = {"do": "run", "cwd": self.root, "env": {}, "deadline": 20}
        slow = [{**run, "argv": ["sh", "-c", "sleep 0.2; echo x >> undone"]}]
        watch = step("watch.a", "watch", {**run, "argv": ["false"]}, undo=slow)
        for id in ("watch.a", "switch.move", "switch.live", "build.folder"):
            for state in ("started", "done"):
                with self.subTest(f"undo of {id} {state}"):
                    self.begin_again()
                    self.kill_at(self.deploy(watch), "undo", id, state)
                    torn = self.attempts()[-1]
                    events = self.recover()
                    self.check_whole(False)
                    if torn.end is None:
                        self.assertEqual(events[-1]["failure"]["step"], "watch.a", "the first cause is kept")

    def test_the_next_plan_recovers_first_and_is_stale_only_if_the_world_changed(self) -> None:
        self.kill_at(self.deploy(), "step", "build.run", "started")
        plan = self.plan(step("build.a", "build", {"do": "mkdir", "path": f"{self.root}/a", "mode": "0755"}))
        self.assertEqual(plan["version"], "v3")
        events = self.submit(plan)
        self.assertIn("recover", [event["type"] for event in events])
        self.assertEqual([event["outcome"] for event in events if event["type"] == "end"], ["done"])
        self.check_whole(False)
        torn = self.attempts()[0].id
        told = self.finished(self.command("attach", "--id", torn))
        self.assertEqual(told[-1]["outcome"], "failed", "whoever follows the torn run learns its end")

    def test_a_command_outlives_its_runner_and_is_waited_for(self) -> None:
        run = {"do": "run", "cwd": self.root, "env": {}, "deadline": 20}
        script = "for i in 1 2 3 4 5 6; do echo $i; sleep 0.1; done; echo whole > migrated"
        self.kill_at(
            self.plan(step("migrate.a", "migrate", {**run, "argv": ["sh", "-c", script]})),
            "output",
            "migrate.a",
            None,
        )
        self.recover()
        self.assertEqual(self.read("migrated"), "whole\n")

    def test_a_command_that_outlives_its_deadline_too_is_ended(self) -> None:
        run = {"do": "run", "cwd": self.root, "env": {}, "deadline": 0.5}
        script = "echo $$ > pid; exec sleep 60"
        plan = self.plan(step("build.a", "build", {**run, "argv": ["sh", "-c", script]}))
        self.kill_at(plan, "step", "build.a", "started")
        self.recover()
        if os.path.exists(f"{self.root}/pid"):
            self.assertFalse(is_alive(int(self.read("pid"))))

    def test_whoever_attaches_to_a_torn_run_recovers_it(self) -> None:
        self.kill_at(self.deploy(), "step", "build.run", "started")
        events = self.finished(self.command("attach", "--id", self.attempts()[0].id))
        self.assertEqual([events[0]["type"], events[-1]["outcome"]], ["hello", "failed"])
        self.check_whole(False)
