"""The records of one load, joined: what the stored graph would hold, as Python values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from schema import ids
from schema.enums import ClaimStatus, ContextRole, Direction, MappingMatch
from schema.predicates import predicate_named
from schema.records import (
    Article,
    Citation,
    Claim,
    Entity,
    IsA,
    Mention,
    Record,
    Reference,
    Section,
    Sentence,
    Source,
)
from schema.records import Relation as RelationKey

R = TypeVar("R")
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Relation:
    """An edge and the claims behind it, in the order of the text."""

    id: str
    subject: Entity
    predicate: str
    object: Entity
    claims: tuple[Claim, ...]
    publications: tuple[str, ...]

    @property
    def direction(self) -> Direction | None:
        return predicate_named(self.predicate).direction

    @property
    def sources(self) -> list[str]:
        return sorted({claim.article for claim in self.claims})

    def other_end(self, entity: Entity) -> Entity:
        return self.object if self.subject is entity else self.subject


def place(thing: Any) -> str:
    """What sorts claims and sentences in the order of the text."""
    return ids.place_key(thing.article, thing.block, thing.sentence)


def by_place(claims: Iterable[Claim]) -> list[Claim]:
    return sorted(claims, key=lambda claim: (place(claim), claim.id))


def by_id(things: Iterable[R]) -> list[R]:
    return sorted(things, key=lambda thing: thing.id)  # type: ignore[attr-defined]


class Graph:
    """Everything by its id, and what is linked to it; links have the order in which GraphQL lists them."""

    def __init__(self, records: Iterable[Record]) -> None:
        everything = list(records)

        def of(type_: type[R]) -> list[R]:
            return [record for record in everything if isinstance(record, type_)]

        self.sources = by_id(of(Source))
        self.articles = {article.id: article for article in by_id(of(Article))}
        self.sections = {(s.article, s.block): s for s in sorted(of(Section), key=lambda s: s.block)}
        self.sentences = {(s.article, s.block, s.sentence): s for s in of(Sentence)}
        self.references = {r.id: r for r in sorted(of(Reference), key=lambda r: (r.position, r.id))}
        self.entities = {entity.id: entity for entity in by_id(of(Entity))}
        self.claims = {claim.id: claim for claim in by_place(of(Claim))}
        # Proposed claims are hidden in many places; there are none, so the oracle need not know.
        assert all(claim.status is ClaimStatus.CURATED for claim in self.claims.values())
        self._link_entities(of(IsA), of(Mention))
        self._link_citations({(c.article, c.label): c for c in of(Citation)})
        self._link_claims()
        self._make_relations()

    def _link_entities(self, steps: list[IsA], mentions: list[Mention]) -> None:
        self.exact = {
            mapping.id: entity
            for entity in self.entities.values()
            for mapping in entity.mappings
            if mapping.match is MappingMatch.EXACT
        }
        self.parents, self.children = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
        for step in steps:
            self.parents[step.child].add(step.parent)
            self.children[step.parent].add(step.child)
        self.mentions = defaultdict[str, list[tuple[Sentence, Mention]]](list)
        for mention in sorted(mentions, key=place):
            sentence = self.sentences[mention.article, mention.block, mention.sentence]
            self.mentions[mention.entity].append((sentence, mention))

    def _link_citations(self, citations: Mapping[tuple[str, str], Citation]) -> None:
        """Make rows of citations: by id with all concerns, by claim with the concerns of that claim."""
        self.citations: dict[str, Row] = {c.id: self._citation(c) for c in citations.values()}
        self.cited: dict[str, list[Row]] = {}
        self.resting = defaultdict[str, list[Claim]](list)
        for claim in self.claims.values():
            rows = []
            for part in claim.citations:
                citation = citations[claim.article, part.label]
                whole = self.citations[citation.id]
                whole["concerns"] = sorted({*whole["concerns"], *part.concerns})
                note = " ".join(filter(None, (citation.note, part.note))) or None
                rows.append({**whole, "concerns": list(part.concerns), "note": note})
                if whole["reference"] and claim not in self.resting[whole["reference"].id]:
                    self.resting[whole["reference"].id].append(claim)
            self.cited[claim.id] = sorted(
                rows, key=lambda row: (row["marker"] is None, row["marker"], row["label"])
            )

    def _citation(self, citation: Citation) -> Row:
        def reference(position: int | None) -> Reference | None:
            return self.references.get(ids.reference_id(citation.article, position)) if position else None

        return {
            "id": citation.id,
            "article": citation.article,
            "label": citation.label,
            "marker": citation.marker,
            "status": citation.status,
            "basis": citation.basis,
            "confidence": citation.confidence,
            "reference": reference(citation.reference),
            "alternatives": [reference(position) for position in sorted(citation.alternatives)],
            "concerns": [],
            "note": citation.note or None,
        }

    def _link_claims(self) -> None:
        self.played = defaultdict[tuple[str, str], list[Claim]](list)
        self.context: dict[str, list[tuple[ContextRole, Entity]]] = {}
        self.mechanisms: dict[str, list[Entity]] = {}
        for claim in self.claims.values():
            self.context[claim.id] = [
                (role, self.entities[id_]) for role, id_ in sorted(set(claim.context.roles))
            ]
            self.mechanisms[claim.id] = [self.entities[id_] for id_ in sorted(set(claim.mechanisms))]
            played = {("SUBJECT", claim.subject), ("OBJECT", claim.object)}
            played |= {("CONTEXT", id_) for _, id_ in claim.context.roles}
            for key in played | {("VIA", id_) for id_ in claim.mechanisms}:
                self.played[key].append(claim)

    def _make_relations(self) -> None:
        behind = defaultdict[tuple[str, str, str], list[Claim]](list)
        for claim in self.claims.values():
            if claim.makes_relation:
                behind[claim.subject, claim.predicate, claim.object].append(claim)
        relations = (
            Relation(
                RelationKey(subject, predicate, object_).id,
                self.entities[subject],
                predicate,
                self.entities[object_],
                tuple(claims),
                tuple(dict.fromkeys(p for claim in claims for p in self._publications(claim))),
            )
            for (subject, predicate, object_), claims in behind.items()
        )
        self.relations = {relation.id: relation for relation in by_id(relations)}
        self.touching = defaultdict[str, list[Relation]](list)
        for relation in self.relations.values():
            for end in {relation.subject.id, relation.object.id}:
                self.touching[end].append(relation)

    def _publications(self, claim: Claim) -> list[str]:
        found = (row["reference"] for row in self.cited[claim.id] if row["reference"])
        names = (f"PMID:{r.pmid}" if r.pmid else f"doi:{r.doi}" for r in found if r.pmid or r.doi)
        return sorted(names)

    def claims_of(self, entity: Entity, roles: Iterable[str]) -> list[Claim]:
        """The claims in which an entity plays one of these parts, in the order of the text."""
        found = {claim.id: claim for role in roles for claim in self.played[role, entity.id]}
        return by_place(found.values())

    def lineage(self, entity: Entity, steps: Mapping[str, set[str]]) -> list[Entity]:
        """What is reached by is-a steps, nearest first, then by id."""
        found: list[str] = []
        level = {entity.id}
        while level := {other for id_ in level for other in steps.get(id_, ())} - set(found):
            found += sorted(level)
        return [self.entities[id_] for id_ in found]
