"""What stands before every door of HTTP: who asks, from where, how often, and what every answer carries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from api.guards.clients import KEY_HEADER, IdentifyMiddleware
from api.guards.headers import HeadersMiddleware
from api.guards.keyring import KeyRing
from api.guards.keys import key_file
from api.guards.rate import Buckets, RateLimitMiddleware
from api.guards.require import RequireKeyMiddleware
from api.settings import ServiceSettings

# How uvicorn must serve what is guarded: it would believe whatever proxy runs on this machine.
SERVED: Final[dict[str, Any]] = {"proxy_headers": False, "server_header": False}
_READ_BY_PAGES: Final = ["etag", "retry-after", "ratelimit", "ratelimit-policy"]


def guards(settings: ServiceSettings, *, keyed: bool, hosts: Sequence[str] | None = None) -> list[Middleware]:
    """Return the guards of a service, outermost first; with `keyed` every request needs an API key.

    Without `hosts` the Host header is left to the application, and pages of other origins get nothing.
    """
    inner = [] if hosts is None else [*_host(hosts), *_cors(settings, keyed=keyed)]
    return [
        # the address and the scheme of the client, of which everything below speaks
        Middleware(ProxyHeadersMiddleware, trusted_hosts=[str(one) for one in settings.trusted_proxies]),
        # also on what a guard refuses
        Middleware(HeadersMiddleware, frame_ancestors=settings.frame_ancestors),
        *inner,
        Middleware(IdentifyMiddleware, ring=KeyRing(key_file(settings.keys))),
        # before the key is asked for: guesses are counted by address
        Middleware(RateLimitMiddleware, buckets=Buckets.of(settings.rate_limit, settings.rate_burst)),
        Middleware(RequireKeyMiddleware, keyed=keyed),
    ]


def _host(hosts: Sequence[str]) -> list[Middleware]:
    # before the key: no browser asks its user for one under a name that is not ours
    return [Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))]


def _cors(settings: ServiceSettings, *, keyed: bool) -> list[Middleware]:
    if not settings.cors_origins:
        return []
    return [
        Middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_methods=["GET", "POST"],
            allow_headers=["content-type", *(["authorization", KEY_HEADER] if keyed else [])],
            expose_headers=_READ_BY_PAGES,
        )
    ]
