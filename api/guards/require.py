"""Refuses requests without an API key where one is needed."""

from __future__ import annotations

from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.guards.clients import client_of
from api.guards.refusal import refuse
from schema.errors import KeyRequired

FREE: Final = "/health/"
# What tells of the machine and not of the graph: for this machine itself or with a key, public or not.
OWN: Final = "/metrics"
_MESSAGE: Final = (
    "this needs an API key: send 'Authorization: Bearer KEY' or 'X-API-Key: KEY'; in a browser the key is "
    "the password, with any name. 'mscev key add NAME' makes one"
)
# Basic first: the first one that a browser knows is the one it asks its user for.
_CHALLENGE: Final = 'Basic realm="mscev", charset="UTF-8", Bearer realm="mscev"'


class RequireKeyMiddleware:
    """Asks for a key: with `keyed` at every address but those of health, else at those of the owner alone."""

    def __init__(self, app: ASGIApp, *, keyed: bool) -> None:
        self._app = app
        self._keyed = keyed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 401."""
        if scope["type"] == "lifespan" or not self._needs_key(scope["path"]):
            await self._app(scope, receive, send)
            return
        client = client_of(scope)
        if client.key is None and not (client.here and _is_own(scope["path"])):
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1008})
            else:
                await refuse(KeyRequired(_MESSAGE), {"WWW-Authenticate": _CHALLENGE})(scope, receive, send)
            return
        await self._app(scope, receive, _kept_by_no_other(send))

    def _needs_key(self, path: str) -> bool:
        return _is_own(path) or (self._keyed and not path.startswith(FREE))


def _is_own(path: str) -> bool:
    return path == OWN or path.startswith(f"{OWN}/")


def _kept_by_no_other(send: Send) -> Send:
    """Tell caches between client and service that an answer is for this client."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).setdefault("cache-control", "private, no-cache")
        await send(message)

    return sending
