"""Errors as the Query API tells them: `{"errors": [{"code", "message", "reason", "requestId"}]}`.

`code` is Neo4j's, so that its clients raise what they know; `reason` is the stable code of mscev. Of Neo4j's
own errors only those about the statement are told in its words: others name settings, files or hosts.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import orjson

from api.errors import status_of
from api.observe import note
from schema.errors import (
    AtCapacity,
    DatabaseRejected,
    DatabaseUnavailable,
    Ending,
    InvalidQuery,
    KeyRequired,
    LimitExceeded,
    MscevError,
    NotFound,
    Overloaded,
    QueryMemory,
    QueryTimeout,
    StatementRefused,
)

_CODES: Final[tuple[tuple[type[MscevError], str], ...]] = (
    (LimitExceeded, "Neo.ClientError.Request.LimitExceeded"),
    (StatementRefused, "Neo.ClientError.Security.Forbidden"),
    (InvalidQuery, "Neo.ClientError.Request.Invalid"),
    (NotFound, "Neo.ClientError.Request.Invalid"),
    (KeyRequired, "Neo.ClientError.Security.Unauthorized"),
    (Overloaded, "Neo.TransientError.Request.NoThreadsAvailable"),
    (AtCapacity, "Neo.TransientError.Request.NoThreadsAvailable"),
    (DatabaseUnavailable, "Neo.TransientError.General.DatabaseUnavailable"),
    (Ending, "Neo.TransientError.General.DatabaseUnavailable"),
    (QueryTimeout, "Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration"),
    (QueryMemory, "Neo.ClientError.General.TransactionOutOfMemoryError"),
)
_OTHER: Final = "Neo.DatabaseError.General.UnknownError"
_TIME: Final = "Neo.ClientError.Transaction.TransactionTimedOut"
_MEMORY: Final = ("OutOfMemoryError", "StackOverFlowError")
_TOLD: Final = frozenset(
    f"Neo.ClientError.{code}"
    for code in (
        "Procedure.ProcedureCallFailed",
        "Procedure.ProcedureNotFound",
        "Request.Invalid",
        "Statement.AccessMode",
        "Statement.ArgumentError",
        "Statement.ArithmeticError",
        "Statement.EntityNotFound",
        "Statement.ParameterMissing",
        "Statement.PropertyNotFound",
        "Statement.SemanticError",
        "Statement.SyntaxError",
        "Statement.TypeError",
    )
)
_MAX_MESSAGE: Final = 2_000


def from_neo4j(code: str, message: str, seconds: float) -> MscevError:
    """Return an error of Neo4j as one of ours, without what is nobody's business."""
    if code.startswith(_TIME):
        return QueryTimeout(
            f"the query took longer than {seconds:g} s and was ended; ask for less, or add a LIMIT",
            seconds=seconds,
        )
    if code.endswith(_MEMORY):
        return QueryMemory(
            "the query needed more memory than one may take and was ended; ask for less, or add a LIMIT"
        )
    if code in _TOLD:
        return DatabaseRejected(message[:_MAX_MESSAGE], neo4j_code=code, client=True)
    client = code.startswith("Neo.ClientError.")
    return DatabaseRejected(f"Neo4j refused the request with {code}", neo4j_code=code, client=client)


def masked(error: MscevError, seconds: float) -> MscevError:
    """Return an error of the connection as one that may be told."""
    if isinstance(error, DatabaseUnavailable) and "setting" not in error.values:
        return DatabaseUnavailable("Neo4j does not answer; try again in a moment")
    if type(error) is DatabaseRejected:
        return from_neo4j(str(error.values.get("neo4j_code") or _OTHER), error.message, seconds)
    return error


def told(error: MscevError) -> dict[str, Any]:
    """Return an error as an item of `errors`."""
    known = next((code for type_, code in _CODES if isinstance(error, type_)), _OTHER)
    code = error.values.get("neo4j_code") or known
    return {"code": code, "message": error.message, "reason": error.code, **note.named()}


def status_for(error: MscevError) -> int:
    """Return the HTTP status of an error."""
    if error.values.get("status") is not None:
        return int(str(error.values["status"]))
    if isinstance(error, QueryMemory) or error.values.get("client"):
        return 400
    return status_of(error)


def headers_for(error: MscevError) -> Mapping[str, str]:
    """Return what tells a client when to come again."""
    if isinstance(error, Overloaded):
        return {"retry-after": "1"}
    return {"retry-after": "5"} if isinstance(error, DatabaseUnavailable) else {}


def as_body(error: MscevError) -> bytes:
    """Return an error as the body of an answer."""
    return orjson.dumps({"errors": [told(error)]})


def as_event(error: MscevError) -> bytes:
    """Return an error as the last event of a stream of JSON lines."""
    return orjson.dumps({"$event": "Error", "_body": [told(error)]}) + b"\n"
