"""Who may review: a browser on this machine, from a page of ours, and nobody else."""

from __future__ import annotations

import secrets

from starlette.requests import Request

from api.guards.clients import LOCAL_NAMES, is_here
from schema.errors import Forbidden

TOKEN = "x-csrf-token"  # noqa: S105 - the name of a header


class Guard:
    """Lets local requests through; those that change something need the token of this start.

    Workers of one service share a `token`; without one it is made.
    """

    def __init__(self, token: str | None = None) -> None:
        self.token = token or secrets.token_urlsafe(32)

    def require_local(self, request: Request) -> None:
        """Raise `Forbidden` unless a request comes from this machine, under a name of it, without a proxy."""
        if not is_here(request.scope, LOCAL_NAMES):
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
