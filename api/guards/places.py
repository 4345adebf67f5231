"""Places for what is under way: so many of one client, so many of all; who finds none is told to wait."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.types import ASGIApp, Receive, Scope, Send

from api.guards.clients import client_of
from api.guards.refusal import refuse
from schema.errors import Overloaded


class Places:
    """Counts what each client has under way; `what` names it in the plural, `end` says how one gets free."""

    def __init__(
        self, what: str, each: int, all_: int | None = None, end: str = "wait for one of them"
    ) -> None:
        self._each = each
        self._all = all_
        self._taken: Counter[str] = Counter()
        self._total = 0
        in_all = f" and {all_} in all" if all_ is not None else ""
        self._message = f"{each} {what} of one client{in_all} may be under way; {end}"

    def take(self, client: str) -> None:
        """Take a place; raise `Overloaded` where there is none."""
        full = self._all is not None and self._total >= self._all
        if full or self._taken[client] >= self._each:
            raise Overloaded(self._message)
        self._taken[client] += 1
        self._total += 1

    def give_back(self, client: str) -> None:
        """Give a place back."""
        self._taken[client] -= 1
        self._total -= 1
        if not self._taken[client]:  # no line for a client that has nothing under way
            del self._taken[client]

    @contextmanager
    def held(self, client: str) -> Iterator[None]:
        """Hold a place for as long as the block lasts."""
        self.take(client)
        try:
            yield
        finally:
            self.give_back(client)


class PlacesMiddleware:
    """Gives every request a place, or refuses it."""

    def __init__(self, app: ASGIApp, places: Places) -> None:
        self._app = app
        self._places = places

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request while it has its place."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        client = client_of(scope).name
        try:
            self._places.take(client)
        except Overloaded as error:
            await refuse(error, {"Retry-After": "1"})(scope, receive, send)
            return
        try:
            await self._app(scope, receive, send)
        finally:
            self._places.give_back(client)
