"""Connections to Neo4j: the drivers, and their errors in our tree.

The async driver serves the api, the sync one loaders and commands. Both run the same statements.
"""

from __future__ import annotations

import asyncio
import logging
import math
import time
import traceback
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any, Self, TypeVar, cast
from urllib.parse import urlsplit

import neo4j
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    ConnectionAcquisitionTimeoutError,
    DriverError,
    IncompleteCommit,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)

from graph.gate.text import as_of_text, explaining
from graph.gate.verdict import Explained
from graph.reads.info import PING, WRITER
from graph.statement import Statement
from graph.target import Target
from schema.errors import (
    DatabaseRejected,
    DatabaseUnavailable,
    InvalidQuery,
    LimitExceeded,
    MscevError,
    QueryTimeout,
    UsageError,
)

Transaction = neo4j.ManagedTransaction
T = TypeVar("T")
# Errors of use, such as a result that is not single, are ours to mend and pass through.
LOST_OR_REJECTED = (
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    IncompleteCommit,
    ConnectionAcquisitionTimeoutError,
    ConfigurationError,
)
RETRY_SECONDS = 2.0
LONG_SECONDS = 0.01  # up to here a look at the clock says it well enough
# how long a Neo4j that is well may take for the smallest question
PING_SECONDS = 3.0
_log = logging.getLogger("mscev.neo4j")
# what the driver tells of its attempts is for those who ask for logs
logging.getLogger("neo4j").addHandler(logging.NullHandler())
_LEAVING = (asyncio.CancelledError, KeyboardInterrupt, SystemExit, GeneratorExit)
_REFUSED = (
    "Neo.ClientError.Security.AuthenticationRateLimit",  # after three wrong passwords
    "Neo.ClientError.Security.CredentialsExpired",
)
_TIMED_OUT = ("TransactionTimedOut", "TransactionTimedOutClientConfiguration")
_QUIET = neo4j.NotificationMinimumSeverity.OFF


def as_ours(error: DriverError | Neo4jError, uri: str) -> MscevError:
    """Return the driver's error as one of ours: not reachable, or rejected."""
    if isinstance(error, AuthError) or getattr(error, "code", None) in _REFUSED:
        return DatabaseUnavailable(
            f"Neo4j at {uri} refuses the user name or password; set NEO4J_USERNAME and NEO4J_PASSWORD",
            uri=uri,
        )
    if isinstance(error, TransientError | DriverError):
        return _silent(uri)
    message = (error.message or str(error)).splitlines()[0]
    return DatabaseRejected(message, neo4j_code=error.code, client=isinstance(error, ClientError))


@contextmanager
def _read_address() -> Iterator[None]:
    """Tell of an address that is none; it may hold a password, so it is not told itself."""
    try:
        yield
    except (ConfigurationError, ValueError) as error:
        raise UsageError(
            "the address of Neo4j cannot be read; NEO4J_URI takes bolt://host:port, neo4j://host:port or "
            "neo4j+s://host:port"
        ) from error


def _without_path(uri: str) -> str:
    """Return an address of one server without a last slash; raise `ValueError` where it has a path."""
    if not uri.startswith("bolt"):
        return uri
    short = uri.removesuffix("/")
    if urlsplit(short).path:
        raise ValueError("an address of one server has no path")
    return short


