"""The addresses of the explorer: `/`, `/entity/{id}`, `/claim/{id}`, `/cypher`, and its style sheet."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import FastAPI
from fastapi.responses import RedirectResponse, Response
from starlette.requests import Request as HttpRequest
from starlette.routing import Route

from api import openapi
from api.errors import status_of
from api.explorer import parameters
from api.explorer.claims import grouped
from api.explorer.cypher import CypherPage
from api.explorer.documents import as_text, request_for
from api.explorer.parameters import one
from api.explorer.render import Pages, style_sheet
from api.explorer.words import claim_path, entity_path
from api.graphql.engine import Engine, Request
from graph.literals import as_text as cypher_text
from graph.reads.shown import ROLES, ClaimTests, claims_of, one_claim
from schema.enums import CitationConcern
from schema.errors import DatabaseUnavailable, InvalidQuery, MscevError
from views.named import NAMED

LISTED, CLAIMS = 25, 50
KEPT = ("evidence", "certainty", "only", "role")  # what stays in the address when a page is turned
ASSETS = {"Cache-Control": "public, max-age=31536000, immutable"}
Handler = Callable[[HttpRequest], Awaitable[Response]]


def mount_explorer(app: FastAPI, engine: Engine, ancestors: str, database: str) -> None:
    """Add the explorer's pages to the service; `ancestors` says who may frame them, as in CSP.

    `database` is the name under which Cypher is asked.
    """
    pages = Pages(ancestors)
    explorer = _Explorer(engine, pages)
    for path, handler in (
        ("/", explorer.front),
        ("/entity/{id:path}", explorer.entity),
        ("/claim/{id:path}", explorer.claim),
        ("/cypher", CypherPage(pages, database)),
    ):
        app.router.routes.append(Route(path, explorer.told(handler), methods=["GET"]))
    app.router.routes.append(Route("/explorer.css", _style, methods=["GET"]))


def _query(parameter: parameters.Parameter) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    if parameter.allowed:
        schema["enum"] = list(parameter.allowed)
    if parameter.many:
        schema = {"type": "array", "items": schema}
    return openapi.parameter(parameter.name, "query", "As a page links it.", schema)


_ID = openapi.parameter("id", "path", "The id.")
PATHS = {
    "/": openapi.page(
        "What is in the graph; for a client of Neo4j that accepts JSON alone, where the Query API is",
        map(_query, parameters.FRONT),
    ),
    "/entity/{id}": openapi.page(
        "An entity, its names and claims",
        [_ID, *map(_query, parameters.ENTITY)],
        {"307": {"description": "The id is another one of an entity; its page is there."}},
    ),
    "/claim/{id}": openapi.page("A claim, its places and citations", [_ID]),
    "/cypher": openapi.page("An editor for Cypher"),
}


async def _style(_: HttpRequest) -> Response:
    return Response(style_sheet(), headers=ASSETS, media_type="text/css")


class _Explorer:
    def __init__(self, engine: Engine, pages: Pages) -> None:
        self._engine = engine
        self._pages = pages

    def told(self, handler: Handler) -> Handler:
        """Return the handler with errors of ours as pages."""

        async def endpoint(request: HttpRequest) -> Response:
            try:
                return await handler(request)
            except InvalidQuery as error:
                return self._problem(422, "This address cannot be read", error.message)
            except DatabaseUnavailable as error:
                return self._problem(503, "The graph does not answer", error.message)
            except MscevError as error:
                return self._problem(status_of(error), "That did not work", error.message)

        return endpoint

    async def front(self, http: HttpRequest) -> Response:
        """Answer `/`: what is in the graph, or what a search or a kind names."""
        given = parameters.read(http.query_params.multi_items(), parameters.FRONT)
        text, kind, after = one(given, "q"), one(given, "kind"), one(given, "after")
        if text:
            kinds = [kind] if kind else None
            request = request_for("search", text=text, kind=kinds, first=LISTED, after=after)
        elif kind:
            request = request_for("kind", kind=kind, first=2 * LISTED, after=after)
        else:
            request = request_for("front")
        data = await self._engine.data(request)
        found = data.get("search") or data.get("entities")
        return self._pages.page(
            "front",
            asked={"q": text or "", "kind": kind or "", "after": after or ""},
            found=found,
            said=data.get("claims"),
            graph=data["graph"],
            views=tuple(NAMED.values()),
            queries=_queries(request),
        )

    async def entity(self, http: HttpRequest) -> Response:
        """Answer an entity's page; an exact identifier of it leads there."""
        given = parameters.read(http.query_params.multi_items(), parameters.ENTITY)
        tests = parameters.tests_of(given)
        asked: str = http.path_params["id"]
        request = request_for(
            "entity",
            id=asked,
            filter=filter_of(tests),
            first=CLAIMS,
            after=one(given, "after"),
            mentions=one(given, "mentions"),
        )
        data = await self._engine.data(request)
        entity = data["entity"]
        if entity is None:
            return self._missing(asked, "entity")
        if entity["id"] != asked:
            query = f"?{http.url.query}" if http.url.query else ""
            return RedirectResponse(entity_path(entity["id"]) + query)
        return self._pages.page(
            "entity",
            entity=entity,
            sizes=data["sizes"]["nodes"],
            groups=grouped(entity["id"], entity["claims"]["nodes"]),
            given=given,
            kept=[(name, value) for name in KEPT for value in given[name]],
            filtered=tests != ClaimTests(),
            graph=data["graph"],
            queries=_queries(request, cypher_text(claims_of(entity["id"], tests))),
        )

    async def claim(self, http: HttpRequest) -> Response:
        """Answer a claim's page."""
        parameters.read(http.query_params.multi_items(), ())
        asked: str = http.path_params["id"]
        request = request_for("claim", id=asked)
        data = await self._engine.data(request)
        if not data["node"]:
            return self._missing(asked, "claim")
        return self._pages.page(
            "claim",
            claim=data["node"],
            graph=data["graph"],
            permalink=claim_path(asked),
            queries=_queries(request, cypher_text(one_claim(asked))),
        )

    def _missing(self, id_: str, what: str) -> Response:
        message = f"The graph has no {what} with the id {id_!r}."
        return self._problem(
            404, f"No such {what}", message, id_.rpartition(":")[2] if what == "entity" else ""
        )

    def _problem(self, status: int, title: str, message: str, search: str = "") -> Response:
        return self._pages.page("problem", status, title=title, message=message, search=search)


def filter_of(tests: ClaimTests) -> dict[str, Any]:
    """Return the tests as a filter of GraphQL."""
    asked: dict[str, Any] = {"role": [role for role in ROLES if role in tests.roles]}
    if tests.levels:
        asked["evidenceLevel"] = {"in": list(tests.levels)}
    if tests.certainties:
        asked["certainty"] = {"in": list(tests.certainties)}
    if tests.negated:
        asked["negated"] = {"eq": True}
    if tests.uncited:
        asked["cited"] = {"eq": False}
    if tests.concerns:
        asked["concern"] = {"in": [concern.value for concern in CitationConcern]}
    return asked


def _queries(request: Request, cypher: str | None = None) -> list[tuple[str, str, str]]:
    """Return the queries behind a page: language, where it is understood, text."""
    found = [("GraphQL", "/graphql", as_text(request))]
    return [*found, ("Cypher", "Neo4j Browser", cypher)] if cypher else found
