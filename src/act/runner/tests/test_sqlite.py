"""Snapshots and what may be restored when."""

from __future__ import annotations

import json
import os
import shlex
import sqlite3
import sys
from contextlib import closing
from typing import Any

from decant_runner import history, journal, lock
from decant_runner.actions import hold, restore, snapshot, unhold
from tests.app import App
from tests.place import Place, step


class Front(App):
    """The control socket's part of a front: a hold that its test may end."""

    def __init__(self, test: Place) -> None:
        self.pid = 100
        self.is_holding = False
        self.inflight = 0
        super().__init__(f"{test.run_folder}/front.sock", {"/stats": 200}, test)
        handler: Any = self.server.RequestHandlerClass
        front = self

        def answer(request: Any, value: dict[str, Any]) -> None:
            request.send_response(200)
            request.end_headers()
            request.wfile.write(json.dumps(value).encode())

        def post(request: Any) -> None:
            front.is_holding = True
            answer(request, {"ok": front.inflight == 0, "inflight": front.inflight})

        def delete(request: Any) -> None:
            held, front.is_holding = front.is_holding, False
            answer(request, {"held": held})

        handler.do_GET = lambda request: answer(request, {"pid": front.pid})
        handler.do_POST = post
        handler.do_DELETE = delete


class SqliteTest(Place):
    def setUp(self) -> None:
        super().setUp()
        os.makedirs(f"{self.root}/shared")
        os.makedirs(f"{self.root}/releases/v1")
        self.database = f"{self.root}/shared/app db?.sqlite"
        self.copy = f"{self.root}/snapshots/v2/1.sqlite"
        self.steps = {"database": self.database, "snapshot": self.copy, "to": self.copy}

    def execute(self, text: str) -> list[Any]:
        with closing(sqlite3.connect(self.database)) as database, database:
            return database.execute(text).fetchall()

    def go_live(self) -> None:
        os.symlink("releases/v1", self.layout.live)

    def test_a_wal_database_in_use_is_copied_and_put_back_under_its_users(self) -> None:
        with closing(sqlite3.connect(self.database)) as user:
            user.execute("pragma journal_mode = wal")
            user.execute("create table t (x)")
            user.execute("insert into t values (1)")
            user.commit()
            context = self.context()
            snapshot.perform(self.steps, context)
            self.assertEqual(os.listdir(os.path.dirname(self.copy)), ["1.sqlite"])
            user.execute("alter table t add column y")
            user.commit()
            self.assertEqual(restore.perform(self.steps, context), "restored")
            self.assertEqual(user.execute("select * from t").fetchall(), [(1,)])
            self.assertEqual(user.execute("pragma journal_mode").fetchone(), ("wal",))

    def test_of_no_database_a_marker_is_kept_and_restore_removes_what_was_made(self) -> None:
        snapshot.perform(self.steps, self.context())
        self.assertEqual(os.path.getsize(self.copy), 0)
        self.execute("create table t (x)")
        restore.perform(self.steps, self.context())
        self.assertFalse(os.path.exists(self.database))
        restore.perform(self.steps, self.context())

    def test_a_broken_database_is_replaced_by_its_copy(self) -> None:
        self.execute("create table t (x)")
        snapshot.perform(self.steps, self.context())
        with open(self.database, "wb") as file:
            file.write(b"no database" * 1000)
        restore.perform(self.steps, self.context())
        self.assertEqual(self.execute("select name from sqlite_master"), [("t",)])

    def held(self) -> tuple[Any, Front]:
        """A live app with a copy of its database, and a migration that has changed it."""
        self.go_live()
        self.execute("create table t (x)")
        front, context = Front(self), self.context()
        context.step = step("migrate.run", "migrate", {})
        hold.perform({"seconds": 10}, context)
        snapshot.perform(self.steps, context)
        self.execute("alter table t add column y")
        return context, front

    def columns(self) -> int:
        return len(self.execute("pragma table_info(t)"))

    def test_while_the_hold_lasts_it_is_restored_and_notes_are_taken_back(self) -> None:
        context, front = self.held()
        context.notes_before = {"revision": "a1"}
        context.keep_fact("migrated", "hash")
        context.keep_fact("revision", "b2")
        self.assertEqual(restore.perform(self.steps, context), "restored")
        self.assertEqual([self.columns(), front.is_holding], [1, True])
        notes = history.notes(journal.read(self.layout.journal))
        self.assertEqual(notes, {"revision": "a1"})

    def test_after_the_hold_it_is_not_restored_and_the_command_is_told(self) -> None:
        for how in ("released", "expired", "another front", "in flight", "no front"):
            with self.subTest(how):
                context, front = self.held()
                if how == "released":
                    unhold.perform({}, context)
                elif how == "expired":
                    context.attempt.hold["until"] = context.attempt.hold["since"]
                elif how == "another front":
                    front.pid = 101
                elif how == "in flight":
                    front.inflight = 1
                else:
                    front.stop()
                self.assertIn("not restored", restore.perform(self.steps, context) or "")
                self.assertEqual(self.columns(), 2)
                if how != "no front":
                    self.assertFalse(front.is_holding, "nobody is kept waiting")
                    front.stop()
                notes = history.notes(journal.read(self.layout.journal))
                self.assertEqual(
                    shlex.split(notes["restore-command"])[-4:],
                    ["--database", self.database, "--snapshot", self.copy],
                )
                self.execute("drop table t")
                os.unlink(self.layout.live)

    def test_a_hold_that_does_not_empty_the_house_is_none(self) -> None:
        self.go_live()
        front, context = Front(self), self.context()
        front.inflight = 2
        self.assertIn("2 requests", hold.perform({"seconds": 1}, context) or "")
        self.assertEqual([front.is_holding, context.attempt.hold], [False, None])

    def test_a_hold_with_a_patience_goes_on_without_those_in_flight(self) -> None:
        self.go_live()
        front, context = Front(self), self.context()
        front.inflight = 2
        self.assertIn("2 requests", hold.perform({"seconds": 10, "patience": 1}, context) or "")
        self.assertTrue(front.is_holding and context.attempt.hold)

    def test_a_torn_migration_is_put_back_when_nothing_is_live(self) -> None:
        self.execute("create table t (x)")
        script = f"import sqlite3; sqlite3.connect({self.database!r}).execute('alter table t add column y'); raise SystemExit(1)"
        run = {
            "do": "run",
            "argv": [sys.executable, "-c", script],
            "cwd": self.root,
            "env": {},
            "deadline": 20,
        }
        back = [{"do": "restore", "database": self.database, "snapshot": self.copy}]
        events = self.submit(
            self.plan(
                step(
                    "snapshot.a", "snapshot", {"do": "snapshot", "database": self.database, "to": self.copy}
                ),
                step("migrate.a", "migrate", run, undo=back, undoUntil="start"),
            )
        )
        self.assertEqual([events[-1]["outcome"], self.columns()], ["failed", 1])

    def test_a_held_migration_that_fails_is_put_back_and_the_hold_ends(self) -> None:
        self.go_live()
        self.execute("create table t (x)")
        front = Front(self)
        script = f"import sqlite3; sqlite3.connect({self.database!r}).execute('alter table t add column y'); raise SystemExit(1)"
        run = {
            "do": "run",
            "argv": [sys.executable, "-c", script],
            "cwd": self.root,
            "env": {},
            "deadline": 20,
        }
        back = [{"do": "restore", "database": self.database, "snapshot": self.copy}]
        self.submit(
            self.plan(
                step("snapshot.hold", "snapshot", {"do": "hold", "seconds": 10}),
                step(
                    "snapshot.a", "snapshot", {"do": "snapshot", "database": self.database, "to": self.copy}
                ),
                step("migrate.a", "migrate", run, undo=back, undoUntil="start"),
            )
        )
        self.assertEqual([self.columns(), front.is_holding], [1, False])

    def pasted(self, context: Any) -> dict[str, Any]:
        """The answer of the command that a person was told."""
        words = shlex.split(restore.restore_command(self.database, self.copy, context))
        words = words[words.index("restore") :]
        self.assertEqual(words[1:3], ["--root", self.root])
        client = self.command("restore", *words[3:])
        answer: dict[str, Any] = json.loads(client.communicate()[0])
        self.assertEqual(client.returncode, 0)
        return answer

    def test_the_restore_command_can_be_pasted_and_takes_notes_back(self) -> None:
        context = self.context()
        for run, revision in (("first", "a1"), ("test", "b2"), ("later", "c3")):
            context.journal({"type": "begin", "id": run})
            for name in ("revision", f"migrated.{revision}"):
                fact = {"type": "fact", "id": run, "name": name, "value": revision, "phase": "migrate"}
                context.journal(fact)
            context.journal({"type": "fact", "id": run, "name": "other", "value": run, "phase": "build"})
        self.execute("create table t (x)")
        snapshot.perform(self.steps, context)
        self.execute("drop table t")
        self.assertTrue(self.pasted(context)["ok"])
        self.assertEqual(len(self.execute("select * from sqlite_master")), 1)
        notes = history.notes(journal.read(self.layout.journal))
        self.assertEqual(notes, {"revision": "a1", "migrated.a1": "a1", "other": "later"})

    def test_while_somebody_deploys_nothing_is_restored_by_hand(self) -> None:
        context = self.context()
        snapshot.perform(self.steps, context)
        self.execute("create table t (x)")
        held = lock.take(self.layout.lock)
        assert held is not None
        self.addCleanup(os.close, held)
        self.assertFalse(self.pasted(context)["ok"])
        self.assertEqual(self.columns(), 1)
