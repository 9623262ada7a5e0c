"""The watch, while the old release still runs: two failures in a row, or a dead process, fail."""

from __future__ import annotations

import time

from decant_runner.candidate import Candidate
from decant_runner.context import Check, Context
from decant_runner.failure import Failure
from decant_runner.visitor import Seen, Visitor

ANSWER_SECONDS = 10.0


def ask(check: Check, context: Context) -> None:
    candidate = Candidate(check["process"], context)
    until = time.monotonic() + check["lasts"]
    failed = False
    while True:
        left = until - time.monotonic()
        if left <= 0 and not failed:
            return
        context.pause(min(check["every"], max(0.0, left)) if left > 0 else 0.2)
        candidate.look_now()
        candidate.check_alive(restarts=1)
        seen = _problem(check, candidate)
        if seen is not None and failed:
            raise Failure("check", seen.message, output=candidate.log_tail())
        failed = seen is not None


def _problem(check: Check, candidate: Candidate) -> Seen | None:
    """What the first host answered, if no host gets all that it should."""
    problems = []
    for host in check["hosts"]:
        visitor = Visitor(check["socket"], host, check["hosts"], check["proto"], candidate.check_alive)
        problem = _problem_of(check, visitor)
        if problem is None:
            return None
        problems.append(problem)
    return problems[0]


def _problem_of(check: Check, visitor: Visitor) -> Seen | None:
    for request in check["requests"]:
        seen = visitor.get(request["path"], ANSWER_SECONDS)
        # The gate has judged pages that say 404; from here on they only must not get worse.
        if not seen.passes(request["accept"]) and not (request["accept"] == "page" and seen.is_refusal):
            return seen
    return None
