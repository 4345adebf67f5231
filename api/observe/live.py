"""What is read when metrics are asked for: Neo4j, the graph, loads under way."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from importlib.metadata import version
from typing import Any, Final

from api.observe.metrics import Family
from graph.connection import AsyncDatabase
from graph.reads.info import LIVE
from graph.server import Home, usage
from schema.errors import MscevError

PATIENCE: Final = 3.0
KEPT_SECONDS: Final = 1.0


class Live:
    """Reads at most once a second, whoever asks; without a `home` there is no Neo4j of ours to measure."""

    def __init__(self, database: AsyncDatabase, home: Home | None, transactions: Callable[[], int]) -> None:
        self._database = database
        self._home = home
        self._transactions = transactions
        self._read: Sequence[Family] = ()
        self._read_at = float("-inf")
        self._turn = asyncio.Lock()

    async def read(self) -> Sequence[Family]:
        """Return the metrics; a graph that does not answer has none, and `mscev_neo4j_up` says so."""
        async with self._turn:
            if time.monotonic() - self._read_at > KEPT_SECONDS:
                self._read = await self._fresh()
                self._read_at = time.monotonic()
            return self._read

    async def _fresh(self) -> Sequence[Family]:
        begun = time.perf_counter()
        try:
            async with asyncio.timeout(PATIENCE):
                found = await self._database.value(LIVE)
        except (MscevError, TimeoutError):
            found = None
        seconds = time.perf_counter() - begun
        return [
            Family("mscev_info", "The version of the service.", [({"version": version("mscev")}, 1)]),
            Family("mscev_neo4j_up", "Whether Neo4j answers a query.", [({}, float(found is not None))]),
            Family("mscev_neo4j_answer_seconds", "How long that query took.", [({}, seconds)]),
            Family(
                "mscev_cypher_transactions",
                "Transactions that clients have open.",
                [({}, self._transactions())],
            ),
            *(_graph(found) if found is not None else ()),
            *(self._process() if self._home is not None else ()),
        ]

    def _process(self) -> Sequence[Family]:
        assert self._home is not None  # noqa: S101 - the caller looks
        found = usage(self._home)
        if found is None:
            return ()
        resident, seconds = found
        return (
            Family("mscev_neo4j_resident_memory_bytes", "Memory of the managed Neo4j.", [({}, resident)]),
            Family("mscev_neo4j_cpu_seconds", "Processor time of the managed Neo4j.", [({}, seconds)]),
        )


def _graph(found: dict[str, Any]) -> Sequence[Family]:
    loads = found["loads"]
    return (
        Family(
            "mscev_graph_info", "The release of the graph.", [({"release": found["release"] or "none"}, 1)]
        ),
        Family("mscev_graph_generation", "Writes so far.", [({}, found["generation"] or 0)]),
        Family("mscev_graph_built_seconds", "When it was last written.", [({}, found["builtAt"] or 0)]),
        Family(
            "mscev_loads_under_way",
            "Loads and removals that are under way, or were interrupted.",
            [({"source": load["id"], "state": load["state"].lower()}, 1) for load in loads],
        ),
        Family(
            "mscev_load_records",
            "Records that such a load has written.",
            [({"source": load["id"]}, load["records"]) for load in loads],
        ),
        Family(
            "mscev_load_started_seconds",
            "When it began.",
            [({"source": load["id"]}, load["startedAt"] or 0) for load in loads],
        ),
    )
