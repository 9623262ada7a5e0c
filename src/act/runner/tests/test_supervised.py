"""Plans that start processes: under a real keeper, with a stand-in for the front."""

from __future__ import annotations

import json
import os
import shutil
import socket
import sys
import tempfile
import time
import unittest
from contextlib import closing
from typing import Any
from unittest import mock

from decant_runner import front_control, processes
from decant_runner.actions import hold
from decant_runner.failure import Failure
from decant_runner.keep.client import ask
from tests.place import PACKAGE, Event, Place, kill, step, wait_for

NODE = shutil.which("node") or ""
FRONT = os.path.join(PACKAGE, "tests/keep/front.mjs")
WEB = """
import http.server, os, socketserver, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(int(os.environ["STATUS"]))
        self.end_headers()
    def log_message(self, *_): print(self.requestline, file=sys.stderr, flush=True)
    def address_string(self): return "unix"
if os.environ["STATUS"] == "0":
    sys.exit("cannot import name 'app'")
socketserver.ThreadingUnixStreamServer(os.environ["SOCKET"], Handler).serve_forever()
"""


@unittest.skipUnless(NODE, "the stand-in for the front needs node")
class SupervisedTest(Place):
    def setUp(self) -> None:
        super().setUp()
        self.run_folder = os.path.realpath(tempfile.mkdtemp(prefix="dr-run-"))
        self.addCleanup(shutil.rmtree, self.run_folder, True)
        self.addCleanup(self.stop)
        with closing(socket.socket()) as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])

    def stop(self) -> None:
        self.command("stop", "--run", self.run_folder).communicate(timeout=60)
        self.assertEqual(
            processes.marked("DECANT_PROCESS="),
            [each for each in processes.marked("DECANT_PROCESS=") if not each[2].endswith(f"@{self.root}")],
        )

    def serve(self) -> dict[str, Any]:
        return {"do": "serve", "host": "127.0.0.1", "port": self.port, "node": NODE, "front": FRONT}

    def web_spec(self, version: str, status: int) -> dict[str, Any]:
        release, web = f"{self.layout.releases}/{version}", f"{self.run_folder}/{version}/app.sock"
        return {
            "schema": 1,
            "name": f"{version}:web",
            "release": version,
            "process": "web",
            "kind": "web",
            "argv": [sys.executable, "-c", WEB],
            "cwd": self.root,
            "env": {"STATUS": str(status), "SOCKET": web},
            "envFile": f"{release}/env",
            "log": f"{self.root}/logs/{version}/web.log",
            "socket": web,
            "grace": 5,
        }

    def deploy(self, version: str, status: int, *more: dict[str, Any]) -> dict[str, Any]:
        release, live = f"{self.layout.releases}/{version}", self.look()["live"]
        web = f"{self.run_folder}/{version}/app.sock"
        spec = self.web_spec(version, status)
        self.blobs = {"spec": json.dumps(spec).encode(), "env": b""}
        check = {"probe": "http", "socket": web, "hosts": ["127.0.0.1"], "proto": "http", "fallbacks": []}
        asks = {"requests": [{"path": "/", "accept": "page"}], "process": f"{version}:web"}
        gate = {**check, **asks, "again": 0, "every": 0.03, "deadline": 20}
        start = {"do": "process", "change": "start", "name": f"{version}:web", "grace": 5}
        spec_file = f"{release}/processes/web.json"
        back = {"do": "link", "path": self.layout.live, "to": f"releases/{live}"}
        return self.plan(
            step("preflight.serve", "preflight", self.serve()),
            step(
                "build.folder",
                "build",
                {"do": "mkdir", "path": release, "mode": "0755"},
                undo=[{"do": "remove", "path": release}],
            ),
            step("build.spec", "build", {"do": "write", "path": spec_file, "blob": "spec", "mode": "0644"}),
            step(
                "build.env", "build", {"do": "write", "path": f"{release}/env", "blob": "env", "mode": "0600"}
            ),
            step(
                "start.web",
                "start",
                {**start, "spec": spec_file},
                undo=[{"do": "clear", "release": version, "grace": 5}],
            ),
            step("gate.http", "gate", {"do": "wait", "check": gate}),
            step(
                "switch.live",
                "switch",
                {"do": "link", "path": self.layout.live, "to": f"releases/{version}"},
                undo=[back],
            ),
            *more,
            step("drain.old", "drain", {"do": "clear", "release": live or "v0", "grace": 5}),
        )

    def running(self) -> list[str]:
        keep = self.look("--run", self.run_folder)["keep"]
        return [each["name"] for each in keep["processes"] if each["state"] == "running"]

    def outcome(self, events: list[Event]) -> list[Any]:
        return [events[-1]["outcome"], events[-1]["live"]]

    def test_a_release_goes_live_and_the_next_takes_over(self) -> None:
        self.assertEqual(self.outcome(self.submit(self.deploy("v1", 200))), ["done", "v1"])
        self.assertEqual(self.running(), ["v1:web"])
        events = self.submit(self.deploy("v2", 200))
        self.assertEqual(self.outcome(events), ["done", "v2"])
        self.assertEqual(self.running(), ["v2:web"])
        served = next(
            event for event in events if event.get("id") == "preflight.serve" and event["state"] == "done"
        )
        self.assertEqual(served["detail"], "it does already")

    def test_a_release_that_says_500_is_taken_back_with_its_log(self) -> None:
        self.submit(self.deploy("v1", 200))
        events = self.submit(self.deploy("v2", 500))
        self.assertEqual(self.outcome(events), ["failed", "v1"])
        self.assertIn("GET / HTTP/1.0", events[-1]["failure"]["output"])
        self.assertEqual(self.running(), ["v1:web"])
        self.assertTrue(os.path.exists(f"{self.root}/logs/v2/web.log"))
        self.assertEqual(os.listdir(self.layout.releases), ["v1"])

    def test_a_process_that_loops_ends_the_wait_before_its_deadline(self) -> None:
        events = self.submit(self.deploy("v1", 0))
        failure = events[-1]["failure"]
        self.assertEqual([failure["reason"], failure["step"]], ["dead", "gate.http"])
        self.assertIn("cannot import name 'app'", failure["output"])

    def test_where_visitors_wait_the_first_end_is_one_too_many(self) -> None:
        plan = self.deploy("v1", 0)
        gate = next(each for each in plan["steps"] if each["id"] == "gate.http")
        gate["action"]["check"]["ends"] = 1
        began = time.monotonic()
        failure = self.submit(plan)[-1]["failure"]
        self.assertEqual([failure["reason"], failure["step"]], ["dead", "gate.http"])
        with open(f"{self.root}/logs/v1/web.log", encoding="utf-8") as log:
            self.assertLessEqual(log.read().count("cannot import name 'app'"), 2)
        self.assertLess(time.monotonic() - began, 15)

    def test_a_worker_must_live(self) -> None:
        self.submit(self.deploy("v1", 200))
        check = {"probe": "process", "name": "v1:web", "lasts": 0.5, "deadline": 5}
        events = self.submit(self.plan(step("workers.a", "workers", {"do": "wait", "check": check})))
        self.assertEqual(events[-1]["outcome"], "done")
        check = {**check, "name": "v1:nobody", "deadline": 0.3}
        events = self.submit(self.plan(step("workers.a", "workers", {"do": "wait", "check": check})))
        self.assertEqual(events[-1]["failure"]["reason"], "deadline")

    def test_a_taken_address_names_its_holder(self) -> None:
        with closing(socket.socket()) as other:
            other.bind(("127.0.0.1", self.port))
            other.listen(1)
            failure = self.submit(self.plan(step("preflight.serve", "preflight", self.serve())))[-1][
                "failure"
            ]
        self.assertEqual(failure["reason"], "taken")
        self.assertIn(str(os.getpid()), failure["message"])

    def test_killed_with_its_keeper_and_front_the_candidate_is_still_ended(self) -> None:
        self.submit(self.deploy("v1", 200))
        slow = {"do": "run", "argv": ["sleep", "5"], "cwd": self.root, "env": {}, "deadline": 1}
        plan = self.deploy("v2", 200)
        plan["steps"].insert(5, step("start.slow", "start", slow))
        client = self.submitted(plan)
        hello = self.next_event(client, lambda event: event["type"] == "hello")
        self.next_event(client, lambda event: event.get("id") == "start.slow")
        status = ask(self.run_folder, {"do": "status"}, 5)["status"]
        web = next(each["pid"] for each in status["processes"] if each["name"] == "v2:web")
        for pid in (client.pid, hello["pid"], status["front"]["pid"], status["pid"]):
            kill(pid)
        self.assertTrue(processes.is_alive(web, None))
        self.assertEqual(self.outcome(self.recover()), ["failed", "v1"])
        wait_for(lambda: not processes.is_alive(web, None))
        self.assertEqual(self.running(), ["v1:web"])

    def test_another_port_moves_keeper_front_and_live_release(self) -> None:
        self.submit(self.deploy("v1", 200))
        with closing(socket.socket()) as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        events = self.submit(self.plan(step("preflight.serve", "preflight", self.serve())))
        self.assertEqual(events[-1]["outcome"], "done", events)
        self.assertEqual(self.look("--run", self.run_folder)["keep"]["port"], self.port)
        wait_for(lambda: self.running() == ["v1:web"])

    def test_a_front_that_serves_and_can_not_be_asked_is_no_missing_front(self) -> None:
        self.submit(self.deploy("v1", 200))
        os.unlink(f"{self.run_folder}/front.sock")
        with mock.patch.object(front_control, "BOOT_SECONDS", 0.1):
            with self.assertRaisesRegex(Failure, "front.sock"):
                hold.perform({"seconds": 1}, self.context())
        self.command("stop", "--run", self.run_folder).communicate(timeout=60)
        self.assertEqual(hold.perform({"seconds": 1}, self.context()), "no front runs")

    def test_stop_leaves_nothing_even_without_a_keeper(self) -> None:
        self.submit(self.deploy("v1", 200))
        status = ask(self.run_folder, {"do": "status"}, 5)["status"]
        for pid in (status["front"]["pid"], status["pid"]):
            kill(pid)
        out, _ = self.command("stop", "--run", self.run_folder).communicate(timeout=60)
        self.assertEqual(json.loads(out), {"ok": True, "ran": True})
        self.assertFalse(processes.is_alive(status["processes"][0]["pid"], None))
