"""Headers of every answer that tell browsers how little it may do; a door's own go before them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_YEAR: Final = 31_536_000
_POLICY: Final = b"content-security-policy"
_FRAMED: Final = b"frame-ancestors"
_ALWAYS: Final = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
)


class HeadersMiddleware:
    """Adds what a door did not say itself; `frame_ancestors` says who may show an answer in a frame."""

    def __init__(self, app: ASGIApp, frame_ancestors: str) -> None:
        self._app = app
        self._framed = f"frame-ancestors {frame_ancestors}".encode("latin-1")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        secure = scope.get("scheme") == "https"

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = self._told(message.get("headers", ()), secure=secure)
            await send(message)

        await self._app(scope, receive, sending)

    def _told(self, given: Sequence[tuple[bytes, bytes]], *, secure: bool) -> list[tuple[bytes, bytes]]:
        there = {name.lower(): value for name, value in given}
        policy = there.get(_POLICY)
        headers = [pair for pair in given if pair[0].lower() != _POLICY]
        headers += [pair for pair in _ALWAYS if pair[0] not in there]
        if policy is not None:
            policy = policy if _FRAMED in policy else policy + b"; " + self._framed
            headers.append((_POLICY, policy))
        # A script keeps to the policy of the page it is in; as a worker it would get this one.
        elif b"javascript" not in there.get(b"content-type", b""):
            headers.append((_POLICY, b"default-src 'none'; " + self._framed))
        if secure and b"strict-transport-security" not in there:
            headers.append((b"strict-transport-security", b"max-age=%d" % _YEAR))
        return headers
