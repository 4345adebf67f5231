"""A graph with all that a stream may hold: shared entities, claims, is-a steps, texts that files garble."""

from __future__ import annotations

from collections.abc import Iterator

from bench.load.data import SOURCE, Sizes, records
from schema.enums import Certainty, EvidenceLevel
from schema.records import Claim, Edge, Entity, IsA, Record

SIZES = Sizes(100, 1_000)
# HGNC's interleukin 6, which articles describe too
CYTOKINE = "HGNC:6018"
_COLUMNS = (("knowledgeLevel", "not_provided"), ("agentType", "manual_agent"), ("p_value", 0.5))


def mixed() -> Iterator[Record]:
    """Yield the made-up graph, and what is rare beside it."""
    yield SOURCE
    made = list(records(SIZES))
    yield from (record for record in made if isinstance(record, Entity))
    yield Entity(
        CYTOKINE,
        "NamedThing",
        'IL-6, "the" \\ one\nof two lines',
        "biolink:Protein",
        properties=(("taxon", ""), ("many", (1, 2)), ("yes", True), ("weight", 1e-7)),
    )
    yield from (record for record in made if isinstance(record, Edge))
    yield Edge(
        "e,1", CYTOKINE, "RELATED_TO", "mscev:made-0000001", (*_COLUMNS, ("note", " \ttabs, and commas "))
    )
    yield Claim(
        SOURCE.id,
        CYTOKINE,
        "INTERACTS_WITH",
        "mscev:made-0000001",
        "not so",
        0,
        0,
        "00",
        Certainty.ASSERTED,
        EvidenceLevel.NOT_STATED,
        negated=True,
    )
    yield IsA("mscev:made-0000001", "mscev:made-0000002", SOURCE.id)
