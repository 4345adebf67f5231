"""How many requests the service takes at once: a few more wait a moment, the others are told to come again.

Without a bound each of very many requests gets a little of the processor, so that all of them are late and
none is answered. With one, those that are taken are answered as fast as ever.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.guards.refusal import refuse
from api.guards.require import FREE, OWN
from api.patience import Patience
from schema.errors import AtCapacity

WAIT_SECONDS: Final = 0.5
BODY_SECONDS: Final = 10.0
RETRY_AFTER: Final = 1
# Whoever asks whether the service is well must hear of it when it is not.
EXEMPT: Final = (FREE, OWN)


class Admission:
    """Room for `concurrency` requests under way and `queue` that wait for it, first come, first served."""

    def __init__(self, concurrency: int, queue: int, seconds: float = WAIT_SECONDS) -> None:
        self._concurrency = concurrency
        self._queue = queue
        self._seconds = seconds
        self._waiting: deque[asyncio.Future[None]] = deque()
        self.under_way = 0
        self.refused = 0

    @property
    def waiting(self) -> int:
        """How many wait for room."""
        return len(self._waiting)

    async def enter(self) -> None:
        """Take a place, waiting for one if need be; `AtCapacity` where none comes free in time."""
        if self.under_way < self._concurrency:
            self.under_way += 1
            return
        if len(self._waiting) >= self._queue:
            raise self._full()
        place: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(place)
        try:
            async with asyncio.timeout(self._seconds):
                await place
        except TimeoutError:
            self._give_up(place)
            raise self._full() from None
        except asyncio.CancelledError:
            self._give_up(place)
            raise

    def leave(self) -> None:
        """Give the place to the one who has waited longest."""
        while self._waiting:
            place = self._waiting.popleft()
            if not place.done():
                place.set_result(None)
                return
        self.under_way -= 1

    def _give_up(self, place: asyncio.Future[None]) -> None:
        if place in self._waiting:
            self._waiting.remove(place)
        elif place.done() and not place.cancelled():
            self.leave()  # it was given in the same moment

    def _full(self) -> AtCapacity:
        self.refused += 1
        return AtCapacity(
            f"the service has {self._concurrency} requests under way, as many as it takes "
            "(MSCEV_CONCURRENCY); come again in a moment"
        )


class AdmissionMiddleware:
    """Lets HTTP requests in one by one, or answers 503 at once.

    A place is held until the answer begins, and a body must be sent within ten seconds: who reads or writes
    slowly keeps nobody out.
    """

    def __init__(self, app: ASGIApp, admission: Admission) -> None:
        self._app = app
        self._admission = admission
        self._patience = Patience(BODY_SECONDS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, when there is room."""
        if scope["type"] != "http" or scope["path"].startswith(EXEMPT):
            await self._app(scope, receive, send)
            return
        try:
            await self._admission.enter()
        except AtCapacity as error:
            await refuse(error, {"Retry-After": str(RETRY_AFTER)})(scope, receive, send)
            return
        inside = True

        async def sending(message: Message) -> None:
            nonlocal inside
            if inside:
                inside = False
                self._admission.leave()
            await send(message)

        try:
            await self._app(scope, self._patience.bounded(receive), sending)
        finally:
            if inside:
                self._admission.leave()
