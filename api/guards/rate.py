"""How often a client may ask: a bucket of tokens for each, filled at a fixed rate, one token a request.

What is left stands in each answer, as draft-ietf-httpapi-ratelimit-headers-10 has it:
`RateLimit-Policy: "client";q=400;w=4` and `RateLimit: "client";r=399;t=1`, where `q` tokens fill in `w`
seconds, `r` are left, and `t` seconds later all are there again (with none left: the next one).
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.guards.clients import client_of
from api.guards.refusal import refuse
from api.guards.require import FREE
from schema.errors import RateLimited

# some 2 MB; a client beyond that many is forgotten and begins with a full bucket
CLIENTS: Final = 10_000
_NAME: Final = '"client"'


@dataclass(frozen=True, slots=True)
class Taken:
    """Whether there was a token, how many are left, and in how many seconds `reset` has what it promises."""

    allowed: bool
    left: int
    reset: int


class Buckets:
    """The buckets of the last clients; `rate` is in tokens a second, `burst` the size of a bucket."""

    def __init__(
        self,
        rate: float,
        burst: int,
        clients: int = CLIENTS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._rate = rate
        self._burst = burst
        self._clients = clients
        self._clock = clock
        self._known: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self.policy = f"{_NAME};q={burst};w={math.ceil(burst / rate)}"

    @classmethod
    def of(cls, rate: float, burst: int) -> Buckets | None:
        """Return buckets; None where a rate of 0 says that nothing is limited."""
        return cls(rate, burst) if rate else None

    def take(self, client: str) -> Taken:
        """Take a token of a client's bucket, if there is one."""
        now = self._clock()
        tokens, since = self._known.pop(client, (float(self._burst), now))
        tokens = min(float(self._burst), tokens + (now - since) * self._rate)
        allowed = tokens >= 1
        if allowed:
            tokens -= 1
        self._known[client] = (tokens, now)
        if len(self._known) > self._clients:
            self._known.popitem(last=False)
        missing = (self._burst if tokens >= 1 else 1) - tokens
        return Taken(allowed, int(tokens), math.ceil(missing / self._rate))

    def __len__(self) -> int:
        return len(self._known)


class RateLimitMiddleware:
    """Answers 429 to a client whose bucket is empty; this machine itself and health are not counted."""

    def __init__(self, app: ASGIApp, buckets: Buckets | None) -> None:
        self._app = app
        self._buckets = buckets

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with what is left, or answer 429."""
        client = client_of(scope) if scope["type"] == "http" else None
        free = client is None or (client.here and client.key is None) or scope["path"].startswith(FREE)
        if client is None or free or self._buckets is None:
            await self._app(scope, receive, send)
            return
        taken = self._buckets.take(client.name)
        told = {
            "RateLimit-Policy": self._buckets.policy,
            "RateLimit": f"{_NAME};r={taken.left};t={taken.reset}",
        }
        if taken.allowed:
            await self._app(scope, receive, _telling(send, told))
            return
        error = RateLimited(f"this client asks too often; wait {taken.reset} s, and see RateLimit-Policy")
        await refuse(error, {"Retry-After": str(taken.reset), **told})(scope, receive, send)


def _telling(send: Send, told: Mapping[str, str]) -> Send:
    headers = [(name.lower().encode(), value.encode()) for name, value in told.items()]

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", ()), *headers]
        await send(message)

    return sending
