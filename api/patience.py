"""Time for a body: who sends one too slowly counts as a client who left."""

from __future__ import annotations

import asyncio
from typing import Final

from starlette.types import Message, Receive

LEFT: Final[Message] = {"type": "http.disconnect"}
LOOKS: Final = 10  # in the time that a body has


class Patience:
    """Waits `seconds` for each body, a tenth more at most.

    One timer looks after all: one for each would cost more than the rest that is done to let a request in.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._waiting: set[_Body] = set()
        self._loop: asyncio.AbstractEventLoop | None = None  # the one that the timer runs in

    def bounded(self, receive: Receive) -> Receive:
        """Return what reads a request that has come in now."""
        return _Body(receive, asyncio.get_running_loop().time() + self._seconds, self).received

    def enter(self, body: _Body) -> None:
        """Look after one who waits."""
        self._waiting.add(body)
        loop = asyncio.get_running_loop()
        if self._loop is not loop:
            self._rest(loop)

    def leave(self, body: _Body) -> None:
        """Look no more after one who waited."""
        self._waiting.discard(body)

    def _rest(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        loop.call_later(self._seconds / LOOKS, self._look, loop)

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = None
        now = loop.time()
        for body in self._waiting:
            if now > body.until:
                body.give_up()
        if self._waiting:
            self._rest(loop)


class _Body:
    """The messages of one request; `until` is when, by the loop, the last of its body must be here."""

    __slots__ = ("_late", "_patience", "_receive", "_task", "_whole", "until")

    def __init__(self, receive: Receive, until: float, patience: Patience) -> None:
        self.until = until
        self._receive = receive
        self._patience = patience
        self._task: asyncio.Task[object] | None = None
        self._late = self._whole = False

    async def received(self) -> Message:
        """Return the next message, or that the client left."""
        if self._whole:
            return await self._receive()
        if asyncio.get_running_loop().time() > self.until:
            return LEFT
        self._task = asyncio.current_task()
        self._patience.enter(self)
        try:
            message = await self._receive()
        except asyncio.CancelledError:
            if not self._late or self._task is None or self._task.uncancel():
                raise  # somebody else ended it
            return LEFT
        finally:
            self._patience.leave(self)
        self._whole = not message.get("more_body", False)
        return message

    def give_up(self) -> None:
        """End the waiting."""
        if not self._late and self._task is not None:
            self._late = True
            self._task.cancel()
