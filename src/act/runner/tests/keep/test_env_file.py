from __future__ import annotations

import os
import unittest

from decant_runner import env_file, environment

# Recorded from systemd 252's own load_env_file().
CASES = {
    "A = x  y \\ \n": {"A": "x  y  "},
    "B=\"a\\$b\\n\\\nc\" d'e'f\n": {"B": "a$b\\ncd'e'f"},
    "D=trailing # comment\n": {"D": "trailing # comment"},
    "L=back\\slash": {"L": "backslash"},
    "; comment \\\nA=swallowed\nB=1": {"B": "1"},
    'G="multi\nline"\nF=\nno assignment\n9=digit\nexport Q=1\n': {"G": "multi\nline", "F": ""},
    "A='it'\\''s'": {"A": "it''s'"},
}


class EnvironmentFiles(unittest.TestCase):
    def test_reads_as_systemd_does(self) -> None:
        for text, values in CASES.items():
            with self.subTest(text):
                self.assertEqual(env_file.parse(text), values)

    def test_a_build_gets_the_installers_settings_and_a_process_does_not(self) -> None:
        for name in ("PIP_INDEX_URL", "STRAY"):
            os.environ[name] = "x"
            self.addCleanup(os.environ.pop, name)
        self.assertEqual(environment.composed({}, None, build=True).get("PIP_INDEX_URL"), "x")
        kept = environment.composed({"PATH": "/only"}, None, build=False)
        self.assertEqual((kept.get("PIP_INDEX_URL"), kept.get("STRAY"), kept["PATH"]), (None, None, "/only"))


if __name__ == "__main__":
    unittest.main()
