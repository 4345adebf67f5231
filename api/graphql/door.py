"""GraphQL mounted into the service: the engine and its limits from settings, its page in OpenAPI."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from fastapi import FastAPI
from fastapi.responses import PlainTextResponse
from starlette.middleware import Middleware
from starlette.routing import Route

from api import openapi, pages
from api.graphql.cache import AnswerCache, Freshness
from api.graphql.engine import Engine
from api.graphql.http import GraphQLDoor, HttpLimits
from api.graphql.limits import Limits
from api.graphql.schema import schema, sdl
from api.graphql.trusted import read_trusted
from api.http import Straight
from api.settings import ServiceSettings
from graph.connection import AsyncDatabase


def limits_of(settings: ServiceSettings) -> Limits:
    """Return the limits of a request that settings name."""
    return Limits(**{field.name: getattr(settings, f"graphql_max_{field.name}") for field in fields(Limits)})


def engine_of(database: AsyncDatabase, settings: ServiceSettings) -> Engine:
    """Return an engine over a database."""
    return Engine(
        database,
        limits_of(settings),
        introspection=settings.graphql_introspection,
        suggestions=settings.graphql_suggestions,
    )


def mount_graphql(
    app: FastAPI, database: AsyncDatabase, settings: ServiceSettings
) -> tuple[Engine, AnswerCache]:
    """Add /graphql and /graphql/schema.graphql to the service."""
    engine = engine_of(database, settings)
    cache = AnswerCache(
        settings.answer_cache_mb << 20, Freshness(engine.state, settings.answer_cache_seconds)
    )
    door = GraphQLDoor(
        engine,
        cache,
        read_trusted(settings.graphql_documents, schema(), only=settings.graphql_trusted_only),
        HttpLimits(settings.graphql_max_body, settings.client_concurrency),
        (pages.graphiql().encode(), pages.HEADERS),
    )
    app.router.routes.insert(0, Route("/graphql", door, methods=None, include_in_schema=False))
    # Innermost; what FastAPI puts around a route takes 7 % of the time of a kept answer.
    app.user_middleware.append(Middleware(Straight, path="/graphql", door=door))

    @app.get("/graphql/schema.graphql", tags=["graphql"], response_class=PlainTextResponse)
    async def schema_text() -> PlainTextResponse:
        """Return the schema in the schema definition language."""
        return PlainTextResponse(sdl(), headers={"Content-Disposition": 'inline; filename="mscev.graphql"'})

    return engine, cache


_ANSWER = {
    "description": "`data`, `errors`, and `extensions` with the cost and the release of the graph.",
    "content": {media: {"schema": {"type": "object"}} for media in (openapi.JSON, openapi.GRAPHQL)},
}
_OTHER = {"406": {"description": "Answers are JSON; `Accept` names something else."}}
_PARAMETERS: dict[str, tuple[str, Any]] = {
    "query": ("The document.", {"type": "string"}),
    "documentId": ("The id of a trusted document, in place of `query`.", {"type": "string"}),
    "operationName": ("The operation, where the document has several.", {"type": "string"}),
}
PATH: dict[str, Any] = {
    "get": {
        "tags": ["graphql"],
        "summary": "Ask in GraphQL; the answer carries an ETag",
        "parameters": [
            openapi.parameter(name, "query", text, type_)
            for name, (text, type_) in (
                _PARAMETERS | {"variables": ("The variables, as JSON.", {"type": "string"})}
            ).items()
        ],
        "responses": {"200": _ANSWER, "304": openapi.NOT_MODIFIED, **_OTHER},
    },
    "post": {
        "tags": ["graphql"],
        "summary": "Ask in GraphQL",
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": {
                        "type": "object",
                        "properties": {
                            name: type_ | {"description": text} for name, (text, type_) in _PARAMETERS.items()
                        }
                        | {"variables": {"type": "object", "description": "The variables."}},
                    }
                }
            },
        },
        "responses": {"200": _ANSWER, **_OTHER},
    },
}
