"""What the cases ask for: ids, places in lists and words, read from the store, the same in every run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from graph.connection import Database
from graph.statement import Statement

IDS = 1000
WORDS = 40
FAR = 30_000

_PROTEINS = Statement(
    "MATCH (n:Protein) WHERE n.id IS NOT NULL WITH n ORDER BY n.id RETURN collect(n.id) AS value"
)
_HUBS = Statement(
    """
    MATCH (n:Protein) WITH n, COUNT { (n)-[:INCREASES]->() } AS degree
    WHERE degree > 1000 WITH n ORDER BY n.id RETURN collect(n.id) AS value
    """
)
_WORDS = Statement(
    """
    MATCH (n:Protein) WHERE n.id STARTS WITH 'mscev:gen' UNWIND split(n.name, ' ') AS word
    WITH word, count(DISTINCT n) AS number ORDER BY word
    RETURN collect([word, number]) AS value
    """
)


@dataclass(frozen=True, slots=True)
class Picks:
    """`first` is the position of the first made-up protein in the list of all, `far` one far into it.

    A word of `words` is in some hundreds to thousands of texts.
    """

    proteins: Sequence[str]
    first: int
    far: int
    ids: Sequence[str]
    hubs: Sequence[str]
    words: Sequence[str]


def pick(database: Database, seed: int) -> Picks:
    """Read the store."""
    chance = Random(seed)
    proteins: list[str] = database.value(_PROTEINS)
    first = next(i for i, id_ in enumerate(proteins) if id_.startswith("mscev:gen"))
    made = proteins[first:]
    # Names and synonyms of all kinds together match four to five times as often.
    common = [word for word, number in database.value(_WORDS) if 0.004 <= number / len(made) <= 0.025]
    return Picks(
        proteins=proteins,
        first=first,
        far=min(FAR, len(proteins) * 3 // 4),
        ids=chance.sample(made, IDS),
        hubs=database.value(_HUBS),
        words=chance.sample(common, min(WORDS, len(common))),
    )
