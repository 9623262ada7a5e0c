"""The gate and the watch, against real servers on unix sockets."""

from __future__ import annotations

import threading
import time
from typing import Any

from decant_runner.checks import http as gate
from decant_runner.checks import watch
from decant_runner.failure import Cancelled, Failure
from tests.app import App, Reply
from tests.place import Place

PAGE = {"path": "/", "accept": "page"}
HEALTH = {"path": "/health", "accept": "health"}


class GateTest(Place):
    def app(self, replies: dict[str, Reply], name: str = "app") -> App:
        return App(f"{self.run_folder}/{name}.sock", replies, self)

    def ask(self, *requests: dict[str, str], **more: Any) -> str | None:
        check = {
            "probe": "http",
            "socket": f"{self.run_folder}/app.sock",
            "hosts": ["127.0.0.1", "localhost"],
            "proto": "http",
            "requests": list(requests or [PAGE]),
            "fallbacks": [],
            "again": 0,
            "every": 0.02,
            "deadline": 0.6,
            **more,
        }
        return gate.ask(check, self.context())

    def refused(self, *requests: dict[str, str], **more: Any) -> Failure:
        with self.assertRaises(Failure) as raised:
            self.ask(*requests, **more)
        return raised.exception

    def test_what_a_page_may_answer(self) -> None:
        for status in (200, 204, 301, 400, 401, 403):
            with self.subTest(status):
                app = self.app({"/": status})
                self.assertIsNone(self.ask())
                app.stop()

    def test_a_page_that_says_500_fails_and_the_message_names_all_of_it(self) -> None:
        self.app({"/": 500})
        failure = self.refused()
        self.assertEqual([failure.reason, failure.message], ["check", "GET / answered 500 (Host: 127.0.0.1)"])

    def test_health_is_2xx_only_and_the_page_counts_too(self) -> None:
        for health, page, passes in (
            (200, 200, True),
            (200, 404, True),
            (302, 200, False),
            (401, 200, False),
            (200, 500, False),
        ):
            with self.subTest(f"{health} {page}"):
                app = self.app({"/health": health, "/": page})
                if passes:
                    self.assertIsNone(self.ask(HEALTH, PAGE))
                else:
                    self.refused(HEALTH, PAGE)
                app.stop()

    def test_health_that_becomes_well_in_time_passes(self) -> None:
        until = time.monotonic() + 0.3
        self.app({"/health": lambda _: 200 if time.monotonic() > until else 503, "/": 200})
        self.assertIsNone(self.ask(HEALTH, PAGE, deadline=5))

    def test_an_app_that_comes_up_late_passes(self) -> None:
        timer = threading.Timer(0.2, lambda: self.app({"/": 200}))
        timer.start()
        self.assertIsNone(self.ask(deadline=5))
        timer.join()

    def test_nobody_there_is_a_deadline(self) -> None:
        failure = self.refused(deadline=0.2)
        self.assertEqual(failure.reason, "deadline")
        self.assertIn("GET / got no answer", failure.message)

    def test_an_app_that_never_answers_is_a_deadline(self) -> None:
        late = threading.Event()
        self.app({"/": lambda _: late.wait(5) and 200})
        self.assertEqual(self.refused(deadline=0.3).reason, "deadline")
        late.set()

    def test_the_second_host_is_asked_when_the_first_gets_404(self) -> None:
        app = self.app({"/": lambda request: 200 if request.headers["Host"] == "localhost" else 404})
        self.assertIsNone(self.ask())
        self.assertEqual([host for _, host, _ in app.asked], ["127.0.0.1", "localhost"])

    def test_fallbacks_are_asked_when_there_is_no_page_at_the_root(self) -> None:
        app = self.app({"/b": 200})
        self.assertIsNone(self.ask(fallbacks=["/a", "/b"]))
        self.assertEqual([path for path, _, _ in app.asked], ["/", "/a", "/b"])

    def test_a_broken_fallback_fails(self) -> None:
        self.app({"/b": 500})
        self.assertIn("GET /b answered 500", self.refused(fallbacks=["/b"]).message)

    def test_only_404_passes_with_a_warning_that_names_the_routes(self) -> None:
        self.app({})
        detail = self.ask(fallbacks=["/a"]) or ""
        self.assertIn("warning", detail)
        self.assertIn("/ 404, /a 404", detail)

    def test_404_where_the_live_release_has_a_page_fails(self) -> None:
        self.app({"/b": 200})
        self.app({"/": 200}, "live")
        failure = self.refused(fallbacks=["/b"], baseline=f"{self.run_folder}/live.sock")
        self.assertIn("where the live release answers 200", failure.message)

    def test_404_where_the_live_release_has_none_passes(self) -> None:
        self.app({"/b": 200})
        self.app({}, "live")
        self.assertIsNone(self.ask(fallbacks=["/b"], baseline=f"{self.run_folder}/live.sock"))

    def test_an_update_that_lost_its_pages_fails(self) -> None:
        for status in (404, 400):
            with self.subTest(status):
                lost = self.app({"/api/items": status})
                live = self.app({"/api/items": 200}, "live")
                failure = self.refused(fallbacks=["/api/items"], baseline=f"{self.run_folder}/live.sock")
                self.assertIn("GET /api/items answered", failure.message)
                self.assertIn("where the live release answers 200", failure.message)
                lost.stop()
                live.stop()

    def test_an_update_may_drop_one_page_of_several(self) -> None:
        self.app({"/b": 200})
        self.app({"/a": 200, "/b": 200}, "live")
        self.assertIsNone(self.ask(fallbacks=["/a", "/b"], baseline=f"{self.run_folder}/live.sock"))

    def test_one_redirect_to_ourselves_is_followed(self) -> None:
        for location in ("/login", "http://localhost:8000/login", "//127.0.0.1/login"):
            with self.subTest(location):
                app = self.app({"/": (302, location), "/login": 500})
                self.assertIn("answered 302 to /login, which answered 500", self.refused().message)
                app.stop()

    def test_a_redirect_to_somebody_else_passes(self) -> None:
        self.app({"/": (302, "https://login.example.com/login"), "/login": 500})
        self.assertIsNone(self.ask())

    def test_an_app_that_wants_https_gets_it(self) -> None:
        def reply(request: Any) -> Reply:
            wants = request.headers["X-Forwarded-Proto"] != "https"
            return (301, f"https://{request.headers['Host']}/health") if wants else 200

        self.app({"/health": reply})
        self.assertIsNone(self.ask(HEALTH))

    def test_a_first_release_is_asked_again(self) -> None:
        answers = [200]
        self.app({"/": lambda _: answers.pop() if answers else 500})
        self.assertIn("500", self.refused(again=0.1).message)

    def test_a_cancel_ends_the_wait(self) -> None:
        context = self.context()
        open(context.inbox.cancel, "w").close()
        with self.assertRaises(Cancelled):
            gate.ask(
                {
                    "socket": "/nowhere",
                    "hosts": ["x"],
                    "proto": "http",
                    "requests": [PAGE],
                    "again": 0,
                    "every": 0.02,
                    "deadline": 60,
                },
                context,
            )

    def test_the_log_of_the_candidate_is_told(self) -> None:
        self.write("logs/v1/web.log", "\n".join(f"line {i}" for i in range(300)))
        self.app({"/": 500})
        failure = self.refused(process="v1:web")
        self.assertEqual([len(failure.output or []), (failure.output or [""])[-1]], [200, "line 299"])


class WatchTest(Place):
    def watch(self, replies: dict[str, Reply], *requests: dict[str, str]) -> None:
        App(f"{self.run_folder}/app.sock", replies, self)
        check = {"socket": f"{self.run_folder}/app.sock", "hosts": ["127.0.0.1"], "proto": "http"}
        more = {"requests": list(requests or [PAGE]), "process": "v1:web", "every": 0.1, "lasts": 0.5}
        watch.ask({**check, **more}, self.context())

    def test_one_failure_alone_is_forgiven(self) -> None:
        answers = [200, 500, 200]
        self.watch({"/": lambda _: answers.pop(0) if answers else 200})
        self.assertEqual(answers, [])

    def test_two_failures_in_a_row_fail(self) -> None:
        answers = [200, 500, 500]
        with self.assertRaises(Failure):
            self.watch({"/": lambda _: answers.pop(0) if answers else 200})

    def test_a_failure_at_the_very_end_is_looked_at_again(self) -> None:
        begin = time.monotonic()
        with self.assertRaises(Failure):
            self.watch({"/": lambda _: 500 if time.monotonic() - begin > 0.42 else 200})

    def test_404_is_the_gates_business(self) -> None:
        self.watch({"/health": 200}, HEALTH, PAGE)
