"""Frames: only what arrived whole is started."""

from __future__ import annotations

import json
import os

from tests.place import Place, frame, step


class SpoolTest(Place):
    def refused(self, data: bytes) -> str:
        client = self.command("submit")
        _, err = client.communicate(data, timeout=30)
        self.assertEqual(client.returncode, 65, err)
        self.assertEqual(os.listdir(self.layout.inboxes), [])
        self.assertFalse(os.path.exists(self.layout.journal))
        return str(json.loads(err)["message"])

    def test_a_torn_frame_starts_nothing(self) -> None:
        data = self.frames(self.plan(step("build.a", "build", {"do": "unhold"})))
        self.assertIn("too early", self.refused(data[:200]))

    def test_a_missing_end_starts_nothing(self) -> None:
        self.assertIn("missing", self.refused(frame("plan.json", json.dumps(self.plan()).encode())))

    def test_a_wrong_hash_starts_nothing(self) -> None:
        data = frame("blobs/b", b"one").replace(b"one", b"two") + self.frames(self.plan())
        self.assertIn("sha256", self.refused(data))

    def test_a_name_outside_the_inbox_starts_nothing(self) -> None:
        self.assertIn("bad head", self.refused(frame("blobs/../../live", b"x") + self.frames(self.plan())))

    def test_a_plan_for_another_folder_starts_nothing(self) -> None:
        self.assertIn("not for", self.refused(self.frames({**self.plan(), "root": "/elsewhere"})))

    def test_blobs_are_private_and_gone_after_the_run(self) -> None:
        self.blobs["secret"] = b"S=1\n"
        action = {
            "do": "run",
            "argv": ["sh", "-c", "stat -c %a inbox/*/blobs/secret"],
            "cwd": self.root,
            "env": {},
        }
        events = self.submit(self.plan(step("build.a", "build", {**action, "deadline": 10})))
        self.assertEqual([event["line"] for event in events if event["type"] == "output"], ["600"])
        inbox = f"{self.layout.inboxes}/{events[0]['id']}"
        self.assertFalse(os.path.exists(f"{inbox}/blobs"))
