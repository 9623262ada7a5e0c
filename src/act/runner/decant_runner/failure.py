"""Why a step failed."""

from __future__ import annotations

from typing import Any

# The most that is told of a command's or a candidate's output.
LINES = 200


class Failure(Exception):
    """`StepFailure` of src/model/event.ts; `reason` is one of its words."""

    def __init__(
        self, reason: str, message: str, status: int | None = None, output: list[str] | None = None
    ) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message
        self.status = status
        self.output = output

    def as_data(self) -> dict[str, Any]:
        data: dict[str, Any] = {"reason": self.reason, "message": self.message}
        if self.status is not None:
            data["status"] = self.status
        if self.output is not None:
            data["output"] = self.output[-LINES:]
        return data


class Cancelled(Failure):
    """The step was given up because somebody asked for it."""

    def __init__(self) -> None:
        super().__init__("cancelled", "cancelled on request")
