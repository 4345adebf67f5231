"""The answer to a request that does not get as far as its door, in the form that each door's clients read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from api.cypher.problems import told
from api.errors import status_of
from schema.errors import MscevError


def refuse(error: MscevError, headers: Mapping[str, str]) -> ASGIApp:
    """Return an application that answers with an error of ours: `{"error": {"code", "message"}}`.

    Clients of GraphQL and of Neo4j's Query API read `errors`: there it stands once more as they know it.
    """

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        body: dict[str, Any] = {"error": {"code": error.code, "message": error.message}}
        if scope["path"] == "/graphql":
            body["errors"] = [{"message": error.message, "extensions": {"code": error.code}}]
        elif scope["path"].startswith("/db/"):
            body["errors"] = [told(error)]
        response = JSONResponse(body, status_of(error), {"Cache-Control": "no-store"})
        for name, value in headers.items():
            response.headers.append(name, value)
        await response(scope, receive, send)

    return answer
