"""The outermost layer: an id for every request and answer, its line in the log, its place in the metrics.

It also refuses what comes while the service ends.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping, Sequence
from typing import Final

from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.guards.refusal import refuse
from api.observe.drain import AGAIN_SECONDS, Drain
from api.observe.logs import ACCESS, access
from api.observe.metrics import Metrics, Seen
from api.observe.note import HEADER, Note, begin
from schema.errors import Ending

OTHER: Final = "other"
METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
LIVE: Final = "/health/live"
_REFUSE: Final = refuse(
    Ending("the service is ending; ask again in a moment"), {"Retry-After": str(AGAIN_SECONDS)}
)


class Observed:
    """An ASGI application around the whole service, whose routes tell the paths that are written."""

    def __init__(self, app: ASGIApp, routes: Sequence[BaseRoute], metrics: Metrics, drain: Drain) -> None:
        self._app = app
        self._templates = templates(routes)
        self._metrics = metrics
        self._drain = drain

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        note = begin(dict(scope["headers"]).get(HEADER))
        answer = _Answer(send, note, self._drain)
        begun = time.perf_counter()
        self._drain.under_way += 1
        try:
            if self._drain.active and scope["path"] != LIVE:
                await _REFUSE(scope, receive, answer)
            else:
                await self._app(scope, receive, answer)
        finally:
            self._drain.under_way -= 1
            self._tell(scope, note, answer, time.perf_counter() - begun)

    def _tell(self, scope: Scope, note: Note, answer: _Answer, seconds: float) -> None:
        """Count the request and write its line; status 499 is a client that left before its answer began."""
        method = scope["method"] if scope["method"] in METHODS else OTHER
        route = self._templates.get(id(scope.get("endpoint")), OTHER)
        seen = Seen(route, method, answer.status or 499, note.kind, note.code, seconds, answer.size)
        self._metrics.count(seen)
        level = logging.ERROR if seen.status == 500 else logging.INFO
        if not ACCESS.isEnabledFor(level):
            return
        line = {
            "request": note.id,
            "method": seen.method,
            "path": seen.route,
            "status": seen.status,
            "ms": round(seconds * 1000, 1),
            "bytes": answer.size,
            "client": scope["client"][0] if scope.get("client") else None,
            "kind": note.kind or None,
            "operation": note.operation[:100] if note.operation else None,
            "hash": note.hash,
            "code": note.code,
        }
        access({name: value for name, value in line.items() if value is not None}, level)


class _Answer:
    """Sends an answer with the id of its request; the last ones of a service end their connections."""

    __slots__ = ("_drain", "_note", "_send", "size", "status")

    def __init__(self, send: Send, note: Note, drain: Drain) -> None:
        self._send = send
        self._note = note
        self._drain = drain
        self.status = 0
        self.size = 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = [*message.get("headers", ()), (HEADER, self._note.id.encode())]
            if self._drain.active:
                headers.append((b"connection", b"close"))
            message = {**message, "headers": headers}
        elif message["type"] == "http.response.body":
            self.size += len(message.get("body", b""))
        await self._send(message)


def templates(routes: Sequence[BaseRoute]) -> Mapping[int, str]:
    """Return the path of each route, as `/entity/{id}`, by the identity of what answers there."""
    known = {}
    for route in routes:
        if isinstance(route, Mount):
            known[id(route.app)] = f"{route.path}/{{path}}"
        elif isinstance(route, Route):
            known[id(route.endpoint)] = route.path
    return known
