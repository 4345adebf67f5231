"""One line of the doctor."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How bad it is; only `FAIL` makes the command fail."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, what was found, and what to do; nothing to do where all is well."""

    level: Level
    what: str
    found: str
    todo: str = ""


def ok(what: str, found: str) -> Finding:
    """All is well."""
    return Finding(Level.OK, what, found)


def warn(what: str, found: str, todo: str) -> Finding:
    """It works, but not as it should."""
    return Finding(Level.WARN, what, found, todo)


def fail(what: str, found: str, todo: str) -> Finding:
    """It does not work."""
    return Finding(Level.FAIL, what, found, todo)
