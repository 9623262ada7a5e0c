"""`look` reads, and writes nothing."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing

from decant_runner import journal
from decant_runner.commands.look import SHARED_LIMIT, state
from decant_runner.journal import Journal
from decant_runner.layout import Layout
from tests.place import Place


class LookTest(Place):
    def files(self) -> dict[str, float]:
        found = {}
        for folder, folders, names in os.walk(self.root):
            for name in [*folders, *names]:
                found[f"{folder}/{name}"] = os.lstat(f"{folder}/{name}").st_mtime
        return found

    def test_an_app_that_is_not_there(self) -> None:
        found = state(Layout(f"{self.root}/none"), f"{self.root}/none/run")
        self.assertEqual(
            [found["exists"], found["next"], found["live"], found["keep"]], [False, 1, None, None]
        )
        self.assertEqual(os.listdir(self.root), [])

    def test_what_there_is(self) -> None:
        self.write("releases/v2/manifest.json", '{"schema": 1, "version": "v2",\n"files": {"a": "0"}\n}\n')
        self.write("releases/v10/manifest.json", '{"schema": 1, "version": "v10"}')
        self.write("releases/v11/code/unsealed")
        self.write("venvs/aa/.complete")
        self.write("venvs/bb/half")
        self.write("shared/instance/deep/er")
        os.symlink("releases/v10", self.layout.live)
        os.symlink("releases/v2", f"{self.root}/previous")
        with closing(sqlite3.connect(f"{self.root}/shared/instance/app.db")) as database, database:
            database.execute("pragma journal_mode = wal")
            database.execute("create table alembic_version (version_num)")
            database.execute("insert into alembic_version values ('c3')")
        before = self.files()
        found = self.look()
        self.assertEqual(self.files(), before)
        self.assertEqual(found["releases"], [{"schema": 1, "version": "v2"}, {"schema": 1, "version": "v10"}])
        self.assertEqual([found["live"], found["previous"], found["next"]], ["v10", "v2", 12])
        self.assertEqual(found["venvs"], ["aa"])
        self.assertEqual(
            found["shared"], ["instance", "instance/app.db", "instance/deep", "instance/deep/er"]
        )
        self.assertEqual(found["databases"], [{"path": "instance/app.db", "tables": 1, "revision": "c3"}])

    def test_what_the_live_code_is_linked_to_is_named_once(self) -> None:
        for folder in ("shared/instance/deep", "shared/other", "releases/v2/code/sub"):
            os.makedirs(f"{self.root}/{folder}")
        for file in ("shared/instance/app.db", "shared/sub.db", "shared/notes.db"):
            open(f"{self.root}/{file}", "w").close()
        for link in ("instance", "notes.db"):
            os.symlink(f"../../../shared/{link}", f"{self.root}/releases/v2/code/{link}")
        self.assertEqual(self.look()["linked"], [])
        os.symlink("releases/v2", f"{self.root}/live")
        self.assertEqual(
            self.look()["linked"],
            [{"path": "instance", "kind": "folder"}, {"path": "notes.db", "kind": "file"}],
        )

    def test_a_list_that_is_cut_short_hides_no_database(self) -> None:
        os.makedirs(f"{self.root}/shared/attachments")
        os.makedirs(f"{self.root}/shared/zoo")
        for number in range(SHARED_LIMIT + 10):
            open(f"{self.root}/shared/attachments/{number}.jpg", "w").close()
        with closing(sqlite3.connect(f"{self.root}/shared/zoo/app.db")) as database, database:
            database.execute("create table notes (text)")
        found = self.look()
        self.assertEqual(len(found["shared"]), SHARED_LIMIT)
        self.assertEqual([each["path"] for each in found["databases"]], ["zoo/app.db"])

    def test_the_number_of_a_release_that_failed_is_not_given_again(self) -> None:
        written = Journal(self.layout.journal)
        self.addCleanup(written.close)
        begin = {"type": "begin", "kind": "deploy", "by": "me", "previous": None, "at": 1.0}
        for id, version, phase in (("a", "v1", "build"), ("b", "v2", "preflight")):
            written.write({**begin, "id": id, "version": version})
            written.write({"type": "step", "id": id, "step": "x", "phase": phase, "state": "begin"})
            written.write(
                {"type": "end", "id": id, "outcome": "failed", "built": phase == "build", "seconds": 1}
            )
        self.assertEqual(self.look()["next"], 2)

    def test_a_big_journal_is_compacted_without_losing_what_counts(self) -> None:
        written = Journal(self.layout.journal)
        begin = {"type": "begin", "kind": "deploy", "by": "me", "previous": None, "at": 1.0}
        for number in range(1, 41):
            id = f"run{number:03}"
            written.write({**begin, "id": id, "version": f"v{number}"})
            for count in range(300):
                written.write(
                    {
                        "type": "step",
                        "id": id,
                        "step": f"build.{count}",
                        "phase": "build",
                        "state": "begin",
                        "fill": "x" * 20,
                    }
                )
            written.write({"type": "fact", "id": id, "name": "migrated", "value": id})
            written.write(
                {"type": "end", "id": id, "outcome": "done", "switched": True, "built": True, "seconds": 1}
            )
        written.close()
        before, size = self.look(), os.path.getsize(self.layout.journal)
        self.assertGreater(size, journal.COMPACT_BYTES)
        journal.compact(self.layout.journal)
        self.assertLess(os.path.getsize(self.layout.journal), size // 20)
        self.assertEqual({**self.look(), "disk": None}, {**before, "disk": None})
        self.assertEqual(before["next"], 41)
