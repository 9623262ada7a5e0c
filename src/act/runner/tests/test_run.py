"""Whole runs: in order, undone, cancelled, stale, locked, followed again."""

from __future__ import annotations

import json
import os
import signal

from tests.place import Place, is_alive, kill, step, wait_for


class RunTest(Place):
    def shell(self, script: str, **more: object) -> dict[str, object]:
        argv = ["sh", "-c", script]
        return {"do": "run", "argv": argv, "cwd": self.root, "env": {}, "deadline": 20, **more}

    def mkdir(self, path: str) -> dict[str, object]:
        return {"do": "mkdir", "path": f"{self.root}/{path}", "mode": "0755"}

    def remove(self, path: str) -> dict[str, object]:
        return {"do": "remove", "path": f"{self.root}/{path}"}

    def link_live(self, version: str) -> dict[str, object]:
        return {"do": "link", "path": self.layout.live, "to": f"releases/{version}"}

    def test_steps_run_in_order_and_the_end_says_what_is_live(self) -> None:
        events = self.submit(
            self.plan(
                step("build.a", "build", self.mkdir("releases/v1")),
                step("build.b", "build", self.shell("echo one; echo two >&2; echo 42", capture="answer")),
                step("switch.live", "switch", self.link_live("v1")),
            )
        )
        done = [event["id"] for event in events if event["type"] == "step" and event["state"] == "done"]
        self.assertEqual(done, ["build.a", "build.b", "switch.live"])
        self.assertEqual(events[0]["type"], "hello")
        end = events[-1]
        self.assertEqual([end["outcome"], end["switched"], end["live"]], ["done", True, "v1"])
        state = self.look()
        self.assertEqual([state["live"], state["next"], state["notes"]["answer"]], ["v1", 2, "42"])
        self.assertIsNone(state["unfinished"])

    def test_a_failed_step_is_undone_with_those_before_it_newest_first(self) -> None:
        events = self.submit(
            self.plan(
                step("build.a", "build", self.mkdir("releases/v1"), undo=[self.remove("releases/v1")]),
                step("state.b", "state", self.mkdir("b"), undo=[self.remove("b")], undoUntil="migrate"),
                step(
                    "migrate.c", "migrate", self.shell("echo broken >&2; exit 3"), undo=[self.shell("true")]
                ),
            )
        )
        undone = [event["id"] for event in events if event["type"] == "undo" and event["state"] == "done"]
        self.assertEqual(undone, ["migrate.c", "build.a"], "state.b is not undone once migrate has begun")
        failure = events[-1]["failure"]
        self.assertEqual(
            [failure["step"], failure["status"], failure["output"]], ["migrate.c", 3, ["broken"]]
        )
        self.assertEqual(os.listdir(self.layout.releases), [])
        self.assertTrue(os.path.isdir(f"{self.root}/b"))
        self.assertEqual(self.look()["next"], 2, "the number is used up")

    def test_an_undo_that_fails_does_not_stop_the_others(self) -> None:
        events = self.submit(
            self.plan(
                step("build.a", "build", self.mkdir("a"), undo=[self.remove("a")]),
                step("build.b", "build", self.mkdir("b"), undo=[self.shell("exit 1"), self.remove("b")]),
                step("build.c", "build", self.shell("exit 1")),
            )
        )
        undone = {event["id"]: event["state"] for event in events if event["type"] == "undo"}
        self.assertEqual(undone, {"build.b": "failed", "build.a": "done"})
        self.assertFalse(os.path.exists(f"{self.root}/a") or os.path.exists(f"{self.root}/b"))

    def test_after_the_switch_a_failed_watch_links_back(self) -> None:
        self.submit(self.plan(step("switch.live", "switch", self.link_live("v1")), version="v1"))
        os.makedirs(f"{self.layout.releases}/v1")
        events = self.submit(
            self.plan(
                step("switch.live", "switch", self.link_live("v2"), undo=[self.link_live("v1")]),
                step("watch.a", "watch", self.shell("exit 1")),
            )
        )
        end = events[-1]
        self.assertEqual([end["outcome"], end["switched"], end["live"]], ["failed", True, "v1"])

    def test_tolerant_steps_and_drain_only_warn(self) -> None:
        events = self.submit(
            self.plan(
                step("build.a", "build", self.shell("exit 1"), tolerant=True),
                step("drain.b", "drain", self.shell("exit 1")),
                step("prune.c", "prune", self.remove("../outside")),
            )
        )
        self.assertEqual([event["state"] for event in events if event["type"] == "step"].count("warned"), 3)
        self.assertEqual(events[-1]["outcome"], "done")

    def test_cancel_before_the_switch_stops_the_command_and_undoes(self) -> None:
        client = self.submitted(
            self.plan(
                step("build.a", "build", self.mkdir("a"), undo=[self.remove("a")]),
                step("build.b", "build", self.shell("echo $$ > pid; exec sleep 30")),
            )
        )
        hello = self.next_event(client, lambda event: event["type"] == "hello")
        wait_for(lambda: os.path.exists(f"{self.root}/pid") and self.read("pid").strip())
        self.command("cancel", "--id", hello["id"]).communicate()
        end = self.next_event(client, lambda event: event["type"] == "end")
        self.assertEqual(end["outcome"], "cancelled")
        self.assertFalse(os.path.exists(f"{self.root}/a"))
        self.assertFalse(is_alive(int(self.read("pid"))))

    def test_a_migration_is_waited_for_before_a_cancel(self) -> None:
        client = self.submitted(
            self.plan(
                step("migrate.a", "migrate", self.shell("sleep 0.5; echo whole > migrated")),
                step("start.b", "start", self.mkdir("never")),
            )
        )
        hello = self.next_event(client, lambda event: event["type"] == "hello")
        self.next_event(client, lambda event: event["type"] == "step")
        os.kill(hello["pid"], signal.SIGTERM)
        end = self.next_event(client, lambda event: event["type"] == "end")
        self.assertEqual(end["outcome"], "cancelled")
        self.assertEqual(self.read("migrated"), "whole\n")
        self.assertFalse(os.path.exists(f"{self.root}/never"))

    def test_a_cancel_from_the_switch_on_comes_too_late(self) -> None:
        client = self.submitted(
            self.plan(
                step("switch.live", "switch", self.link_live("v1")),
                step("watch.a", "watch", self.shell("sleep 0.5")),
            )
        )
        hello = self.next_event(client, lambda event: event["type"] == "hello")
        self.next_event(client, lambda event: event.get("id") == "watch.a")
        self.command("cancel", "--id", hello["id"]).communicate()
        self.assertEqual(self.next_event(client, lambda event: event["type"] == "end")["outcome"], "done")

    def test_a_passed_deadline_ends_the_whole_group(self) -> None:
        script = "sleep 60 & echo $! > child; wait"
        events = self.submit(self.plan(step("build.a", "build", self.shell(script, deadline=0.4))))
        self.assertEqual(events[-1]["failure"]["reason"], "deadline")
        self.assertFalse(is_alive(int(self.read("child"))))

    def test_what_a_command_leaves_in_the_background_is_ended(self) -> None:
        self.submit(self.plan(step("build.a", "build", self.shell("sleep 60 & echo $! > child"))))
        self.assertFalse(is_alive(int(self.read("child"))))

    def test_a_plan_made_for_another_state_is_stale(self) -> None:
        plan = self.plan(step("build.a", "build", self.mkdir("a")))
        events = self.submit({**plan, "expects": {"live": "v7", "next": 8}})
        self.assertEqual(events[-1]["outcome"], "stale")
        self.assertFalse(os.path.exists(f"{self.root}/a"))
        self.assertEqual(self.look()["runs"], [])

    def test_a_second_run_is_locked_out_and_told_who_is_there(self) -> None:
        plan = self.plan(step("build.a", "build", self.shell("sleep 1")))
        client = self.submitted(plan)
        hello = self.next_event(client, lambda event: event["type"] == "hello")
        end = self.submit(plan)[-1]
        self.assertEqual(end["outcome"], "locked")
        self.assertEqual([end["holder"]["id"], end["holder"]["attached"]], [hello["id"], True])
        self.assertEqual(self.look()["holder"]["pid"], hello["pid"])
        self.assertEqual(self.next_event(client, lambda event: event["type"] == "end")["outcome"], "done")
        self.assertIsNone(self.look()["holder"])

    def test_a_client_that_goes_away_changes_nothing(self) -> None:
        plan = self.plan(step("build.a", "build", self.shell("sleep 0.4; echo whole > file")))
        for number in (signal.SIGHUP, signal.SIGKILL):
            client = self.submitted({**plan, "expects": self.expects()})
            hello = self.next_event(client, lambda event: event["type"] == "hello")
            os.kill(client.pid, number)
            events = self.finished(self.command("attach", "--id", hello["id"]))
            self.assertEqual([events[0]["type"], events[-1]["outcome"]], ["hello", "done"])
            self.assertEqual(self.read("file"), "whole\n")
            os.unlink(f"{self.root}/file")

    def expects(self) -> dict[str, object]:
        state = self.look()
        return {"live": state["live"], "next": state["next"]}

    def test_a_client_follows_a_killed_runner_by_the_next_one(self) -> None:
        client = self.submitted(
            self.plan(
                step("build.a", "build", self.mkdir("a"), undo=[self.remove("a")]),
                step("build.b", "build", self.shell("sleep 0.5")),
            )
        )
        hello = self.next_event(client, lambda event: event["type"] == "hello")
        self.next_event(client, lambda event: event.get("id") == "build.b")
        os.kill(hello["pid"], signal.SIGKILL)
        recovered = self.next_event(client, lambda event: event["type"] == "recover")
        self.assertEqual(recovered["decision"], "undo")
        self.assertEqual(self.next_event(client, lambda event: event["type"] == "end")["outcome"], "failed")
        self.assertFalse(os.path.exists(f"{self.root}/a"))

    def test_output_is_capped_but_the_log_has_all(self) -> None:
        script = "i=0; while [ $i -lt 5100 ]; do echo $i; i=$((i+1)); done; head -c 3000 /dev/zero | tr '\\0' x; printf '\\377'"
        events = self.submit(
            self.plan(step("build.a", "build", self.shell(script, log=f"{self.root}/logs/b.log")))
        )
        lines = [event["line"] for event in events if event["type"] == "output"]
        self.assertEqual(len(lines), 5001)
        self.assertIn("the log has the rest", lines[-1])
        self.assertEqual(
            os.path.getsize(f"{self.root}/logs/b.log"), len("".join(f"{i}\n" for i in range(5100))) + 3001
        )

    def test_what_failed_is_kept_before_a_long_why(self) -> None:
        script = "echo first; echo 'error: Failed to build x'; i=0; while [ $i -lt 300 ]; do echo $i; i=$((i+1)); done; exit 1"
        output = self.submit(self.plan(step("build.a", "build", self.shell(script))))[-1]["failure"]["output"]
        self.assertEqual(
            [output[0], output[1], output[-1], len(output)], ["error: Failed to build x", "101", "299", 200]
        )

    def test_a_command_gets_the_releases_environment_and_nothing_of_the_shell(self) -> None:
        os.environ["SHELL_LEAK"] = "1"
        self.addCleanup(os.environ.pop, "SHELL_LEAK")
        env_file = self.write("env", 'A="from file"\nB=two\n')
        action = {**self.shell("env"), "env": {"B": "fixed"}, "envFile": env_file}
        events = self.submit(self.plan(step("build.a", "build", action)))
        lines = [event["line"] for event in events if event["type"] == "output"]
        self.assertIn("A=from file", lines)
        self.assertIn("B=fixed", lines)
        self.assertFalse([line for line in lines if line.startswith("SHELL_LEAK")])

    def test_no_descriptor_reaches_a_command(self) -> None:
        action = self.shell("ls /proc/self/fd | tr '\\n' ' '", stdin="in")
        self.blobs["in"] = b""
        events = self.submit(self.plan(step("build.a", "build", action)))
        line = next(event["line"] for event in events if event["type"] == "output")
        self.assertEqual(line.split(), ["0", "1", "2", "3"], "3 is the folder that ls reads")

    def test_a_torn_journal_line_is_survived(self) -> None:
        self.submit(self.plan(step("build.a", "build", self.mkdir("a"))))
        with open(self.layout.journal, "a", encoding="utf-8") as file:
            file.write('{"type":"fact","na')
        self.assertEqual(
            self.submit(self.plan(step("build.a", "build", self.mkdir("b"))))[-1]["outcome"], "done"
        )
        self.assertEqual([run["outcome"] for run in self.look()["runs"]], ["done", "done"])

    def test_recover_has_nothing_to_do_where_nothing_was_torn(self) -> None:
        self.assertEqual(self.recover()[-1]["outcome"], "done")

    def test_an_unknown_action_is_a_bug_that_is_undone(self) -> None:
        events = self.submit(self.plan(step("build.a", "build", {"do": "../run"})))
        self.assertEqual(events[-1]["failure"]["reason"], "bug")
        self.assertEqual(json.loads(json.dumps(self.look()["runs"][0]["failure"]))["step"], "build.a")

    def test_a_run_without_its_plan_is_given_up(self) -> None:
        client = self.submitted(self.plan(step("build.a", "build", self.shell("sleep 0.5"))))
        hello = self.next_event(client, lambda event: event["type"] == "hello")
        self.next_event(client, lambda event: event["type"] == "step")
        client.kill()
        kill(hello["pid"])
        os.unlink(f"{self.layout.inboxes}/{hello['id']}/plan.json")
        self.assertEqual(
            self.submit(self.plan(step("build.a", "build", self.mkdir("a"))))[-1]["outcome"], "done"
        )
        self.assertEqual([run["outcome"] for run in self.look()["runs"]], ["failed", "done"])
