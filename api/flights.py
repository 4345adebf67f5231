"""Equal work that is asked for at the same time is done once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Generic, TypeVar

Key = TypeVar("Key")
Made = TypeVar("Made")
Told = TypeVar("Told")


class Flights(Generic[Key, Made]):
    """What is being made now, by key."""

    def __init__(self) -> None:
        self._under_way: dict[Key, asyncio.Future[Made]] = {}

    def find(self, key: Key) -> Awaitable[Made] | None:
        """Return what comes of work that is under way; None where there is none."""
        found = self._under_way.get(key)
        return None if found is None else asyncio.shield(found)

    async def make(self, key: Key, work: Callable[[], Coroutine[Any, Any, Made]]) -> Made:
        """Do the work, or wait for the one who does it already.

        One who leaves does not take it from the others.
        """
        flight = self._under_way.get(key)
        if flight is None:
            flight = asyncio.ensure_future(work())
            self._under_way[key] = flight
            flight.add_done_callback(lambda _: self._under_way.pop(key, None))
        return await asyncio.shield(flight)


class News(Generic[Told]):
    """A question whose answer must be younger than the wish for it: asked once for all who wait to ask."""

    def __init__(self, ask: Callable[[], Coroutine[Any, Any, Told]]) -> None:
        self._ask = ask
        self._asking: asyncio.Task[Told] | None = None
        self._next: asyncio.Task[Told] | None = None

    @property
    def asking(self) -> bool:
        """Whether the question is on its way."""
        return self._asking is not None

    async def told(self) -> Told:
        """Return an answer to a question that was sent after this call."""
        return await asyncio.shield(self.order())

    def order(self) -> asyncio.Task[Told]:
        """Have it asked, without waiting: after the one that is on its way, for all who want it by then."""
        if self._next is None or self._next.done():
            self._next = asyncio.ensure_future(self._answer(self._asking))
            self._next.add_done_callback(_taken)
        return self._next

    async def _answer(self, before: asyncio.Task[Told] | None) -> Told:
        if before is not None:
            await asyncio.wait([before])
        self._asking, self._next = self._next, None
        try:
            return await self._ask()
        finally:
            self._asking = None


def _taken(task: asyncio.Task[Any]) -> None:
    """Look at an error that nobody waits for: whoever reads is told of it."""
    if not task.cancelled():
        task.exception()
