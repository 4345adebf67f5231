"""Knows whether somebody writes: Neo4j makes a commit visible bit by bit, for seconds where it is large.

Write transactions of ours bear a name (`graph.reads.info.WRITER`); Neo4j tells of each of them from its first
statement until all of its commit can be seen.
"""

from __future__ import annotations

import asyncio
import time

from api.flights import News
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
        self._news = News(self._ask)

    def nobody_writes(self) -> bool:
        """Say whether nobody wrote a moment ago; what is known is renewed aside, at most twice a second."""
        age = time.monotonic() - self._known_at
        if age > WATCH_SECONDS and not self._news.asking:
            self._news.order()
        return age <= 2 * WATCH_SECONDS and not self._open

    async def none_under_way(self) -> bool:
        """Say whether no commit is under way; where one is, wait for its end, for ten seconds at most."""
        under_way = await self._news.told()
        if not under_way:
            return True
        give_up = time.monotonic() + WAIT_SECONDS
        while under_way and time.monotonic() < give_up:
            await asyncio.sleep(STEP_SECONDS)
            under_way &= await self._news.told()
        return False

    async def _ask(self) -> frozenset[str]:
        """Return the ids of the commits under way."""
        asked_at = time.monotonic()
        found: list[tuple[str, str]] = await self._database.value(WRITERS)
        self._open, self._known_at = bool(found), asked_at
        return frozenset(id_ for id_, status in found if status == COMMITTING)
