"""Open transactions: whose they are, how many, and until when."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from api.cypher.ledger import Ledger
from schema.errors import NotFound, Overloaded


class Transactions:
    """Keeps count; `rollback` ends one in Neo4j when its time is over.

    Who opened a transaction keeps its time; whoever shares the ledger may end it.
    """

    def __init__(
        self,
        each: int,
        all_: int,
        seconds: float,
        rollback: Callable[[str], Coroutine[Any, Any, None]],
        ledger: Ledger,
    ) -> None:
        self._each = each
        self._all = all_
        self._seconds = seconds
        self._rollback = rollback
        self._ledger = ledger
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._opening: list[str] = []
        self._ending: set[asyncio.Task[None]] = set()

    @property
    def open(self) -> int:
        """The number of open transactions."""
        return len(self._ledger.clients())

    def require_room(self, client: str) -> None:
        """Take a place for a transaction that is being opened; raise `Overloaded` where there is none."""
        taken = [*self._ledger.clients(), *self._opening]
        if taken.count(client) >= self._each or len(taken) >= self._all:
            raise Overloaded(
                f"{self._each} transactions of one client and {self._all} in all may be under way; "
                "end one, or wait for it to end"
            )
        self._opening.append(client)

    def opened(self, client: str, id_: str | None) -> None:
        """Keep an opened transaction; without an id it did not open."""
        self._opening.remove(client)
        if id_ is not None:
            self._ledger.put(id_, client, self._seconds)
            self._timers[id_] = asyncio.get_running_loop().call_later(self._seconds, self.abandon, id_)

    def require(self, client: str, id_: str) -> None:
        """Raise `NotFound` where the transaction is not of this client, or not open."""
        if self._ledger.client_of(id_) != client:
            raise NotFound(
                f"no such transaction is open; one ends after {self._seconds:g} s, or with its first error"
            )

    def ended(self, id_: str) -> None:
        """Forget a transaction."""
        self._ledger.drop(id_)
        timer = self._timers.pop(id_, None)
        if timer is not None:
            timer.cancel()

    def abandon(self, id_: str) -> None:
        """Forget a transaction and end it in Neo4j, where one that another worker ended is gone already."""
        self.ended(id_)
        task = asyncio.ensure_future(self._rollback(id_))
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)
