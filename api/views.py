"""The HTTP doors to pictures: a neighbourhood, or a named view, as a file in a named format.

A picture follows from the graph, the options and this version; its entity tag says which. So a picture is
drawn once for each state of the graph, and a client that has it is told so without drawing.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from importlib.metadata import version
from typing import Annotated, Any

from fastapi import FastAPI, Query, Request, Response
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from api.flights import Flights
from api.graphql.document import Recent
from api.graphql.engine import Engine
from api.graphql.engine import Request as GraphQLRequest
from api.http import has_it
from api.openapi import files
from api.pictures import Wanted, named_picture, picture
from api.results import Asked, drawn_ids
from api.settings import ServiceSettings
from schema.errors import DatabaseUnavailable, LimitExceeded
from views import FORMATS, Style, Subgraph, format_named, render
from views.named import NAMED, view_named

KEPT = 32
DRAWN_AT_ONCE = 2  # more would only share one processor, and keep it from other requests
READS = 5  # a picture is of one state of the graph, or it is not drawn
VERSION = version("mscev")
ANSWER_IDS = 200  # they stand in the address
PICTURES = files((one.media_type for one in FORMATS.values()), "The picture.")
Read = Callable[[Asked], Awaitable[tuple[Subgraph, Style]]]


class Look(BaseModel):
    """How a picture looks, as query parameters."""

    theme: str = Field(default="light", description="light or dark")
    title: str = Field(default="", max_length=200, description="The title on the picture.")


class ViewQuery(Look):
    """What a view shows, as query parameters."""

    focus: list[str] = Field(default=[], description="Ids of entities to draw around; none: the whole graph.")
    hops: int = Field(default=1, ge=0, le=4, description="How far to go from them.")
    kind: list[str] = Field(default=[], description="Only these kinds, beside the focus.")
    predicate: list[str] = Field(default=[], description="Only relations with these predicates.")
    limit: int | None = Field(default=None, ge=1, description="Entities at most.")


class AnswerQuery(Look):
    """What the picture of an answer shows, as query parameters."""

    id: list[str] = Field(
        min_length=1, max_length=ANSWER_IDS, description="Ids of entities, relations and claims."
    )


def add_views(app: FastAPI, engine: Engine, settings: ServiceSettings) -> None:
    """Add the addresses under /views."""
    door = _Door(engine, settings.frame_ancestors)
    pictures: dict[str, Any] = {"tags": ["views"], "response_class": Response, "responses": PICTURES}

    @app.get("/views/graph.{name}", **pictures)
    async def graph(name: str, query: Annotated[ViewQuery, Query()], request: Request) -> Response:
        """Draw the entities around a focus, or the whole graph, as a file in the named format."""
        limit = query.limit or settings.view_limit
        if limit > settings.view_limit:
            raise LimitExceeded(
                f"limit: {limit} is not allowed; at most {settings.view_limit} entities in one view",
                limit="view_limit",
                given=limit,
                allowed=settings.view_limit,
            )
        wanted = Wanted(
            tuple(query.focus),
            query.hops,
            tuple(query.kind),
            limit,
            query.theme,
            query.title,
            tuple(query.predicate),
        )
        return await door.answer(request, name, lambda asked: picture(asked, wanted))

    @app.get("/views/answer.{name}", **pictures)
    async def answer(name: str, query: Annotated[AnswerQuery, Query()], request: Request) -> Response:
        """Draw entities, relations and claims by their ids, and nothing else."""

        def read(asked: Asked) -> Awaitable[tuple[Subgraph, Style]]:
            return drawn_ids(asked, query.id, "answer to a query", query.theme, query.title)

        return await door.answer(request, name, read)

    @app.get("/views/named", tags=["views"])
    async def named_views() -> list[dict[str, str]]:
        """List the ready-made views."""
        return [view.told for view in NAMED.values()]

    @app.get("/views/named/{view}.{name}", **pictures)
    async def named(view: str, name: str, look: Annotated[Look, Query()], request: Request) -> Response:
        """Draw a ready-made view as a file in the named format."""
        chosen = view_named(view)
        return await door.answer(
            request, name, lambda asked: named_picture(asked, chosen, look.theme, look.title)
        )


class _Door:
    """Answers with pictures; the last ones are kept."""

    def __init__(self, engine: Engine, frame_ancestors: str) -> None:
        self._engine = engine
        self._drawn: Recent[str, bytes] = Recent(KEPT)
        self._flights: Flights[str, tuple[bytes, bool]] = Flights()
        self._turn = asyncio.Semaphore(DRAWN_AT_ONCE)
        self._headers = {
            "Content-Security-Policy": f"frame-ancestors {frame_ancestors}",
            "Cache-Control": "no-cache",
        }

    async def answer(self, request: Request, format_name: str, read: Read) -> Response:
        """Draw what `read` gives, or say that the client has it."""
        chosen = format_named(format_name)
        # The state is read first: a write in between makes the tag older than the picture, never newer.
        state = await self._engine.state()
        asked = (VERSION, state, request.url.path, sorted(request.query_params.multi_items()))
        tag = f'"{hashlib.sha256(repr(asked).encode()).hexdigest()[:32]}"'
        headers = {**self._headers, "ETag": tag}
        if has_it(request.headers.get("if-none-match", ""), tag):
            return Response(status_code=304, headers=headers)
        drawn = self._drawn.get(tag)
        settled = True
        if drawn is None:
            drawn, settled = await self._flights.make(tag, lambda: self._draw(tag, read, format_name))
        return Response(drawn, media_type=chosen.media_type, headers=headers if settled else self._headers)

    async def _draw(self, tag: str, read: Read, format_name: str) -> tuple[bytes, bool]:
        """Return the picture, and whether it may be kept."""
        subgraph, style, settled = await self._of_one_state(read)
        # Layout and template are plain work for a processor: other requests go on meanwhile.
        async with self._turn:
            drawn = await run_in_threadpool(render, subgraph, style, format_name)
        return (self._drawn.put(tag, drawn) if settled else drawn), settled

    async def _of_one_state(self, read: Read) -> tuple[Subgraph, Style, bool]:
        """Read a picture that takes several statements; again where somebody wrote in between."""
        for _ in range(READS):
            asked = _Asked(self._engine)
            found = await read(asked)
            if len(asked.states) <= 1:
                return *found, asked.settled
        raise DatabaseUnavailable("the graph is being loaded; ask for the picture again in a moment")


class _Asked:
    """The engine, and the states of the graph that it answered from."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.states: set[tuple[object, ...]] = set()
        self.settled = True

    async def data(self, request: GraphQLRequest) -> dict[str, Any]:
        answer = await self._engine.answer(request)
        if answer.state is not None:
            self.states.add(answer.state)
        self.settled &= answer.settled
        return answer.whole()
