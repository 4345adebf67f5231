"""When the service was last asked: background work waits until nobody is."""

from __future__ import annotations

import time
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

RECENT_SECONDS = 5.0


class Activity:
    """Counts requests under way and remembers when the last one ended."""

    def __init__(self) -> None:
        self._under_way = 0
        self._last = time.monotonic()

    def recent(self) -> bool:
        """Say whether a request is under way or ended a few seconds ago."""
        return self._under_way > 0 or time.monotonic() - self._last < RECENT_SECONDS

    def begin(self) -> None:
        """A request came in."""
        self._under_way += 1

    def end(self) -> None:
        """A request is answered."""
        self._under_way -= 1
        self._last = time.monotonic()


class SharedActivity(Activity):
    """One of several workers; `last` is a double that all share.

    A parent that asks sees when any of them was last asked, not what is still under way.
    """

    def __init__(self, last: Any) -> None:
        super().__init__()
        self._shared = last

    def recent(self) -> bool:
        """Say whether any worker was asked a few seconds ago."""
        return time.monotonic() - float(self._shared.value) < RECENT_SECONDS

    def begin(self) -> None:
        """A request came in."""
        super().begin()
        self._shared.value = time.monotonic()

    def end(self) -> None:
        """A request is answered."""
        super().end()
        self._shared.value = time.monotonic()


class ActivityMiddleware:
    """Tells an `Activity` of every HTTP request."""

    def __init__(self, app: ASGIApp, activity: Activity) -> None:
        self._app = app
        self._activity = activity

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        self._activity.begin()
        try:
            await self._app(scope, receive, send)
        finally:
            self._activity.end()
