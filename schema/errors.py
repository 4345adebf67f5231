"""Every error that mscev raises, in one tree.

MscevError                      has a message for a person, a stable `code`, and the values as attributes
├── InvalidInput                what a user gave is wrong: file, line, column, what is allowed (exit 1)
│   ├── InvalidRecord           a record breaks the schema
│   ├── InvalidQuery            a GraphQL or Cypher request breaks the contract
│   │   ├── LimitExceeded       a request or an answer is larger than a limit of the service
│   │   └── StatementRefused    a Cypher statement does what the read-only gate does not let through
│   └── InvalidSource           a source file cannot be read as what it should be
├── VerificationFailed          the article's file does not hold what the claims rest on (exit 1)
├── UsageError                  a command was called wrongly (exit 2)
│   ├── MissingExtra            an optional package is not installed
│   ├── Forbidden               whoever asks may not have this (HTTP 403)
│   ├── KeyRequired             an API key is needed, and none that is known was shown (HTTP 401)
│   └── NotFound                nothing has this name (HTTP 404)
└── ServiceError                a part of the service failed
    ├── ServerError             the managed Neo4j: install, start, stop
    │   ├── DownloadFailed      a jar could not be fetched or has the wrong checksum
    │   ├── PortTaken           a port is in use; names the port and the option
    │   ├── DiskFull            no space left where the graph or the downloads live
    │   ├── StoreCorrupt        Neo4j refuses to open its store
    │   └── ServerBusy          somebody else holds what was asked for
    ├── DatabaseUnavailable     Neo4j does not answer (HTTP 503)
    ├── DatabaseRejected        Neo4j answered with an error
    │   ├── QueryTimeout        a read took longer than the time limit, and was ended
    │   └── QueryMemory         a read needed more memory than one may take, and was ended
    ├── Overloaded              a client has too many requests under way (HTTP 429)
    │   └── RateLimited         a client asks too often (HTTP 429)
    ├── AtCapacity              the service has as many requests under way as it takes (HTTP 503)
    ├── Unsupported             the service lacks a rule for something in its own schema
    └── ForeignDatabase         the database holds nodes that are not ours; nothing was written
"""

from __future__ import annotations

from typing import ClassVar


class MscevError(Exception):
    """Root of the tree; `str(error)` is one line that says what to do."""

    code: ClassVar[str] = "INTERNAL"

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values


class InvalidInput(MscevError):
    """What a user gave is wrong."""

    code = "INVALID_INPUT"


class InvalidRecord(InvalidInput):
    """A record breaks the schema; `values` has field, given and allowed."""

    code = "INVALID_RECORD"


class InvalidQuery(InvalidInput):
    """A request breaks the contract."""

    code = "BAD_USER_INPUT"


class LimitExceeded(InvalidQuery):
    """A request or an answer is larger than a limit; `values` has limit, given and allowed."""

    code = "LIMIT_EXCEEDED"


class StatementRefused(InvalidQuery):
    """A statement is not let through; `values["refused"]` has what is not allowed."""

    code = "STATEMENT_REFUSED"


class InvalidSource(InvalidInput):
    """A source file cannot be read as what it should be; `values` has file, line and column."""

    code = "INVALID_SOURCE"


class VerificationFailed(MscevError):
    """Places in the article's file do not match the claims; `values["places"]` lists them."""

    code = "VERIFICATION_FAILED"


class UsageError(MscevError):
    """A command was called wrongly."""

    code = "USAGE"


class MissingExtra(UsageError):
    """An optional package is not installed; the message names the extra."""

    code = "MISSING_EXTRA"


class Forbidden(UsageError):
    """Whoever asks may not have this; the message says who may."""

    code = "FORBIDDEN"


class KeyRequired(UsageError):
    """An API key is needed, and none that is known was shown."""

    code = "UNAUTHENTICATED"


class NotFound(UsageError):
    """Nothing has this name; `values` has given and allowed."""

    code = "NOT_FOUND"


class ServiceError(MscevError):
    """A part of the service failed."""

    code = "SERVICE_ERROR"


class ServerError(ServiceError):
    """The managed Neo4j could not be installed, started or stopped."""

    code = "SERVER_ERROR"


class DownloadFailed(ServerError):
    """A jar could not be fetched or has the wrong checksum."""

    code = "DOWNLOAD_FAILED"


class PortTaken(ServerError):
    """A port is in use."""

    code = "PORT_TAKEN"


class DiskFull(ServerError):
    """No space is left."""

    code = "DISK_FULL"


class StoreCorrupt(ServerError):
    """Neo4j refuses to open its store."""

    code = "STORE_CORRUPT"


class ServerBusy(ServerError):
    """Somebody else holds what was asked for."""

    code = "SERVER_BUSY"


class DatabaseUnavailable(ServiceError):
    """Neo4j does not answer; callers see HTTP 503."""

    code = "DATABASE_UNAVAILABLE"


class DatabaseRejected(ServiceError):
    """Neo4j answered with an error; `values["neo4j_code"]` has its status code."""

    code = "DATABASE_REJECTED"


class QueryTimeout(DatabaseRejected):
    """A read took longer than the time limit; Neo4j has ended it."""

    code = "QUERY_TIMEOUT"


class QueryMemory(DatabaseRejected):
    """A read needed more memory than one may take; Neo4j has ended it."""

    code = "QUERY_MEMORY"


class Overloaded(ServiceError):
    """A client has too many requests under way; callers see HTTP 429."""

    code = "TOO_MANY_REQUESTS"


class AtCapacity(ServiceError):
    """The service has as many requests under way as it takes; callers see HTTP 503."""

    code = "AT_CAPACITY"


class RateLimited(Overloaded):
    """A client asks more often than it may; callers see HTTP 429."""

    code = "RATE_LIMITED"


class Unsupported(ServiceError):
    """The service lacks a rule for something in its own schema; the message names it."""

    code = "NOT_SUPPORTED"


class ForeignDatabase(ServiceError):
    """The database holds nodes that are not ours."""

    code = "FOREIGN_DATABASE"
