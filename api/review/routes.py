"""The addresses of review: the page, the queue behind it, deciding and taking back."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import orjson
from fastapi import Depends, FastAPI, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from api.explorer.render import Pages
from api.http import read_body
from api.review.guard import TOKEN, Guard
from api.review.queue import Asked, queue
from api.review.reviews import Reviews
from api.settings import ServiceSettings
from graph.connection import Database
from graph.reads.review import ProposalTests
from graph.target import Target
from loaders.review.decisions import Decision, Verdict
from loaders.review.fields import EDITABLE, edits_row, known, mapping, text
from loaders.review.files import ReviewFolder
from schema.enums import Certainty, ContextRole, EvidenceLevel
from schema.errors import InvalidInput
from schema.orcid import EXAMPLE
from schema.predicates import PREDICATES

MAX_BODY = 65_536
FIRST = 50
_CLAIM_EXAMPLE = "mscev.claim:0f3a5c7e9b1d2f4a6c8e0b2d4f6a8c0e"


class QueueQuery(BaseModel):
    """Which proposals, as query parameters."""

    model_config = ConfigDict(extra="forbid")

    state: Literal["open", "decided"] = Field(default="open", description="Whether somebody has decided.")
    article: str | None = Field(default=None, description="Only of this article.")
    rule: str | None = Field(default=None, description="Only found by this rule.")
    predicate: str | None = Field(default=None, description="Only with this predicate.")
    low: float | None = Field(default=None, ge=0, le=1, description="Only with at least this score.")
    high: float | None = Field(default=None, ge=0, le=1, description="Only with at most this score.")
    first: int = Field(default=FIRST, ge=1, le=200, description="Proposals of one page.")
    after: str | None = Field(
        default=None, description="`next` of the page before, as place and id with a space between."
    )


class Taken(BaseModel):
    """What a reviewer takes back: the last decision of theirs on a proposal."""

    model_config = ConfigDict(extra="forbid")

    article: str = Field(description="The article's id.", examples=["mscev.article:msc-ev"])
    claim: str = Field(description="The proposal's id.", examples=[_CLAIM_EXAMPLE])
    reviewer: str = Field(description="The reviewer's ORCID iD.", examples=[EXAMPLE])


class Decided(Taken):
    """One decision of a reviewer on a proposal."""

    decision: Verdict = Field(description="accepted, edited or rejected.")
    reason: str | None = Field(default=None, description="Why; whoever rejects must say it.")
    edits: dict[str, Any] | None = Field(
        default=None,
        description=f"New values by field, for edited: {', '.join(field.name for field in EDITABLE)}.",
        examples=[{"predicate": "DECREASES", "negated": False}],
    )


def mount_review(
    app: FastAPI, target: Target, settings: ServiceSettings, token: str | None = None
) -> Database:
    """Add the addresses of review to the service; the connection must be closed at the end.

    `token` is that of its pages, where several workers serve them.
    """
    database = Database(target)
    door = _Door(Reviews(database, ReviewFolder(settings.review_folder)), database, token)
    refused: dict[int | str, dict[str, Any]] = {
        403: {"description": "Not from this machine, through a proxy, or not from a page of this service."}
    }
    local, ours = Depends(door.guard.require_local), Depends(door.guard.require_ours)
    changed = refused | {
        400: {"description": "Not allowed; the message names what is."},
        404: {"description": "No such proposal or decision."},
    }

    @app.get("/review", tags=["review"], responses=refused, dependencies=[local], response_class=Response)
    async def page() -> Response:
        """Show the page on which proposed claims are accepted, edited and rejected."""
        return door.page()

    @app.get("/review/queue", tags=["review"], responses=refused, dependencies=[local])
    async def listed(query: Annotated[QueueQuery, Query()]) -> JSONResponse:
        """List proposed claims in the order of the text, with sentences, decisions and counts."""
        return await door.listed(query)

    @app.post(
        "/review/decisions",
        tags=["review"],
        responses=changed,
        dependencies=[ours],
        openapi_extra=_body(Decided),
    )
    async def decide(request: Request) -> JSONResponse:
        """Accept, edit or reject a proposal: kept in the article's file, then applied to the graph."""
        return await door.decide(request)

    @app.post(
        "/review/undo", tags=["review"], responses=changed, dependencies=[ours], openapi_extra=_body(Taken)
    )
    async def undo(request: Request) -> JSONResponse:
        """Take back a reviewer's last decision on a proposal, in the file and in the graph."""
        return await door.undo(request)

    return database


