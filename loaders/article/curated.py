"""The built-in article's data files as records: entities, places, references, citations and claims.

The files hold no sentence of the article: a claim is in our own words, with its place and the SHA-256 of
its sentence. See docs/curation.md for how they are made.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from loaders.article.cells import spans_in
from schema import ids
from schema.enums import (
    Certainty,
    CitationConcern,
    CitationStatus,
    ContextRole,
    EvidenceLevel,
    MappingMatch,
    OperationalClass,
)
from schema.errors import InvalidSource
from schema.records import (
    Article,
    Citation,
    Claim,
    ClaimCitation,
    ClaimContext,
    Entity,
    IsA,
    Mapping,
    Mention,
    Record,
    Reference,
    Section,
    Sentence,
    Source,
)

BUILT_IN = "msc-ev"
BUILT_IN_ARTICLE = ids.article_id(BUILT_IN)


@dataclass(frozen=True)
class Curated:
    """One curated article in a folder of data files; records in an order that the writer takes."""

    folder: Traversable

    @cached_property
    def meta(self) -> dict[str, Any]:
        """What `article.json` holds."""
        value: dict[str, Any] = json.loads(self.folder.joinpath("article.json").read_text(encoding="utf-8"))
        return value

    @property
    def article(self) -> str:
        """The article's id."""
        return str(self.meta["id"])

    def records(self) -> Iterator[Record]:
        """Yield everything the folder says; no sentence is verified, no quote is there."""
        meta = self.meta
        yield Source(self.article, meta["title"], meta["version"], meta["licence"])
        yield Article(
            self.article, meta["title"], tuple(meta["authors"]), meta["articleType"], meta["interests"]
        )
        yield from self.sections()
        yield from self.sentences()
        yield from self.references()
        yield from self.citations()
        yield from self.entities()
        yield from self.mentions()
        yield from self.is_a()
        yield from self.claims()

    def sections(self) -> Iterator[Section]:
        """Yield the sections."""
        for row in self.table("sections.tsv"):
            yield Section(self.article, int(row["block"]), row["title"], int(row["level"]))

    def sentences(self) -> Iterator[Sentence]:
        """Yield the places of all body sentences."""
        for row in self.table("places.tsv"):
            yield Sentence(
                self.article,
                int(row["section"]),
                int(row["block"]),
                int(row["sentence"]),
                spans_in(row["spans"]),
                row["sha256"],
            )

    def references(self) -> Iterator[Reference]:
        """Yield the printed references."""
        for row in self._lines("references.jsonl"):
            yield Reference(**{**row, "article": self.article, "authors": tuple(row["authors"])})

    def citations(self) -> Iterator[Citation]:
        """Yield the in-text markers and where they lead."""
        for row in self._lines("citations.jsonl"):
            yield Citation(
                self.article,
                row["label"],
                CitationStatus(row["status"]),
                row["basis"],
                float(row["confidence"]),
                row["marker"],
                row["reference"],
                tuple(row["alternatives"]),
                row["note"],
            )

    def entities(self) -> Iterator[Entity]:
        """Yield the entities with their identifiers."""
        for row in self._lines("entities.jsonl"):
            yield Entity(
                row["id"],
                row["kind"],
                row["name"],
                row["category"],
                row["description"],
                tuple(row["synonyms"]),
                tuple(row["asWritten"]),
                tuple(row["composition"]),
                tuple(_mapping(mapping) for mapping in row["mappings"]),
                tuple((name, _property(name, value)) for name, value in row["properties"].items()),
            )

    def mentions(self) -> Iterator[Mention]:
        """Yield what the sentences name, as the tagger found it in the article's file."""
        for row in self.table("mentions.tsv"):
            place = (int(row["block"]), int(row["sentence"]))
            yield Mention(self.article, row["entity"], *place, spans_in(row["spans"]))

    def is_a(self) -> Iterator[IsA]:
        """Yield the ontology steps among the entities."""
        for row in self.table("is_a.tsv"):
            yield IsA(row["child"], row["parent"], row["source"], row["version"] or None)

    def claims(self) -> Iterator[Claim]:
        """Yield the claims, each with its place, its citations and what is known against them."""
        sha256 = {(s.block, s.sentence): s.sha256 for s in self.sentences()}
        concerns = list(self._lines("concerns.jsonl"))
        for row in self._lines("claims.jsonl"):
            place = (row["block"], row["sentence"])
            yield Claim(
                article=self.article,
                subject=row["subject"],
                predicate=row["predicate"],
                object=row["object"],
                statement=row["statement"],
                block=place[0],
                sentence=place[1],
                sha256=sha256.get(place, ""),
                certainty=Certainty(row["certainty"]),
                evidence_level=EvidenceLevel(row["evidenceLevel"]),
                negated=row.get("negated", False),
                context=_context(row.get("context", {})),
                mechanisms=tuple(row.get("mechanisms", ())),
                citations=tuple(_claim_citation(label, row, concerns) for label in row.get("citations", ())),
            )

    def _lines(self, name: str) -> Iterator[dict[str, Any]]:
        text = self.folder.joinpath(name).read_text(encoding="utf-8")
        for number, line in enumerate(text.splitlines(), 1):
            try:
                yield json.loads(line)
            except json.JSONDecodeError as error:
                raise InvalidSource(
                    f"{name}, line {number}, column {error.colno}: not JSON: {error.msg}",
                    file=name,
                    line=number,
                    column=error.colno,
                ) from error

    def table(self, name: str) -> Iterator[dict[str, str]]:
        """Yield the rows of a file of tab-separated columns; `InvalidSource` where one has too few."""
        header, *rows = self.folder.joinpath(name).read_text(encoding="utf-8").splitlines()
        columns = header.split("\t")
        for number, row in enumerate(rows, 2):
            cells = row.split("\t")
            if len(cells) != len(columns):
                raise InvalidSource(
                    f"{name}, line {number}: {len(cells)} columns instead of {len(columns)}: {header}",
                    file=name,
                    line=number,
                )
            yield dict(zip(columns, cells, strict=True))


def built_in() -> Curated:
    """Return the built-in article."""
    return Curated(files("loaders.article").joinpath("data", BUILT_IN))


def _mapping(row: dict[str, Any]) -> Mapping:
    return Mapping(row["id"], MappingMatch(row["match"]), row["source"], row.get("label"), row.get("version"))


def _property(name: str, value: Any) -> object:
    if name == "operationalClasses":
        return tuple(OperationalClass(item) for item in value)
    return tuple(value) if isinstance(value, list) else value


def _context(row: dict[str, Any]) -> ClaimContext:
    roles = []
    for role in ContextRole:
        value = row.get(role.value, [])
        roles += [(role, id_) for id_ in ([value] if isinstance(value, str) else value)]
    return ClaimContext(tuple(roles), row.get("extent"), row.get("dose"))


def _claim_citation(label: str, claim: dict[str, Any], concerns: list[dict[str, Any]]) -> ClaimCitation:
    """Join a marker with the concerns about it in this sentence; some are about certain objects only."""
    found: list[CitationConcern] = []
    notes: list[str] = []
    for row in concerns:
        if (row["label"], row["block"], row["sentence"]) != (label, claim["block"], claim["sentence"]):
            continue
        if claim["object"] in row.get("objects", [claim["object"]]):
            found += [CitationConcern(name) for name in row["concerns"]]
            notes.append(row["note"])
    return ClaimCitation(label, tuple(dict.fromkeys(found)), " ".join(notes) or None)
