"""What a request may say, and what is sent on for it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import orjson

from schema.errors import InvalidQuery

FIELDS: Final[Mapping[str, type]] = {
    "statement": str,
    "parameters": dict,
    "includeCounters": bool,
    "bookmarks": list,
    "accessMode": str,
    "maxExecutionTime": int,
}
_WANTED: Final = {str: "a text", dict: "an object", bool: "true or false", list: "a list", int: "an integer"}
MODES: Final = ("READ", "WRITE")
MAX_BOOKMARKS: Final = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that keeps to the form; `fields` without what is decided here."""

    statement: str | None
    fields: Mapping[str, Any]
    seconds: float

    def body(self, *, opens: bool, limits_time: bool) -> bytes:
        """Return the body for Neo4j; access mode and time are set where a transaction opens."""
        sent: dict[str, Any] = dict(self.fields)
        if self.statement is not None:
            sent["statement"] = self.statement
        if opens:
            sent["accessMode"] = "Read"
            if limits_time:
                sent["maxExecutionTime"] = math.ceil(self.seconds)
        return orjson.dumps(sent) if sent else b""


def read(body: bytes, seconds: float, *, needs_statement: bool) -> Asked:
    """Return what a body asks for; `seconds` is the longest time.

    What is sent on is made from what was understood, so that a doubled key or a strange encoding cannot say
    one thing here and another there. Access mode is always Read, whatever is asked for.
    """
    given = _object(body, needs_statement=needs_statement)
    for name, value in given.items():
        if name not in FIELDS:
            raise InvalidQuery(f"the field {name!r} is not allowed; allowed are {', '.join(FIELDS)}")
        type_ = FIELDS[name]
        if value is not None and (not isinstance(value, type_) or (type_ is int and isinstance(value, bool))):
            raise InvalidQuery(f"{name} must be {_WANTED[type_]}")
    mode = given.get("accessMode")
    if mode is not None and mode.upper() not in MODES:
        raise InvalidQuery("accessMode must be Read; that is what every statement here gets")
    bookmarks = given.get("bookmarks") or []
    if len(bookmarks) > MAX_BOOKMARKS or not all(isinstance(mark, str) for mark in bookmarks):
        raise InvalidQuery(f"bookmarks must be a list of at most {MAX_BOOKMARKS} texts")
    statement = given.get("statement")
    if needs_statement and not statement:
        raise InvalidQuery("statement must be a text that is not empty")
    asked_seconds = given.get("maxExecutionTime")
    if asked_seconds is not None and asked_seconds < 1:
        raise InvalidQuery("maxExecutionTime must be 1 s or more")
    fields = {
        name: given[name]
        for name in ("parameters", "includeCounters", "bookmarks")
        if given.get(name) is not None
    }
    return Asked(statement or None, fields, min(seconds, asked_seconds or seconds))


def _object(body: bytes, *, needs_statement: bool) -> dict[str, Any]:
    if not body.strip() and not needs_statement:
        return {}
    try:
        given = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise InvalidQuery(f"the body is not JSON: {error}") from None
    if not isinstance(given, dict):
        raise InvalidQuery("the body must be one JSON object")
    return given
