"""Knows whether somebody writes: Neo4j makes a commit visible bit by bit, for seconds where it is large.

Write transactions of ours bear a name (`graph.reads.info.WRITER`); Neo4j tells of each of them from its first
statement until all of its commit can be seen.
"""

from __future__ import annotations

import asyncio
import logging
import time

from graph.connection import AsyncDatabase
from graph.reads.info import WRITERS

_log = logging.getLogger("mscev.graphql")
COMMITTING = "Closing"
WATCH_SECONDS = 0.5  # a load writes for longer than that before it commits
WAIT_SECONDS = 10.0
STEP_SECONDS = 0.02


class Commits:
    """The write transactions of one database."""

    def __init__(self, database: AsyncDatabase) -> None:
        self._database = database
        self._writers: frozenset[str] | None = None
        self._known_at = float("-inf")
        self._watching: asyncio.Future[None] | None = None

    def nobody_writes(self) -> bool:
        """Say whether nobody wrote a moment ago; what is known is renewed aside, at most twice a second."""
        age = time.monotonic() - self._known_at
        if age > WATCH_SECONDS and (self._watching is None or self._watching.done()):
            self._watching = asyncio.ensure_future(self._watch())
        return age <= 2 * WATCH_SECONDS and not self._writers

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

    async def _watch(self) -> None:
        try:
            await self._committing()
        except Exception as error:  # noqa: BLE001 - nobody waits for it, and whoever reads is told
            _log.debug("the writers cannot be asked for", exc_info=error)

    async def _committing(self) -> set[str]:
        asked_at = time.monotonic()
        found: list[tuple[str, str]] = await self._database.value(WRITERS)
        self._writers, self._known_at = frozenset(id_ for id_, _ in found), asked_at
        return {id_ for id_, status in found if status == COMMITTING}
