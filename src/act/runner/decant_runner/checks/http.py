"""The gate: only an HTTP answer on the candidate's own socket is health."""

from __future__ import annotations

import time
from typing import NamedTuple

from decant_runner.candidate import RESTARTS, Candidate
from decant_runner.context import Check, Context
from decant_runner.failure import Failure
from decant_runner.visitor import Seen, Visitor

# An app that listens and says no is not asked as often as one that does not listen yet.
SAID_NO_EVERY = 0.5
# A missing page does not heal by waiting, nor does an unhandled error; 502 to 504 may, until the deadline.
PATIENCE = {4: 2.0, 500: 10.0}


class Verdict(NamedTuple):
    passes: bool
    seen: Seen
    warning: str | None = None


def ask(check: Check, context: Context) -> str | None:
    candidate = Candidate(check.get("process"), context)
    gate = Gate(check, context, candidate)
    verdict = gate.wait(time.monotonic() + check["deadline"])
    if check["again"] > 0:
        context.pause(check["again"])
        candidate.look_now()
        candidate.check_alive(restarts=1)
        verdict = gate.wait(time.monotonic() + 1)
    return verdict.warning


class Gate:
    def __init__(self, check: Check, context: Context, candidate: Candidate) -> None:
        self._check = check
        self._context = context
        self._candidate = candidate
        self._answered = False
        self._has_health = any(request["accept"] == "health" for request in check["requests"])

    def wait(self, until: float) -> Verdict:
        """The first verdict that passes. Raises Failure."""
        same_since = (0, time.monotonic())
        while True:
            self._tick()
            verdict = self._verdict(until)
            if verdict.passes:
                return verdict
            now, status = time.monotonic(), verdict.seen.status
            self._answered = self._answered or status != 0
            if status != same_since[0]:
                same_since = (status, now)
            patience = PATIENCE.get(status, PATIENCE.get(status // 100, float("inf")))
            if now >= until or now - same_since[1] > patience:
                raise self._failure(verdict.seen)
            pause = max(self._check["every"], SAID_NO_EVERY if verdict.seen.listens else 0)
            self._context.pause(min(pause, max(0.0, until - now)))

    def _verdict(self, until: float) -> Verdict:
        """Of the first host that passes; of the first host at all if none does."""
        verdicts: list[Verdict] = []
        for host in self._check["hosts"]:
            verdict = self._verdict_for(host, until)
            if verdict.passes and verdict.warning is None:
                return verdict
            verdicts.append(verdict)
            if verdict.seen.status == 0:
                break
        return next((verdict for verdict in verdicts if verdict.passes), verdicts[0])

    def _verdict_for(self, host: str, until: float) -> Verdict:
        visitor = self._visitor(self._check["socket"], host)
        warning = None
        for request in self._check["requests"]:
            seen = visitor.get(request["path"], max(0.1, until - time.monotonic()))
            if seen.status == 404 or seen.is_refusal or seen.status == 400:
                worse = self._worse_than_live(seen, host)
                if worse:
                    return Verdict(False, worse)
            if seen.passes(request["accept"]):
                continue
            if request["accept"] == "health" or not seen.is_refusal:
                return Verdict(False, seen)
            if not self._has_health:
                verdict = self._fallback(visitor, seen, until, host)
                if not verdict.passes:
                    return verdict
                warning = verdict.warning
        return Verdict(True, seen, warning)

    def _fallback(self, visitor: Visitor, first: Seen, until: float, host: str) -> Verdict:
        """Other routes of the app, when `/` is none of them; those of the live release too, which may have been lost."""
        asked = [first]
        for path in self._check["fallbacks"]:
            seen = visitor.get(path, max(0.1, until - time.monotonic()))
            if seen.is_page and seen.status != 400:
                return Verdict(True, seen)
            if not seen.is_refusal and not seen.is_page:
                return Verdict(False, seen)
            asked.append(seen)
        for seen in asked[1:]:
            worse = self._worse_than_live(seen, host)
            if worse:
                return Verdict(False, worse)
        if any(seen.is_page for seen in asked):
            return Verdict(True, first)
        said = ", ".join(f"{seen.path} {seen.status}" for seen in asked)
        return Verdict(True, first, f"warning: no route that was asked has a page: {said}")

    def _worse_than_live(self, seen: Seen, host: str) -> Seen | None:
        """Whether the live release has a page where the candidate has none."""
        if "baseline" not in self._check:
            return None
        live = self._visitor(self._check["baseline"], host).get(seen.path, 5.0)
        if 200 <= live.status < 400 or live.status in (401, 403):
            return seen._replace(what=f"{seen.what}, where the live release answers {live.status}")
        return None

    def _visitor(self, socket: str, host: str) -> Visitor:
        return Visitor(socket, host, self._check["hosts"], self._check["proto"], self._tick)

    def _tick(self) -> None:
        self._context.check_cancel()
        self._candidate.check_alive(self._check.get("ends", RESTARTS))
        if not self._answered:
            self._candidate.check_workers()

    def _failure(self, seen: Seen) -> Failure:
        reason = "check" if seen.status else "deadline"
        message = seen.message
        if not seen.status and "within" not in message:
            message = f"{message} within {self._check['deadline']:g} s"
        return Failure(reason, message, output=self._candidate.log_tail())
