"""Open transactions: whose they are, how many, and until when."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from api.guards.places import Places
from schema.errors import NotFound


@dataclass(frozen=True, slots=True)
class Open:
    """A transaction in Neo4j."""

    client: str
    timer: asyncio.TimerHandle


class Transactions:
    """Keeps count; `rollback` ends one in Neo4j when its time is over."""

    def __init__(
        self, each: int, all_: int, seconds: float, rollback: Callable[[str], Coroutine[Any, Any, None]]
    ) -> None:
        self._places = Places("transactions", each, all_, "end one, or wait for it to end")
        self._seconds = seconds
        self._rollback = rollback
        self._open: dict[str, Open] = {}
        self._ending: set[asyncio.Task[None]] = set()

    def require_room(self, client: str) -> None:
        """Take a place for a transaction that is being opened; raise `Overloaded` where there is none."""
        self._places.take(client)

    def opened(self, client: str, id_: str | None) -> None:
        """Keep an opened transaction; without an id it did not open."""
        if id_ is None:
            self._places.give_back(client)
            return
        timer = asyncio.get_running_loop().call_later(self._seconds, self.abandon, id_)
        self._open[id_] = Open(client, timer)

    def require(self, client: str, id_: str) -> None:
        """Raise `NotFound` where the transaction is not of this client, or not open."""
        found = self._open.get(id_)
        if found is None or found.client != client:
            raise NotFound(
                f"no such transaction is open; one ends after {self._seconds:g} s, or with its first error"
            )

    def ended(self, id_: str) -> None:
        """Forget a transaction."""
        found = self._open.pop(id_, None)
        if found is not None:
            self._places.give_back(found.client)
            found.timer.cancel()

    def abandon(self, id_: str) -> None:
        """Forget a transaction and end it in Neo4j."""
        self.ended(id_)
        task = asyncio.ensure_future(self._rollback(id_))
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)
