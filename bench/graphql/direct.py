"""Hand-written Cypher through the driver, in this process, one query after another: the floor.

The async driver in an auto-commit READ session (one round trip, where a managed transaction takes two) on
uvloop with neo4j-rust-ext; and the sync driver, which costs half the processor time a query.
"""

from __future__ import annotations

import asyncio
import itertools
import statistics
import time
from collections.abc import Sequence
from typing import Any

import neo4j
import uvloop

from bench.graphql.statements import Read
from bench.graphql.wrk import Load
from graph.target import Target

_SESSION: dict[str, Any] = {"database": "neo4j", "default_access_mode": neo4j.READ_ACCESS}
QUIET = neo4j.NotificationMinimumSeverity.OFF


def values(target: Target, read: Read, number: int) -> list[Any]:
    """The rows of the first `number` parameters."""
    with neo4j.GraphDatabase.driver(target.uri, auth=target.auth, notifications_min_severity=QUIET) as driver:
        return [read.rows(_one(driver, read.text, given)) for given in read.parameters[:number]]


def measure_sync(target: Target, read: Read, warm: float, seconds: float) -> Load:
    """Measure the sync driver."""
    times: list[float] = []
    with neo4j.GraphDatabase.driver(target.uri, auth=target.auth, notifications_min_severity=QUIET) as driver:
        begun = time.perf_counter()
        for given in itertools.cycle(read.parameters):
            started = time.perf_counter()
            if started > begun + warm + seconds:
                return _load(times)
            _one(driver, read.text, given)
            if started > begun + warm:
                times.append(time.perf_counter() - started)
    raise AssertionError("a cycle has no end")


def measure_async(target: Target, read: Read, warm: float, seconds: float) -> Load:
    """Measure the async driver."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_measure_async(target, read, warm, seconds))


async def _measure_async(target: Target, read: Read, warm: float, seconds: float) -> Load:
    times: list[float] = []
    async with neo4j.AsyncGraphDatabase.driver(
        target.uri, auth=target.auth, notifications_min_severity=QUIET
    ) as driver:
        begun = time.perf_counter()
        for given in itertools.cycle(read.parameters):
            started = time.perf_counter()
            if started > begun + warm + seconds:
                return _load(times)
            await one(driver, read.text, given)
            if started > begun + warm:
                times.append(time.perf_counter() - started)
    raise AssertionError("a cycle has no end")


async def one(driver: neo4j.AsyncDriver, text: str, given: dict[str, Any]) -> Any:
    """Run a statement with one record of one value; return the value."""
    async with driver.session(**_SESSION) as session:
        result = await session.run(text, given)
        return (await result.single(strict=True))[0]


def _one(driver: neo4j.Driver, text: str, given: dict[str, Any]) -> Any:
    with driver.session(**_SESSION) as session:
        return session.run(text, given).single(strict=True)[0]


def _load(times: Sequence[float]) -> Load:
    ordered = sorted(times)
    return Load(
        median=statistics.median(ordered) * 1000,
        p99=ordered[int(len(ordered) * 0.99)] * 1000,
        throughput=len(ordered) / sum(ordered),
        requests=len(ordered),
        bad=0,
    )
