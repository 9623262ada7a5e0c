from __future__ import annotations

import contextlib
import errno
import os
import tempfile
import unittest
from typing import Iterator
from unittest import mock

from decant_runner.keep.rotate import rotate_all


class Rotation(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.log = f"{folder.name}/web.log"

    def read(self, suffix: str) -> bytes:
        with open(self.log + suffix, "rb") as file:
            return file.read()

    def test_three_files_and_the_writer_goes_on(self) -> None:
        with open(self.log, "ab", buffering=0) as writer:
            for text in (b"1111\n", b"2222\n", b"3333\n", b"4\n"):
                writer.write(text)
                rotate_all([self.log], limit=4)
        self.assertEqual([self.read(suffix) for suffix in ("", ".1", ".2")], [b"4\n", b"3333\n", b"2222\n"])

    def test_of_a_far_too_long_log_the_newest_whole_lines_stay(self) -> None:
        with open(self.log, "wb") as file:
            file.write(b"".join(b"line %d\n" % number for number in range(100)))
        rotate_all([self.log], limit=20)
        self.assertEqual(self.read(".1"), b"line 98\nline 99\n")

    @contextlib.contextmanager
    def full_disk(self) -> Iterator[None]:
        """Nothing new has room; what stands may be written over."""

        def full(*_: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        with mock.patch("decant_runner.keep.rotate._reserve", full):
            yield

    def test_on_a_full_disk_nothing_is_lost_and_nothing_is_left(self) -> None:
        for suffix, text in (("", b"newest\n"), (".1", b"older\n"), (".2", b"oldest\n")):
            with open(self.log + suffix, "wb") as file:
                file.write(text)
        with self.full_disk():
            rotate_all([self.log], limit=4)
            rotate_all([self.log], limit=4)
        texts = [self.read(suffix) for suffix in ("", ".1", ".2")]
        self.assertEqual(texts, [b"newest\n", b"older\n", b"oldest\n"])
        self.assertFalse(os.path.exists(f"{self.log}.new"))
        rotate_all([self.log], limit=4)
        self.assertEqual([self.read(".1"), self.read(".2")], [b"newest\n", b"older\n"])

    def test_on_a_full_disk_a_far_too_long_log_keeps_its_end(self) -> None:
        with open(self.log, "ab", buffering=0) as writer, self.full_disk():
            writer.write(b"".join(b"line %d\n" % number for number in range(100)))
            rotate_all([self.log], limit=20)
            writer.write(b"next\n")
        self.assertEqual(self.read(""), b"line 98\nline 99\nnext\n")

    def test_a_log_that_is_gone_is_passed_over(self) -> None:
        rotate_all([self.log], limit=3)
        self.assertFalse(os.path.exists(f"{self.log}.1"))


if __name__ == "__main__":
    unittest.main()
