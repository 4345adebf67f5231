"""Equal work that is asked for at the same time is done once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Generic, TypeVar

Key = TypeVar("Key")
Made = TypeVar("Made")


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
