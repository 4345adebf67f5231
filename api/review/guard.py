"""Who may review: a browser on this machine, from a page of ours, and nobody else."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from ipaddress import IPv6Address, ip_address

from starlette.requests import Request

from schema.errors import Forbidden

TOKEN = "x-csrf-token"  # noqa: S105 - the name of a header
LOCAL_NAMES = ("127.0.0.1", "localhost", "[::1]")
# What a proxy in front adds: then the client is somebody else than the connection says.
FORWARDED = (
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


class Guard:
    """Lets local requests through; those that change something need the token of this process."""

    def __init__(self, names: Sequence[str] = LOCAL_NAMES) -> None:
        self.token = secrets.token_urlsafe(32)
        self._names = names

    def require_local(self, request: Request) -> None:
        """Raise `Forbidden` unless a request comes from this machine, under a name of it, without a proxy."""
        host = request.headers.get("host", "").lower()
        name = host if host.endswith("]") else host.rpartition(":")[0] or host
        passed = [header for header in FORWARDED if header in request.headers]
        if (
            request.client is None
            or not _is_loopback(request.client.host)
            or name not in self._names
            or passed
        ):
            raise Forbidden(
                "review is for this machine alone: open http://localhost and the port of the service, "
                "on the machine it runs on and without a proxy"
            )

    def require_ours(self, request: Request) -> None:
        """Raise `Forbidden` unless a page of ours sends the request, in JSON and with its token."""
        self.require_local(request)
        origin = request.headers.get("origin")
        if origin is not None and origin != f"{request.url.scheme}://{request.headers['host']}":
            raise Forbidden(f"review: a page of {origin} may not decide here")
        if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
            raise Forbidden("review: a page of another site may not decide here")
        media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if media != "application/json":
            raise Forbidden("review: decisions are sent as application/json")
        if not secrets.compare_digest(request.headers.get(TOKEN, "").encode(), self.token.encode()):
            raise Forbidden(f"review: {TOKEN} is missing or of another start of the service; reload /review")


def _is_loopback(host: str) -> bool:
    try:
        address = ip_address(host)
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (mapped or address).is_loopback
