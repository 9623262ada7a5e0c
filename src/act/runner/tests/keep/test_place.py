from __future__ import annotations

import os
import socket
import tempfile
import time
import unittest

from decant_runner.keep import place


class Freshening(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.run_folder = f"{folder.name}/run"
        os.makedirs(f"{self.run_folder}/v1")

    def bound(self, name: str) -> str:
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.addCleanup(listener.close)
        listener.bind(f"{self.run_folder}/{name}")
        return f"{self.run_folder}/{name}"

    @unittest.skipUnless(os.utime in os.supports_follow_symlinks, "links have no times of their own here")
    def test_every_socket_and_link_is_as_young_as_the_folder(self) -> None:
        link, other = f"{self.run_folder}/front.sock", f"{self.run_folder}/elsewhere"
        paths = [self.bound(name) for name in ("keep.sock", "front-7.sock", "v1/app.sock")]
        os.symlink("front-7.sock", link)
        os.symlink(tempfile.gettempdir(), other)
        paths += [link, other, f"{self.run_folder}/v1", self.run_folder]
        for path in paths:
            os.utime(path, (1, 1), follow_symlinks=False)
        place.freshen(self.run_folder)
        old = [path for path in paths if os.lstat(path).st_mtime < time.time() - 60]
        self.assertEqual(old, [])


if __name__ == "__main__":
    unittest.main()
