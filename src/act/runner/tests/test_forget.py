"""`forget` removes an app under its lock, and nothing that somebody else has made of it meanwhile."""

from __future__ import annotations

import json
import os
import threading
from typing import Any

from decant_runner import lock
from tests.place import Place


class ForgetTest(Place):
    def setUp(self) -> None:
        super().setUp()
        self.root = f"{self.root}/apps/shop"
        self.layout = self.layout._replace(root=self.root)
        self.write("app.json", "{}")
        self.write("inbox/1/plan.json")
        os.makedirs(f"{self.run_folder}/v1")

    def forget(self) -> dict[str, Any]:
        out, err = self.command("forget", "--run", self.run_folder).communicate(timeout=30)
        self.assertEqual(err, b"")
        answer: dict[str, Any] = json.loads(out)
        return answer

    def test_nothing_is_left(self) -> None:
        self.write("../.shop.next/of/an/earlier/try")
        self.assertEqual(self.forget(), {"ok": True, "why": None})
        self.assertEqual(os.listdir(os.path.dirname(self.root)), [])
        self.assertFalse(os.path.exists(self.run_folder))
        self.assertEqual(self.forget(), {"ok": True, "why": None})

    def test_what_somebody_else_made_or_makes_stays(self) -> None:
        held = lock.take(self.layout.lock)
        assert held is not None
        lock.sign(held, {"id": "1", "by": "ada", "kind": "deploy"})
        self.assertEqual(self.forget(), {"ok": False, "why": "ada runs deploy on it"})
        os.close(held)
        keeper = lock.take(f"{self.run_folder}/keep.lock")
        assert keeper is not None
        self.assertEqual(self.forget(), {"ok": False, "why": "its keeper runs"})
        os.close(keeper)
        os.symlink("releases/v1", self.layout.live)
        self.assertEqual(self.forget(), {"ok": False, "why": "v1 is live"})
        self.assertTrue(os.path.exists(f"{self.root}/app.json"))
        self.assertTrue(os.path.exists(self.run_folder))

    def test_who_waited_for_the_lock_gets_that_of_the_next_app(self) -> None:
        held, got = lock.take(self.layout.lock), []
        assert held is not None
        waiting = threading.Thread(target=lambda: got.append(lock.take(self.layout.lock)))
        waiting.start()
        os.rename(self.root, f"{self.root}.gone")
        os.mkdir(self.root)
        os.close(held)
        waiting.join()
        self.assertTrue(os.path.samestat(os.fstat(got[0]), os.stat(self.layout.lock)))
        os.close(got[0])