def _body(model: type[BaseModel]) -> dict[str, Any]:
    header = {
        "name": TOKEN,
        "in": "header",
        "required": True,
        "description": "The token that stands in the page.",
        "schema": {"type": "string"},
    }
    content = {"application/json": {"schema": model.model_json_schema()}}
    return {"requestBody": {"required": True, "content": content}, "parameters": [header]}


class _Door:
    def __init__(self, reviews: Reviews, database: Database, token: str | None) -> None:
        self.guard = Guard(token=token)
        self._reviews = reviews
        self._database = database
        self._pages = Pages("'none'")  # nobody frames a page on which a click decides

    def page(self) -> Response:
        given = {
            "token": self.guard.token,
            "header": TOKEN,
            "folder": str(self._reviews.folder.folder),
            "predicates": [
                {
                    "name": p.name,
                    "words": p.words,
                    "subjects": sorted(p.subjects),
                    "objects": sorted(p.objects),
                }
                for p in PREDICATES
            ],
        }
        return self._pages.page(
            "review",
            given=given,
            folder=given["folder"],
            predicates=PREDICATES,
            certainties=tuple(Certainty),
            levels=tuple(EvidenceLevel),
            roles=tuple(ContextRole),
            orcid=EXAMPLE,
        )

    async def listed(self, query: QueueQuery) -> JSONResponse:
        place, space, claim = (query.after or "").partition(" ")
        if query.after and not space:
            raise InvalidInput("after: give `next` of the page before, as place and id with a space between")
        tests = ProposalTests(query.article, query.rule, query.predicate, query.low, query.high)
        asked = Asked(tests, query.state == "decided", query.first, (place, claim) if query.after else None)
        return _answer(await run_in_threadpool(queue, self._database, self._reviews.folder, asked))

    async def decide(self, request: Request) -> JSONResponse:
        given = await _given(request, Decided)
        article, claim = given.pop("article"), given.pop("claim")
        return _told(await run_in_threadpool(self._reviews.decide, article, claim, given))

    async def undo(self, request: Request) -> JSONResponse:
        given = await _given(request, Taken)
        return _told(
            await run_in_threadpool(self._reviews.undo, given["article"], given["claim"], given["reviewer"])
        )


async def _given(request: Request, model: type[Taken]) -> dict[str, Any]:
    """Return the fields of a request's body; raises for what is none, or holds other fields."""
    body = await read_body(request.receive, request.headers.get("content-length", ""), MAX_BODY)
    try:
        given: dict[str, Any] = dict(mapping("body", orjson.loads(body or b"")))
    except orjson.JSONDecodeError as error:
        raise InvalidInput(f"body: not JSON: {error.msg}") from error
    known(given, tuple(model.model_fields))
    for name in ("article", "claim", "reviewer"):
        text(name, given.get(name))
    return given


def _told(decision: Decision) -> JSONResponse:
    """Return what was decided, or taken back, and the claim that it makes."""
    made = decision.outcome(decision.proposal) if decision.proposal else None
    return _answer(
        {
            "article": decision.article,
            "claim": decision.claim,
            "decision": decision.verdict.value,
            "reason": decision.reason,
            "edits": edits_row(decision.edits),
            "reviewer": decision.reviewer,
            "date": decision.date,
            "curated": made.id if made else None,
        }
    )


def _answer(value: dict[str, Any]) -> JSONResponse:
    return JSONResponse(value, headers={"Cache-Control": "no-store"})
