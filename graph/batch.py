"""One source's records, sorted by type and checked against the schema."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from schema.errors import InvalidRecord, InvalidSource
from schema.records import (
    Article,
    Citation,
    Claim,
    Edge,
    Entity,
    IsA,
    Mention,
    Record,
    Reference,
    Section,
    Sentence,
    Source,
)
from schema.validate import check_claim, check_edge, check_entities, check_is_a, check_mention

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Rejected:
    """A record that was left out, and why."""

    record: Record
    problems: tuple[InvalidRecord, ...]

    @property
    def told(self) -> dict[str, Any]:
        """The record and its problems, as reports have them."""
        return {"record": repr(self.record), "problems": [problem.message for problem in self.problems]}


@dataclass(frozen=True, slots=True)
class Batch:
    """What one source says, without the rejected records."""

    source: Source
    entities: tuple[Entity, ...]
    is_a: tuple[IsA, ...]
    articles: tuple[Article, ...]
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    references: tuple[Reference, ...]
    citations: tuple[Citation, ...]
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    edges: tuple[Edge, ...]
    rejected: tuple[Rejected, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Numbers of records by type."""
        return {
            "entities": len(self.entities),
            "claims": len(self.claims),
            "edges": len(self.edges),
            "sentences": len(self.sentences),
            "references": len(self.references),
            "citations": len(self.citations),
            "mentions": len(self.mentions),
            "rejected": len(self.rejected),
        }


def batch_of(records: Iterable[Record]) -> Batch:
    """Sort records by type and leave out those that break the schema.

    Raises `InvalidSource` unless there is exactly one `Source`.
    """
    everything = list(records)
    sources = _of(everything, Source)
    if len(sources) != 1:
        raise InvalidSource(f"a load needs exactly one source record, not {len(sources)}", given=len(sources))
    entities, rejected = _entities(_of(everything, Entity))
    kinds = {entity.id: entity.kind for entity in entities}
    is_a, mentions, claims = [], [], []
    for step in _of(everything, IsA):
        problems = tuple(check_is_a(step, kinds))
        is_a.append(step) if not problems else rejected.append(Rejected(step, problems))
    sentences = _of(everything, Sentence)
    places = {(s.article, s.block, s.sentence) for s in sentences}
    for mention in _of(everything, Mention):
        problems = tuple(check_mention(mention, kinds, places))
        mentions.append(mention) if not problems else rejected.append(Rejected(mention, problems))
    labels = {(c.article, c.label) for c in _of(everything, Citation)}
    for claim in _of(everything, Claim):
        problems = tuple(check_claim(claim, kinds, places, labels))
        claims.append(claim) if not problems else rejected.append(Rejected(claim, problems))
    edges, again = [], set[str]()
    for edge in _of(everything, Edge):
        problems = tuple(check_edge(edge, kinds, again))
        again.add(edge.id)
        edges.append(edge) if not problems else rejected.append(Rejected(edge, problems))
    return Batch(
        sources[0],
        entities,
        tuple(is_a),
        _of(everything, Article),
        _of(everything, Section),
        sentences,
        _of(everything, Reference),
        _of(everything, Citation),
        tuple(mentions),
        tuple(claims),
        tuple(edges),
        tuple(rejected),
    )


def _of(records: Sequence[Record], type_: type[R]) -> tuple[R, ...]:
    return tuple(record for record in records if isinstance(record, type_))


def _entities(entities: tuple[Entity, ...]) -> tuple[tuple[Entity, ...], list[Rejected]]:
    bad: dict[str, list[InvalidRecord]] = {}
    for entity, problem in check_entities(entities):
        bad.setdefault(entity.id, []).append(problem)
    good = tuple(entity for entity in entities if entity.id not in bad)
    return good, [Rejected(entity, tuple(bad[entity.id])) for entity in entities if entity.id in bad]
