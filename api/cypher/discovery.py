"""What Neo4j's clients ask `/` for: the version, and where the Query API is; with our own addresses."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Match, Route
from starlette.types import Scope

from graph.queryapi import QueryApi


class _JsonRoute(Route):
    """A route for those who accept JSON and not HTML: `/` is the explorer for everybody else."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        match, child = super().matches(scope)
        if match is Match.FULL:
            accept = dict(scope["headers"]).get(b"accept", b"")
            if b"application/json" not in accept or b"text/html" in accept:
                return Match.NONE, {}
        return match, child


def discovery_route(api: QueryApi) -> Route:
    """Return the route; it must stand before that of the explorer."""

    async def discover(request: Request) -> JSONResponse:
        about = await api.about()
        base = str(request.base_url).rstrip("/")
        found: dict[str, Any] = {
            "query": f"{base}/db/{{databaseName}}/query/v2",
            "query_api": f"{base}/db/{{databaseName}}/query/v{{queryApiMajorVersion}}",
            "query_api_versions": ["2.0"],
            "neo4j_version": about.get("neo4j_version"),
            "neo4j_edition": about.get("neo4j_edition"),
        }
        return JSONResponse(found, headers={"vary": "accept"})

    return _JsonRoute("/", discover, methods=["GET"])
