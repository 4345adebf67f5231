"""Who asks: by the API key that is shown, else by address; and whether it is this machine itself."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final, NamedTuple

from starlette.types import ASGIApp, Receive, Scope, Send

from api.guards.keyring import KeyRing

KEY_HEADER: Final = "x-api-key"
LOCAL_NAMES: Final = ("127.0.0.1", "localhost", "[::1]")
# What a proxy in front adds: then the client is somebody else than the connection says.
FORWARDED: Final = (
    "forwarded",
    "via",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-forwarded-server",
    "x-real-ip",
    "cf-connecting-ip",
    "true-client-ip",
)
_IN_SCOPE: Final = "mscev.client"
_FORWARDED: Final = frozenset(name.encode() for name in FORWARDED)
_LONGEST_KEY: Final = 1_024


class Client(NamedTuple):
    """Who asks: `name` is what counts go by, `key` the name of the API key that was shown.

    `here` says that it is this machine itself: from loopback, under a name of it, and through no proxy.
    """

    name: str
    key: str | None = None
    here: bool = False


class IdentifyMiddleware:
    """Notes with every request who asks, for all that stands behind it."""

    def __init__(self, app: ASGIApp, ring: KeyRing) -> None:
        self._app = app
        self._ring = ring

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] in {"http", "websocket"}:
            shown = _shown(dict(scope["headers"]))
            key = self._ring.name_of(shown) if shown else None
            name = f"key:{key}" if key else address_of(scope)
            scope[_IN_SCOPE] = Client(name, key, is_here(scope))
        await self._app(scope, receive, send)


def client_of(scope: Scope) -> Client:
    """Return who asks; by address alone where nobody looked for a key."""
    found: Client | None = scope.get(_IN_SCOPE)
    return found or Client(address_of(scope), None, is_here(scope))


def address_of(scope: Scope) -> str:
    """Return the address that a client is counted by; empty where the connection has none."""
    return _counted(scope["client"][0]) if scope.get("client") else ""


def is_here(scope: Scope, names: Sequence[str] = LOCAL_NAMES) -> bool:
    """Say whether a request comes from this machine, under one of these names of it, through no proxy."""
    if not scope.get("client") or not _is_loopback(scope["client"][0]):
        return False
    headers = dict(scope["headers"])
    host = headers.get(b"host", b"").decode("latin-1").lower()
    name = host if host.endswith("]") else host.rpartition(":")[0] or host
    return name in names and _FORWARDED.isdisjoint(headers)


@lru_cache(4096)
def _counted(host: str) -> str:
    """Return an address as counts know it: of IPv6 the network of 64 bits, which one client owns."""
    address = _parsed(host)
    if isinstance(address, IPv6Address):
        return str(IPv6Network((address, 64), strict=False))
    return str(address) if address else host[:_LONGEST_KEY]


@lru_cache(4096)
def _is_loopback(host: str) -> bool:
    address = _parsed(host)
    return address is not None and address.is_loopback


def _parsed(host: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(host)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def _shown(headers: Mapping[bytes, bytes]) -> str:
    """Return the key that a request shows: as X-API-Key, as Bearer, or as the password of Basic."""
    own = headers.get(KEY_HEADER.encode(), b"").decode("latin-1").strip()
    if own:
        return own[:_LONGEST_KEY]
    scheme, _, given = headers.get(b"authorization", b"").decode("latin-1").strip().partition(" ")
    given = given.strip()[:_LONGEST_KEY]
    if scheme.lower() == "bearer":
        return given
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(given, validate=True).decode("latin-1").partition(":")[2]
        except (binascii.Error, ValueError):
            return ""
    return ""
