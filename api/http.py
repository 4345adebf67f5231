"""What the doors of HTTP share: a short way in, reading a body under a cap, who has an answer already."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from schema.errors import LimitExceeded


class Straight:
    """Leads one address past what FastAPI puts around its routes; `door` answers its own errors.

    The door is also the endpoint of a route, by which logs and metrics name the address.
    """

    def __init__(self, app: ASGIApp, path: str, door: ASGIApp) -> None:
        self._app = app
        self._path = path
        self._door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] == "http" and scope["path"] == self._path:
            scope["endpoint"] = self._door
            await self._door(scope, receive, send)
        else:
            await self._app(scope, receive, send)


async def read_body(receive: Receive, stated: str, allowed: int) -> bytes | None:
    """Return the body of a request, None where the client left; `stated` is its content-length, or empty.

    Raises `LimitExceeded` as soon as more than `allowed` bytes are stated or sent.
    """
    size = int(stated) if stated.isdecimal() else 0
    parts: list[bytes] = []
    more = size <= allowed
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        parts.append(message.get("body", b""))
        size = sum(map(len, parts))
        more = size <= allowed and bool(message.get("more_body"))
    if size > allowed:
        raise LimitExceeded(
            f"body: more than {allowed} bytes are not allowed", limit="body", allowed=allowed, status=413
        )
    return b"".join(parts)


def has_it(if_none_match: str, etag: str) -> bool:
    """Say whether a client's `If-None-Match` names this entity tag; weak ones count (RFC 9110, 13.1.2)."""
    known = (one.strip().removeprefix("W/") for one in if_none_match.split(","))
    return if_none_match == "*" or etag.removeprefix("W/") in known
