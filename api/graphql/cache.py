"""Answers that are kept: by request and state of the graph, bounded in bytes; equal requests share one.

The state is the generation, which every write raises, with the release and its date: these tell a
restored or emptied graph from the one before. A process learns of another state by asking, never later
than `seconds` after the write. So no answer older than that is given, whoever wrote.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from api.flights import Flights
from api.observe.logs import event

State = tuple[object, ...]
GZIP_FROM = 1024
_GZIP_LEVEL = 5


@dataclass(slots=True)
class Encoded:
    """An answer as bytes. `state` is that of the graph it was read from; None where it must not be kept."""

    body: bytes
    state: State | None = None
    status: int = 200
    refused: bool = False
    retry_after: int | None = None
    kind: str = ""
    code: str | None = None
    _etag: str | None = field(default=None, repr=False)
    _gzipped: bytes | None = field(default=None, repr=False)

    @property
    def etag(self) -> str:
        """A weak entity tag: the same for the compressed form."""
        if self._etag is None:
            self._etag = f'W/"{hashlib.sha256(self.body).hexdigest()[:32]}"'
        return self._etag

    def gzipped(self) -> bytes:
        """The body, compressed; the same bytes each time."""
        if self._gzipped is None:
            self._gzipped = gzip.compress(self.body, _GZIP_LEVEL, mtime=0)
        return self._gzipped

    @property
    def size(self) -> int:
        """Bytes that keeping it takes, the compressed form included."""
        return len(self.body) + len(self._gzipped or b"") + 500


class Freshness:
    """Knows the state of the graph, at most `seconds` old."""

    def __init__(self, read: Callable[[], Awaitable[State | None]], seconds: float) -> None:
        self._read = read
        self._seconds = seconds
        self._state: State | None = None
        self._known_at = float("-inf")
        self._asking: asyncio.Future[State | None] | None = None

    async def state(self) -> State | None:
        """Return the state; asks Neo4j when what is known is too old, once for all who wait."""
        if time.monotonic() - self._known_at <= self._seconds:
            return self._state
        if self._asking is None:
            self._asking = asyncio.ensure_future(self._ask())
        return await asyncio.shield(self._asking)

    async def _ask(self) -> State | None:
        try:
            asked_at = time.monotonic()
            before, self._state = self._state, await self._read()
            if before is not None and before != self._state:
                release, generation = (self._state or (None, None))[:2]
                words = f"The graph has changed: release {str(release)[:16]}, generation {generation}."
                event("graph", words, release=release, generation=generation)
            self._known_at = asked_at
            return self._state
        finally:
            self._asking = None


class AnswerCache:
    """Keeps answers up to `limit` bytes; 0 keeps nothing and shares nothing."""

    def __init__(self, limit: int, freshness: Freshness) -> None:
        self._limit = limit
        self._freshness = freshness
        self._kept: OrderedDict[tuple[object, ...], Encoded] = OrderedDict()
        self._flights: Flights[tuple[object, ...], Encoded] = Flights()
        self.size = 0
        self.hits = 0
        self.misses = 0

    @property
    def figures(self) -> tuple[int, int, int, int]:
        """Hits, misses, answers kept, and their bytes."""
        return self.hits, self.misses, len(self._kept), self.size

    async def answer(
        self, key: tuple[object, ...], make: Callable[[], Coroutine[Any, Any, Encoded]]
    ) -> Encoded:
        """Return the kept answer of this state, or one that is made now."""
        if not self._limit:
            self.misses += 1
            return await make()
        state = await self._freshness.state()
        kept = self._kept.get(key)
        if kept is not None and kept.state == state:
            self._kept.move_to_end(key)
            self.hits += 1
            return kept
        flight = (*key, state)
        under_way = self._flights.find(flight)
        if under_way is not None:
            self.hits += 1
            return await under_way
        self.misses += 1
        made = await self._flights.make(flight, make)
        self._keep(key, made)
        return made

    def _keep(self, key: tuple[object, ...], made: Encoded) -> None:
        if made.state is None or made.size > self._limit // 4:
            return
        if len(made.body) >= GZIP_FROM:
            made.gzipped()  # now, so that its size is known
        old = self._kept.pop(key, None)
        self.size += _weight(key, made) - (_weight(key, old) if old else 0)
        self._kept[key] = made
        while self.size > self._limit:
            dropped_key, dropped = self._kept.popitem(last=False)
            self.size -= _weight(dropped_key, dropped)


def _weight(key: tuple[object, ...], answer: Encoded) -> int:
    return answer.size + sum(len(part) for part in key if isinstance(part, str | bytes))
