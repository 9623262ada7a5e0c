"""The activation's chapters, in their order (src/model/plan-schema.ts)."""

from __future__ import annotations

PHASES = (
    "lock",
    "preflight",
    "build",
    "state",
    "snapshot",
    "migrate",
    "start",
    "gate",
    "switch",
    "workers",
    "watch",
    "drain",
    "prune",
)


def has_come(phase: str, to: str) -> bool:
    """Whether `phase` is `to` or a later one."""
    return PHASES.index(phase) >= PHASES.index(to)
