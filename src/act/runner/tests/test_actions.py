"""Actions on files: done, done again, undone."""

from __future__ import annotations

import hashlib
import json
import os
import socket
from contextlib import closing

from decant_runner.actions import perform
from decant_runner.failure import Failure
from tests.place import Place


class ActionsTest(Place):
    def do(self, name: str, **more: object) -> str | None:
        return perform({"do": name, **more}, self.context())

    def test_write_replaces_and_keeps_its_mode(self) -> None:
        self.blobs["b"] = b"text"
        for _ in range(2):
            self.do("write", path=f"{self.root}/a/file", blob="b", mode="0600")
        self.assertEqual(
            [self.read("a/file"), os.stat(f"{self.root}/a/file").st_mode & 0o777], ["text", 0o600]
        )
        self.assertEqual(os.listdir(f"{self.root}/a"), ["file"])

    def test_mkdir_twice(self) -> None:
        for mode in ("0755", "0700"):
            self.do("mkdir", path=f"{self.run_folder}/v1", mode=mode)
        self.assertEqual(os.stat(f"{self.run_folder}/v1").st_mode & 0o777, 0o700)
        self.assertEqual(os.stat(self.run_folder).st_mode & 0o777, 0o700)

    def test_link_replaces_a_link_at_once(self) -> None:
        for to in ("releases/v1", "releases/v2", "releases/v2"):
            self.do("link", path=self.layout.live, to=to)
        self.assertEqual(os.readlink(self.layout.live), "releases/v2")

    def test_remove_takes_read_only_trees_and_does_not_follow_links(self) -> None:
        kept = self.write("kept/file")
        self.write("tree/sub/file")
        os.symlink(os.path.dirname(kept), f"{self.root}/tree/sub/link")
        os.chmod(f"{self.root}/tree/sub", 0o500)
        os.chmod(f"{self.root}/tree", 0o500)
        for _ in range(2):
            self.do("remove", path=f"{self.root}/tree")
        self.assertTrue(os.path.exists(kept))
        self.assertFalse(os.path.exists(f"{self.root}/tree"))

    def test_remove_leaves_what_is_complete(self) -> None:
        self.write("venv/.complete")
        self.do("remove", path=f"{self.root}/venv", unless=".complete")
        self.assertTrue(os.path.exists(f"{self.root}/venv"))

    def test_remove_stays_inside(self) -> None:
        os.symlink("/tmp", f"{self.root}/out")
        for path in (self.root, f"{self.root}/a/../..", "/tmp/x", f"{self.root}/out/x", f"{self.root}x/y"):
            with self.subTest(path), self.assertRaises(Failure):
                self.do("remove", path=path)

    def share(self, kind: str, name: str, **more: str) -> str | None:
        path, shared = f"{self.root}/releases/v1/code/{name}", f"{self.root}/shared/{name}"
        os.makedirs(os.path.dirname(path), exist_ok=True)
        return self.do("share", path=path, shared=shared, kind=kind, **more)

    def test_share_copies_what_is_committed_once(self) -> None:
        self.write("releases/v1/code/data/sub/seed", "committed")
        self.assertEqual(self.share("folder", "data"), "copied from the release")
        self.assertEqual(self.read("shared/data/sub/seed"), "committed")
        self.assertTrue(os.path.islink(f"{self.root}/releases/v1/code/data"))
        self.write("releases/v1/code/data/sub/seed", "by the app")
        self.share("folder", "data")
        self.assertEqual(self.read("shared/data/sub/seed"), "by the app")

    def test_share_makes_folders_and_leaves_files_to_the_app(self) -> None:
        self.share("folder", "instance")
        self.share("file", "var/app.db")
        self.assertTrue(os.path.isdir(f"{self.root}/shared/instance"))
        self.assertFalse(os.path.exists(f"{self.root}/shared/var/app.db"))
        self.write("releases/v1/code/var/app.db", "made")
        self.assertEqual(self.read("shared/var/app.db"), "made")

    def test_share_takes_over_what_the_live_release_wrote(self) -> None:
        import sqlite3

        self.write("releases/v1/code/data/seed", "committed")
        self.write("releases/v0/code/data/seed", "written")
        live = sqlite3.connect(f"{self.root}/releases/v0/code/data/app.db")
        self.addCleanup(live.close)
        live.execute("pragma journal_mode = wal")
        live.execute("create table visits (name text)")
        live.execute("insert into visits values ('somebody')")
        live.commit()
        before = f"{self.root}/releases/v0/code/data"
        self.assertEqual(self.share("folder", "data", before=before), "copied from the live release")
        self.assertEqual(self.read("shared/data/seed"), "written")
        self.assertEqual(sorted(os.listdir(f"{self.root}/shared/data")), ["app.db", "seed"])
        copy = sqlite3.connect(f"{self.root}/shared/data/app.db")
        self.addCleanup(copy.close)
        self.assertEqual(copy.execute("select name from visits").fetchall(), [("somebody",)])

    def test_share_gives_a_later_release_what_there_is(self) -> None:
        self.write("shared/app.db", "users")
        self.write("releases/v1/code/app.db", "committed")
        self.share("file", "app.db")
        self.assertEqual(self.read("releases/v1/code/app.db"), "users")

    def test_seal_then_written_lists_what_came_after(self) -> None:
        for name in ("app.py", "pkg/mod.py", "old.txt"):
            self.write(f"code/{name}", name)
        self.write("code/__pycache__/app.pyc")
        where = {"folder": f"{self.root}/code"}
        self.do("seal", path=f"{self.root}/manifest.json", manifest={"schema": 1, "subject": "ü"}, **where)
        manifest = json.loads(self.read("manifest.json"))
        self.assertEqual(manifest["files"]["pkg/mod.py"], hashlib.sha256(b"pkg/mod.py").hexdigest())
        self.assertEqual(
            [sorted(manifest["files"]), manifest["built_by"]], [["app.py", "old.txt", "pkg/mod.py"], "tester"]
        )
        self.write("code/old.txt", "changed")
        self.write("code/new/upload.png")
        self.write("code/pkg/__pycache__/mod.cpython.pyc")
        os.symlink("/tmp", f"{self.root}/code/shared-folder")
        os.utime(f"{self.root}/code/app.py")
        self.assertEqual(self.do("written", manifest=f"{self.root}/manifest.json", **where), "2 files")
        with open(self.layout.inbox("test").events, encoding="utf-8") as file:
            told = [json.loads(line) for line in file]
        self.assertEqual(
            [event["value"] for event in told if event["type"] == "fact"], ["new/upload.png", "old.txt"]
        )

    def test_written_never_fails(self) -> None:
        self.assertIn("could not look", self.do("written", folder="/nowhere", manifest="/nowhere") or "")

    def test_files_that_are_served_are_there(self) -> None:
        self.write("code/dist/index.html", "x")
        os.makedirs(f"{self.root}/code/empty")
        check = {"probe": "files", "folder": f"{self.root}/code"}
        self.do("wait", check={**check, "files": [{"path": "dist", "by": "app.py:1"}]})
        files = [{"path": path, "by": "app.py:2"} for path in ("dist/index.html", "empty", "dist/site.css")]
        with self.assertRaises(Failure) as raised:
            self.do("wait", check={**check, "files": files})
        self.assertEqual(raised.exception.message, "not there: empty (app.py:2), dist/site.css (app.py:2)")

    def test_files_that_no_earlier_release_had_are_not_missed(self) -> None:
        self.write("old/dist/site.css", "x")
        os.makedirs(f"{self.root}/code")
        check = {"probe": "files", "folder": f"{self.root}/code", "before": f"{self.root}/old"}
        self.do("wait", check={**check, "files": [{"path": "dist/new.css", "by": "app.py:1"}]})
        with self.assertRaisesRegex(Failure, "not there: dist"):
            self.do("wait", check={**check, "files": [{"path": "dist", "by": "app.py:1"}]})

    def test_disk_says_what_is_missing(self) -> None:
        self.do("wait", check={"probe": "disk", "path": f"{self.root}/not/yet", "bytes": 1, "inodes": 1})
        with self.assertRaisesRegex(Failure, "MiB free"):
            self.do("wait", check={"probe": "disk", "path": self.root, "bytes": 1 << 60, "inodes": 1})

    def test_connect_tells_open_from_closed(self) -> None:
        with closing(socket.socket()) as server:
            server.bind(("127.0.0.1", 0))
            check = {
                "probe": "connect",
                "name": "redis",
                "at": [{"host": "127.0.0.1", "port": server.getsockname()[1]}],
            }
            more = {"every": 0.05, "deadline": 0.2}
            with self.assertRaisesRegex(Failure, "redis at 127.0.0.1"):
                self.do("wait", check={**check, **more})
            server.listen(1)
            self.do("wait", check={**check, **more})

    def test_connect_is_content_with_one_address(self) -> None:
        place = f"{self.root}/db.sock"
        check = {"probe": "connect", "name": "db", "every": 0.05, "deadline": 0.2}
        addresses = [{"socket": f"{self.root}/none.sock"}, {"socket": place}]
        with closing(socket.socket(socket.AF_UNIX)) as server:
            server.bind(place)
            with self.assertRaisesRegex(Failure, "none.sock does not accept .*No such file.*; .*db.sock"):
                self.do("wait", check={**check, "at": addresses})
            server.listen(1)
            self.do("wait", check={**check, "at": addresses})

    def test_argv_asks_until_the_command_says_yes(self) -> None:
        check = {"probe": "argv", "cwd": self.root, "every": 0.02, "deadline": 5}
        self.do("wait", check={**check, "argv": ["sh", "-c", "test -e seen || { touch seen; exit 1; }"]})
        with self.assertRaises(Failure) as raised:
            self.do("wait", check={**check, "argv": ["sh", "-c", "echo no; exit 4"], "deadline": 0.1})
        self.assertEqual([raised.exception.status, (raised.exception.output or [])[-1]], [4, "no"])
