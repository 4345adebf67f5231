"""The tools: each a question to the graph, answered with places and citations, or with 'Not stated'.

The docstrings are what a model reads; errors are one line that says what to do.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from mcp.types import CallToolResult, ImageContent, TextContent
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from api.graphql.engine import Engine, Request
from api.mcp import answers, documents
from api.mcp.describe import described
from api.pictures import Wanted, named_picture, picture
from api.requests import RESOLVE, ClaimTests, entity_of
from graph.connection import Database
from graph.reads.open import read_open
from schema.enums import Certainty, Direction, EvidenceLevel
from schema.errors import InvalidQuery, UsageError
from schema.kinds import KINDS, kind_named
from schema.predicates import PREDICATES, predicate_named
from views import Style, Subgraph, format_named, render
from views.files import write_whole
from views.named import NAMED, view_named

MAX_ROWS = 1_000
MAX_CLAIMS = 50
MAX_ENTITIES = 300

_ENTITY = "An id (HGNC:6018, mscev:msc-ev), an exact mapping (UniProtKB:P05231), or a name (IL-6)."
Entity = Annotated[str, Field(description=_ENTITY, min_length=1)]
Kind = Annotated[
    str,
    Field(description="A kind of entity.", json_schema_extra={"enum": [kind.constant for kind in KINDS]}),
]
Predicate = Annotated[
    str,
    Field(
        description="The tool schema says what each means.",
        json_schema_extra={"enum": [predicate.name for predicate in PREDICATES]},
    ),
]
_CONSTANTS = {kind.constant: kind.name for kind in KINDS}


@dataclass(frozen=True, slots=True)
class Tools:
    """The tools over one database.

    `folder` is where files go, None where none may be written; `seconds` is the time of one statement.
    """

    engine: Engine
    database: Database
    folder: Path | None
    seconds: float

    async def schema(self) -> answers.SchemaAnswer:
        """Say what may be in the graph, and how much of it is. Call this first.

        Kinds of entities with their id namespaces, properties and units; predicates with the kinds they join;
        the values of enums; the patterns for Cypher. The graph holds what named articles say, as claims.
        """
        return described(await self.engine.data(Request(documents.COUNTS)))

    async def search(
        self,
        text: Annotated[str, Field(description="Words, or their beginnings.", min_length=1)],
        kind: list[Kind] | None = None,
        first: Annotated[int, Field(description="Entities at most.", ge=1, le=50)] = 10,
    ) -> answers.SearchAnswer:
        """Find entities by words in names, synonyms and descriptions, best first."""
        kinds = [_kind(name) for name in kind] if kind else None
        data = await self._ask(documents.SEARCH, text=text, kind=kinds, first=first)
        found = [edge["node"] | {"score": edge["score"]} for edge in data["search"]["edges"]]
        said = (
            f"{len(found)} entities."
            if found
            else f"Not stated: no entity is named or described by {text!r}."
        )
        return answers.SearchAnswer.model_validate(
            _told(data, said, stated=bool(found)) | {"entities": found}
        )

    async def resolve(
        self,
        texts: Annotated[
            list[str], Field(description="Names, synonyms or identifiers.", min_length=1, max_length=100)
        ],
    ) -> answers.ResolveAnswer:
        """Turn names and identifiers into entities, one for each text, in their order.

        Where none fits, or several do, the entity is null with the reason, and `nearest` is what sounds
        like it; nothing is guessed.
        """
        rows = (await self._ask(RESOLVE, texts=texts))["resolve"]
        for row in rows:
            if row["entity"] is None and row["text"].strip():
                like = await self._ask(documents.LIKE, text=row["text"])
                row["nearest"] = like["search"]["nodes"]
        return answers.ResolveAnswer.model_validate({"resolved": rows})

    async def claims(
        self,
        *,
        about: Annotated[Entity, Field(description=f"Subject or object. {_ENTITY}")] | None = None,
        subject: Entity | None = None,
        object: Entity | None = None,  # noqa: A002 - the graph's own word
        disease: Annotated[Entity, Field(description=f"The disease of the setting. {_ENTITY}")] | None = None,
        predicate: Predicate | None = None,
        direction: Annotated[Direction, Field(description="What happens to the object.")] | None = None,
        evidence_level: EvidenceLevel | None = None,
        certainty: Certainty | None = None,
        negated: Annotated[bool, Field(description="True: what is said not to be so.")] | None = None,
        first: Annotated[int, Field(description="Claims of this page.", ge=1, le=MAX_CLAIMS)] = 10,
        after: Annotated[str, Field(description="`after` of the page before.")] | None = None,
    ) -> answers.ClaimsAnswer:
        """What the articles say: claims that pass all tests, in the order of the text.

        Each has its place (section, paragraph, sentence) and its citations with status and concerns. Cite the
        place, and say so when a marker is UNRESOLVED or a paper has concerns. Where nothing is stated,
        `nearest` says what the entity is related to instead.
        """
        if predicate is not None:
            predicate_named(predicate)
        tests = ClaimTests(
            about, subject, object, disease, predicate, direction, evidence_level, certainty, negated
        )
        named = await self._entities(tests.entities)
        filter_ = tests.filter([{"entity": entity} for entity in named.values()])
        data = await self._ask(documents.CLAIMS, filter=filter_, first=first, after=after)
        page = data["claims"]
        total, rows = page["totalCount"], page["nodes"]
        said = (
            f"Stated: {_counted(total, 'claim')}; {len(rows)} on this page."
            if total
            else f"Not stated: no claim passes the tests ({_shown(tests, named)})."
        )
        near = [] if total else await self._near(named)
        more = page["pageInfo"]["hasNextPage"]
        return answers.ClaimsAnswer.model_validate(
            _told(data, said, stated=total > 0, nearest=near)
            | {"total": total, "claims": rows, "after": page["pageInfo"]["endCursor"] if more else None}
        )

    async def between(self, a: Entity, b: Entity) -> answers.BetweenAnswer:
        """What is stated between two entities, in either direction.

        Relations, and the claims with places and citations. Where nothing is stated it says so, with the
        entities that are related to both.
        """
        named = await self._entities({"a": a, "b": b})
        data = (await self._ask(documents.BETWEEN, **_ids(named)))["between"]
        stated = bool(data["claims"] or data["relations"])
        names = f"{named['a']['name']} and {named['b']['name']}"
        said = (
            f"Stated: {_counted(len(data['claims']), 'claim')}, "
            f"{_counted(len(data['relations']), 'relation')} between {names}."
            if stated
            else f"Not stated: no claim joins {names}; entities related to both: {len(data['nearest'])}."
        )
        return answers.BetweenAnswer.model_validate({**data, **named, "stated": stated, "answer": said})

    async def paths(
        self,
        start: Entity,
        end: Entity,
        max_hops: Annotated[int, Field(description="Relations in a row, at most.", ge=1, le=4)] = 4,
        first: Annotated[int, Field(description="Ways, at most.", ge=1, le=20)] = 5,
    ) -> answers.PathsAnswer:
        """How two entities hang together: ways over relations, shortest first.

        A way is no claim of an article; `mixedContext` warns where its hops hold in different diseases.
        """
        named = await self._entities({"start": start, "end": end})
        ends = {"from": named["start"]["id"], "to": named["end"]["id"]}
        data = await self._ask(documents.PATHS, **ends, hops=max_hops, first=first)
        ways = data["paths"]
        near = [] if ways else await self._near({"subject": named["start"], "object": named["end"]})
        said = (
            f"{_counted(len(ways), 'way')}, the shortest of "
            f"{_counted(len(ways[0]['relations']), 'relation')}; each hop is stated, "
            "the way as a whole is not."
            if ways
            else f"Not stated: no way of at most {_counted(max_hops, 'relation')} joins "
            f"{named['start']['name']} and {named['end']['name']}."
        )
        return answers.PathsAnswer.model_validate(
            {**_told(data, said, stated=bool(ways), nearest=near), **named, "paths": ways}
        )

    def cypher(
        self,
        statement: Annotated[str, Field(description="One Cypher 5 statement that reads.", min_length=1)],
        parameters: Annotated[dict[str, Any], Field(description="Values of its $names.")] | None = None,
        limit: Annotated[
            int, Field(description="Rows; an answer with more is refused.", ge=1, le=MAX_ROWS)
        ] = 100,
    ) -> answers.CypherAnswer:
        """Ask in Cypher, read-only, for what the other tools do not answer; the tool schema has the patterns.

        Relations hold only what is asserted or hedged; negated and hypothetical claims are nodes alone.
        """
        table = read_open(self.database, statement, parameters or {}, rows=limit, seconds=self.seconds)
        return answers.CypherAnswer(columns=list(table.columns), rows=table.rows)

    async def view(
        self,
        *,
        focus: Annotated[
            list[Entity], Field(description=f"Draw around these; none: the whole graph. {_ENTITY}")
        ] = [],  # noqa: B006 - only read
        name: Annotated[
            str,
            Field(
                description="A ready-made view, in place of focus.",
                json_schema_extra={"enum": sorted(NAMED)},
            ),
        ]
        | None = None,
        hops: Annotated[int, Field(description="Relations away from the focus.", ge=0, le=4)] = 1,
        kind: list[Kind] | None = None,
        format: Annotated[  # noqa: A002 - as the commands and addresses have it
            Literal["png", "svg", "html", "pptx"],
            Field(description="png and svg come in the answer; html and pptx as a file."),
        ] = "png",
        theme: Literal["light", "dark"] = "light",
        title: Annotated[str, Field(max_length=200)] = "",
        limit: Annotated[int, Field(description="Entities, at most.", ge=1, le=MAX_ENTITIES)] = 100,
    ) -> Annotated[CallToolResult, answers.ViewAnswer]:
        """Draw entities and their relations for a slide.

        png (3840 x 2160 px) or svg in the answer, an html page or a pptx slide as a file. The picture carries
        its title, legend and source line.
        """
        if self.folder is None and format in {"html", "pptx"}:
            raise UsageError(f"{format} is a file, and a server over HTTP writes none; ask for png or svg")
        if name is not None:
            if focus or kind:
                raise UsageError("a view by name has a selection of its own; leave out focus and kind")
            subgraph, style = await named_picture(self.engine, view_named(name), theme, title)
        else:
            kinds = tuple(_CONSTANTS[_kind(one)] for one in kind or ())
            wanted = Wanted(tuple(focus), hops, kinds, limit, theme, title)
            subgraph, style = await picture(self.engine, wanted)
        if not subgraph.nodes:
            raise InvalidQuery("the graph holds nothing to draw; load an article with 'mscev load article'")
        drawn = await run_in_threadpool(render, subgraph, style, format)
        return self._shown(format, drawn, subgraph, style)

    def _shown(self, form: str, drawn: bytes, subgraph: Subgraph, style: Style) -> CallToolResult:
        path = None
        if form in {"html", "pptx"} and self.folder is not None:
            self.folder.mkdir(parents=True, exist_ok=True)
            path = self.folder / f"{hashlib.sha256(drawn).hexdigest()[:16]}.{form}"
            write_whole(path, drawn)
        answer = answers.ViewAnswer(
            format=form,
            path=str(path) if path else None,
            bytes=len(drawn),
            entities=len(subgraph.nodes),
            relations=len(subgraph.edges),
            truncated=subgraph.truncated,
            source=style.source_line,
        )
        told = TextContent(type="text", text=answer.model_dump_json(by_alias=True))
        if path:
            return CallToolResult(content=[told], structured_content=answer.model_dump(by_alias=True))
        media = format_named(form).media_type
        image = ImageContent(type="image", data=base64.b64encode(drawn).decode(), mime_type=media)
        return CallToolResult(content=[image, told], structured_content=answer.model_dump(by_alias=True))

    async def _ask(self, query: str, **variables: Any) -> dict[str, Any]:
        return await self.engine.data(Request(query, variables))

    async def _entities(self, texts: Mapping[str, str]) -> dict[str, dict[str, Any]]:
        """Return the entity that each argument names; raises `InvalidQuery` with the argument's name."""
        if not texts:
            return {}
        rows = (await self._ask(RESOLVE, texts=list(texts.values())))["resolve"]
        return {name: dict(entity_of(row, name)) for name, row in zip(texts, rows, strict=True)}

    async def _near(self, named: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Return what lies nearest: related to both ends where there are two, else to the one."""
        if {"subject", "object"} <= named.keys():
            ends = {"a": named["subject"]["id"], "b": named["object"]["id"]}
            nearest: list[dict[str, Any]] = (await self._ask(documents.NEAREST, **ends))["between"]["nearest"]
            return nearest
        for entity in named.values():
            found = await self._ask(documents.NEIGHBORS, id=entity["id"])
            nodes: list[dict[str, Any]] = found["entity"]["neighbors"]["nodes"]
            return nodes
        return []


def _kind(name: str) -> str:
    """Return the constant of a kind, checked; names of kinds are taken too."""
    return name if name in _CONSTANTS else kind_named(name).constant


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'s' * (number != 1)}"


def _ids(named: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    return {name: entity["id"] for name, entity in named.items()}


def _told(
    data: Mapping[str, Any], said: str, *, stated: bool, nearest: list[dict[str, Any]] | None = None
) -> dict[str, Any]:
    searched = [article["id"] for article in data["articles"]]
    return {"stated": stated, "answer": said, "searched": searched, "nearest": nearest or []}


def _shown(tests: ClaimTests, named: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the tests in words, entities by their names."""
    given = {name: getattr(tests, name) for name in ("predicate", "direction", "evidence_level", "certainty")}
    words = {name: entity["name"] for name, entity in named.items()} | given
    if tests.negated is not None:
        words["negated"] = str(tests.negated).lower()
    return ", ".join(f"{name}: {value}" for name, value in words.items() if value is not None) or "none given"
