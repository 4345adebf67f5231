"""Neo4j's answers on their way to a client: its bytes, under caps of rows and bytes.

JSON is kept until it is whole, so that what breaks a cap or fails half-way is an error and never a cut body.
JSON lines are handed on event by event, and end in an Error event.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, Final

import orjson

from api.cypher.problems import as_event, from_neo4j
from graph.queryapi import Reply
from schema.errors import LimitExceeded, MscevError

_ERRORS: Final = b'"errors":['
_ERROR_EVENT: Final = b'"$event":"Error"'


@dataclass(frozen=True, slots=True)
class Caps:
    """What one answer may hold and how long it may take; each is a setting."""

    rows: int
    size: int
    seconds: float


@dataclass(slots=True)
class Tally:
    """What an answer held, for the log; rows of JSON are counted where somebody wants to know (`counts`)."""

    counts: bool = False
    rows: int | None = None
    size: int = 0
    error: MscevError | None = None


def is_lines(reply: Reply) -> bool:
    """Say whether an answer is a stream of JSON lines."""
    return "jsonl" in reply.headers.get("content-type", "")


async def whole(reply: Reply, caps: Caps, tally: Tally) -> bytes:
    """Return a JSON answer; raise what Neo4j told as an error, or `LimitExceeded`."""
    parts: list[bytes] = []
    async for chunk in reply.chunks():
        tally.size += len(chunk)
        if tally.size > caps.size:
            raise _too_large("bytes", caps.size)
        parts.append(chunk)
    body = b"".join(parts)
    if reply.status >= 300 or _ERRORS in body:
        _raise_errors(body, reply.status, caps)
    # each row is a list: no more brackets than allowed rows, no more rows
    if tally.counts or body.count(b"[") > caps.rows:
        rows = len(_object(body).get("data", {}).get("values", ()))
        tally.rows = rows
        if rows > caps.rows:
            raise _too_large("rows", caps.rows)
    return body


async def lines(reply: Reply, caps: Caps, tally: Tally) -> AsyncIterator[bytes]:
    """Yield whole events; the last one is a Summary or an Error."""
    rest = b""
    events = -1  # the first one is the Header
    async for chunk in reply.chunks():
        tally.size += len(chunk)
        head, newline, rest = (rest + chunk).rpartition(b"\n")
        if not newline:
            if tally.size > caps.size:
                yield _ended(tally, _too_large("bytes", caps.size))
                return
            continue
        complete = head + newline
        events += complete.count(b"\n")
        tally.rows = min(max(events, 0), caps.rows)
        broken = None
        if events > caps.rows:
            complete, broken = _cut(complete, events - caps.rows, caps)
        elif tally.size > caps.size:
            broken = _too_large("bytes", caps.size)
            complete = b""
        if _ERROR_EVENT in complete:
            complete, broken = _without_error(complete, caps, broken)
        if complete:
            yield complete
        if broken is not None:
            yield _ended(tally, broken)
            return
    tally.rows = max(events - 1, 0)  # without the Summary


def _ended(tally: Tally, error: MscevError) -> bytes:
    tally.error = error
    return as_event(error)


def _cut(complete: bytes, over: int, caps: Caps) -> tuple[bytes, MscevError | None]:
    """Take off the events beyond the cap, unless the one beyond is the Summary or an Error."""
    events = complete.splitlines(keepends=True)
    if over == 1 and b'"$event":"Record"' not in events[-1][:30]:
        return complete, None
    return b"".join(events[:-over]), _too_large("rows", caps.rows)


def _without_error(complete: bytes, caps: Caps, broken: MscevError | None) -> tuple[bytes, MscevError | None]:
    """Take off Neo4j's Error event; what only looks like one, inside a value, stays."""
    events = complete.splitlines(keepends=True)
    for at, event in enumerate(events):
        if event.lstrip().startswith(b'{"$event":"Error"'):
            return b"".join(events[:at]), _first(_object(event).get("_body"), caps)
    return complete, broken


def _raise_errors(body: bytes, status: int, caps: Caps) -> None:
    found = _object(body).get("errors")
    if found or status >= 300:
        raise _first(found, caps, status)


def _first(errors: Any, caps: Caps, status: int = 202) -> MscevError:
    first = errors[0] if isinstance(errors, list) and errors and isinstance(errors[0], dict) else {}
    code = str(first.get("code", "Neo.DatabaseError.General.UnknownError"))
    error = from_neo4j(code, str(first.get("message", "")), caps.seconds)
    if status in {404, 406, 415}:
        error.values["status"] = status
    return error


def _object(body: bytes) -> dict[str, Any]:
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError:
        return {}
    return value if isinstance(value, dict) else {}


def _too_large(limit: str, allowed: int) -> LimitExceeded:
    return LimitExceeded(
        f"{limit}: the answer has more than the {allowed} that are allowed; ask for less, or page with "
        "SKIP and LIMIT",
        limit=limit,
        allowed=allowed,
    )
