"""Knows whether somebody writes: Neo4j makes a commit visible bit by bit, for seconds where it is large.

Write transactions of ours bear a name (`graph.reads.info.WRITER`); Neo4j tells of each of them from its first
statement until all of its commit can be seen.
"""

from __future__ import annotations

import asyncio
import time

from graph.connection import AsyncDatabase
from graph.reads.info import WRITERS

COMMITTING = "Closing"
WATCH_SECONDS = 0.5  # a load writes for longer than that before it commits
WAIT_SECONDS = 10.0
STEP_SECONDS = 0.02


class Commits:
    """The write transactions of one database."""

    def __init__(self, database: AsyncDatabase) -> None:
        self._database = database
        self._open = True
        self._known_at = float("-inf")
        self._asking: asyncio.Task[frozenset[str]] | None = None
        self._next: asyncio.Task[frozenset[str]] | None = None

    def nobody_writes(self) -> bool:
        """Say whether nobody wrote a moment ago; what is known is renewed aside, at most twice a second."""
        age = time.monotonic() - self._known_at
        if age > WATCH_SECONDS and self._asking is None:
            self._ask()
        return age <= 2 * WATCH_SECONDS and not self._open

    async def none_under_way(self) -> bool:
        """Say whether no commit is under way; where one is, wait for its end, for ten seconds at most."""
        under_way = await self._committing()
        if not under_way:
            return True
        give_up = time.monotonic() + WAIT_SECONDS
        while under_way and time.monotonic() < give_up:
            await asyncio.sleep(STEP_SECONDS)
            under_way &= await self._committing()
        return False

    async def _committing(self) -> frozenset[str]:
        """Return the ids of the commits under way at some time after this call."""
        return await asyncio.shield(self._ask())

    def _ask(self) -> asyncio.Task[frozenset[str]]:
        """Ask once for all who want to know before the question is sent."""
        if self._next is None:
            self._next = asyncio.ensure_future(self._answer(self._asking))
            self._next.add_done_callback(_taken)
        return self._next

    async def _answer(self, before: asyncio.Task[frozenset[str]] | None) -> frozenset[str]:
        if before is not None:
            await asyncio.wait([before])
        self._asking, self._next = self._next, None
        try:
            asked_at = time.monotonic()
            found: list[tuple[str, str]] = await self._database.value(WRITERS)
            self._open, self._known_at = bool(found), asked_at
            return frozenset(id_ for id_, status in found if status == COMMITTING)
        finally:
            self._asking = None


def _taken(task: asyncio.Task[frozenset[str]]) -> None:
    """Look at an error that nobody waits for: whoever reads is told of it."""
    if not task.cancelled():
        task.exception()