class Database:
    """A sync connection; a context manager."""

    def __init__(self, target: Target) -> None:
        self.target = target
        with _read_address():
            self._driver = neo4j.GraphDatabase.driver(
                _without_path(target.uri),
                auth=target.auth,
                notifications_min_severity=_QUIET,
                connection_acquisition_timeout=20,
                connection_timeout=5,
                max_transaction_retry_time=5,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._driver.close()

    @contextmanager
    def _session(self, access: str) -> Iterator[neo4j.Session]:
        try:
            with self._driver.session(database=self.target.database, default_access_mode=access) as session:
                yield session
        except LOST_OR_REJECTED as error:
            raise as_ours(error, self.target.uri) from error
        except BaseException as error:
            broken = _of_driver(error)
            if broken is None:
                raise
            raise (as_ours(broken, self.target.uri) if isinstance(broken, DriverError) else broken) from error

    def value(self, statement: Statement, timeout: float | None = None) -> Any:
        """Run a read that returns one record with one value; return the value.

        `timeout` in seconds replaces the server's own limit; 0 is none.
        """
        with self._session(neo4j.READ_ACCESS) as session:
            return session.execute_read(
                neo4j.unit_of_work(timeout=timeout)(
                    lambda tx: tx.run(statement.text, dict(statement.parameters)).single(True)[0]
                )
            )

    def rows(
        self, statement: Statement, timeout: float | None = None, limit: int | None = None
    ) -> tuple[list[str], list[list[Any]]]:
        """Run a read; return its column names and rows. Raises `LimitExceeded` for more than `limit` rows."""
        with self._session(neo4j.READ_ACCESS) as session:
            result = session.run(neo4j.Query(statement.text, timeout=timeout), dict(statement.parameters))
            columns = list(result.keys())
            records = list(result) if limit is None else result.fetch(limit + 1)
            if limit is not None and len(records) > limit:
                raise LimitExceeded(
                    f"the answer has more than {limit} rows; add LIMIT, or ask for less",
                    limit="rows",
                    allowed=limit,
                )
            return columns, [record.values() for record in records]

    def stream(self, statement: Statement) -> Iterator[list[Any]]:
        """Run a read and yield its rows as they come, however long it takes; memory does not grow."""
        with self._session(neo4j.READ_ACCESS) as session:
            for record in session.run(neo4j.Query(statement.text, timeout=0), dict(statement.parameters)):
                yield record.values()

    def explain(self, text: str, timeout: float) -> Explained:
        """Return what Neo4j says of a statement of others that may be planned; raise for what may not."""
        asked = neo4j.Query(explaining(text), timeout=timeout)
        try:
            with self._session(neo4j.READ_ACCESS) as session:
                return explained(session.run(asked).consume())
        except DatabaseRejected as error:
            raise _of_text(error) from error

    def write(self, work: Callable[[Transaction], T]) -> T:
        """Run work in one write transaction: all of it happens or nothing."""
        with self._session(neo4j.WRITE_ACCESS) as session:
            return session.execute_write(neo4j.unit_of_work(metadata=WRITER)(work))


class AsyncDatabase:
    """An async connection for the api; `timeout` in seconds ends a statement inside Neo4j.

    Reads are auto-commit statements of read sessions that are used again: one round trip each.
    """

    def __init__(self, target: Target, timeout: float = 20.0) -> None:
        self.target = target
        self._timeout = timeout
        self._idle: list[neo4j.AsyncSession] = []
        with _read_address():
            self._driver = neo4j.AsyncGraphDatabase.driver(
                _without_path(target.uri),
                auth=target.auth,
                notifications_min_severity=_QUIET,
                connection_acquisition_timeout=5,
                connection_timeout=3,
            )

    async def close(self) -> None:
        """Close all connections."""
        for session in self._idle:
            await session.close()
        self._idle.clear()
        await self._driver.close()

    @property
    def connections(self) -> tuple[int, int]:
        """The driver's connections in use, and idle; its pool is no part of what it promises."""
        pool = getattr(self._driver, "_pool", None)
        kept = [one for each in list(getattr(pool, "connections", {}).values()) for one in list(each)]
        in_use = sum(bool(one.in_use) for one in kept)
        return in_use, len(kept) - in_use

    async def value(self, statement: Statement) -> Any:
        """Run a read that returns one record with one value; return the value. Raises as `timed` does."""
        return (await self.timed(statement))[0]

    async def timed(self, statement: Statement) -> tuple[Any, float]:
        """Run a read as `value` does; return the value, and for how many seconds Neo4j read at most.

        What a restart of Neo4j breaks is tried again for two seconds. Raises `QueryTimeout` when the
        statement took too long: its connection is closed, which ends it in Neo4j too, and Neo4j itself ends
        what is over its time every two seconds. A Neo4j that is silent is `DatabaseUnavailable`.
        """
        give_up = time.monotonic() + RETRY_SECONDS
        pause = 0.05
        while True:
            try:
                async with asyncio.timeout(self._timeout):
                    return await self._read(statement)
            except TimeoutError:
                raise await self.late(self._timeout) from None
            except LOST_OR_REJECTED as error:
                if not error.is_retryable() or time.monotonic() + pause > give_up:
                    raise _mapped(error, self.target.uri, self._timeout) from error
            await asyncio.sleep(pause)
            pause *= 2

    async def ping(self) -> None:
        """Ask the smallest question; raise `DatabaseUnavailable` where three seconds bring no answer."""
        try:
            async with asyncio.timeout(PING_SECONDS):
                await self._read(PING)
        except TimeoutError:
            raise _silent(self.target.uri) from None
        except LOST_OR_REJECTED as error:
            raise as_ours(error, self.target.uri) from error

    async def late(self, seconds: float) -> MscevError:
        """Return the error for a statement that was given up after these seconds.

        Whether it was the statement or Neo4j tells a caller whether to ask for less or to come again.
        """
        try:
            await self.ping()
        except DatabaseUnavailable as error:
            return error
        return _too_slow(seconds)

    async def explain(self, text: str) -> Explained:
        """Return what Neo4j says of a statement of others that may be planned; raise for what may not."""
        asked = neo4j.Query(explaining(text), timeout=self._timeout)
        try:
            async with asyncio.timeout(self._timeout), self._session() as session:
                return explained(await (await session.run(asked)).consume())
        except TimeoutError:
            raise await self.late(self._timeout) from None
        except LOST_OR_REJECTED as error:
            raise _of_text(_mapped(error, self.target.uri, self._timeout)) from error

    async def _read(self, statement: Statement) -> tuple[Any, float]:
        async with self._session() as session:
            begun = time.monotonic()
            result = await session.run(
                neo4j.Query(statement.text, timeout=self._timeout),
                cast("dict[str, Any]", statement.parameters),
            )
            value = (await result.single(strict=True))[0]
            seconds = time.monotonic() - begun
            if seconds > LONG_SECONDS:  # that may be the queue of this process
                seconds = min(seconds, _read_for(await result.consume()))
            return value, seconds

    @asynccontextmanager
    async def _session(self) -> AsyncIterator[neo4j.AsyncSession]:
        """A session, used again unless it was left in the middle."""
        session = self._idle.pop() if self._idle else self._new_session()
        try:
            yield session
        except LOST_OR_REJECTED:
            await session.close()  # its connection is reset
            raise
        except BaseException as error:
            session.cancel()  # nobody knows what is still on the way: its connection is closed
            await session.close()
            if (broken := _of_driver(error)) is not None:
                raise broken from error
            raise
        self._idle.append(session)

    def _new_session(self) -> neo4j.AsyncSession:
        return self._driver.session(database=self.target.database, default_access_mode=neo4j.READ_ACCESS)


def explained(summary: neo4j.ResultSummary) -> Explained:
    """Return what the driver got for an EXPLAIN; Neo4j gives a plan for everything that it could run."""
    return Explained(summary.query_type or "", summary.plan or {"operatorType": "none"})


def _read_for(summary: neo4j.ResultSummary) -> float:
    """Return the seconds that Neo4j took for a result, by its own two counts of whole milliseconds."""
    counts = (summary.result_available_after, summary.result_consumed_after)
    return sum(math.inf if count is None else (count + 1) / 1000 for count in counts)


def _silent(uri: str) -> DatabaseUnavailable:
    return DatabaseUnavailable(
        f"Neo4j at {uri} does not answer; try again in a moment, or see 'mscev db status'", uri=uri
    )


def _of_driver(error: BaseException) -> ServiceUnavailable | InvalidQuery | None:
    """Return what an error means that came up inside the driver, without being one that it knows; else None.

    Over bytes that are no Bolt it fails with errors of any kind, and its Rust part with a panic, which is no
    `Exception`.
    """
    if isinstance(error, (MscevError, DriverError, Neo4jError, *_LEAVING)):
        return None
    *_, (innermost, _) = traceback.walk_tb(error.__traceback__)
    if not str(innermost.f_globals.get("__name__")).startswith("neo4j."):
        return None
    if isinstance(error, UnicodeEncodeError | OverflowError):
        return InvalidQuery(f"a parameter is nothing that Neo4j can hold: {error}")
    _log.error("what came from Neo4j could not be read: %r", error)
    return ServiceUnavailable("what came could not be read")


def _of_text(error: MscevError) -> MscevError:
    """Return an error of an explained text with the places of the text."""
    if type(error) is not DatabaseRejected:
        return error
    return DatabaseRejected(as_of_text(error.message), **error.values)


def _mapped(error: DriverError | Neo4jError, uri: str, timeout: float) -> MscevError:
    code = getattr(error, "code", None) or ""
    return _too_slow(timeout) if code.endswith(_TIMED_OUT) else as_ours(error, uri)


def _too_slow(timeout: float) -> QueryTimeout:
    return QueryTimeout(
        f"the query took longer than {timeout:g} s and was ended; ask for less, or in smaller pages",
        seconds=timeout,
    )
