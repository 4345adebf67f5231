"""A made-up graph as a stream of records: the same for the same sizes, and none of it is held in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from schema.enums import AgentType, KnowledgeLevel
from schema.kinds import KIND_BY_NAME
from schema.records import Edge, Entity, Record, Source

SOURCE = Source("mscev.graph:made-up", "made up")
KINDS = ("Protein", "Protein", "Protein", "Chemical", "BiologicalProcess", "Cytokine", "Disease", "Pathway")
PREDICATES = ("INCREASES", "DECREASES", "ACTIVATES", "INHIBITS", "AFFECTS", "ASSOCIATED_WITH")
WORDS = ("alpha", "beta", "gamma", "delta", "kinase", "factor", "receptor", "complex", "ligand", "form")


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much to make."""

    entities: int
    edges: int

    @property
    def id(self) -> str:
        """What tells this input from others."""
        return f"{self.entities}/{self.edges}"


def records(sizes: Sizes) -> Iterator[Record]:
    """Yield the source, its entities, its edges; both ends of an edge are drawn with a skew."""
    yield SOURCE
    for number in range(sizes.entities):
        yield _entity(number)
    draw = Random(sizes.edges).random
    for number in range(sizes.edges):
        subject, object_ = int(draw() ** 1.5 * sizes.entities), int(draw() ** 2 * sizes.entities)
        yield _edge(number, subject, object_)


def _entity(number: int) -> Entity:
    kind = KINDS[number % len(KINDS)]
    name = f"{WORDS[number % 10]} {WORDS[number // 10 % 10]} {number}"
    return Entity(
        f"mscev:made-{number:07}",
        kind,
        name,
        KIND_BY_NAME[kind].biolink,
        synonyms=(f"{name} form",) if number % 3 else (),
        as_written=(name,),
    )


def _edge(number: int, subject: int, object_: int) -> Edge:
    return Edge(
        f"made:{number}",
        f"mscev:made-{subject:07}",
        PREDICATES[number % len(PREDICATES)],
        f"mscev:made-{object_:07}",
        (
            ("knowledgeLevel", KnowledgeLevel.KNOWLEDGE_ASSERTION.value),
            ("agentType", AgentType.AUTOMATED_AGENT.value),
            ("publications", (f"PMID:{10_000_000 + number % 99_991}",)),
            ("primary_knowledge_source", "infores:made-up"),
        ),
    )
