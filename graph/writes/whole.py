"""The graph as a whole: how much is in it, its generation, and the releases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from graph.release import Releases
from graph.statement import Statement
from graph.vocabulary import NODE_LABELS

_OURS = " + ".join(f"COUNT {{ (:{name}) }}" for name in NODE_LABELS)
COUNT_NODES = Statement(f"RETURN [COUNT {{ () }}, {_OURS}, COUNT {{ (:Release {{id: 'graph'}}) }}] AS value")

# Other writers wait here for the end of the transaction.
HOLD = Statement("MERGE (r:Release {id: 'graph'}) SET r.generation = coalesce(r.generation, 0)")


def releases(sources: Sequence[str]) -> Statement:
    """Raise the generation, which holds back other writers until this one is done; read the releases."""
    return Statement(
        """
        MERGE (r:Release {id: 'graph'})
        SET r.generation = coalesce(r.generation, 0) + 1
        RETURN [coalesce(r.hash, ''),
                COLLECT { MATCH (s:Source) WHERE s.id IN $sources RETURN [s.id, coalesce(s.release, '')] },
                r.generation] AS value
        """,
        {"sources": sources},
    )


def stamp(state: Releases, now: datetime) -> Statement:
    """Write the releases; the date moves only when the graph's does."""
    return Statement(
        """
        MATCH (r:Release {id: 'graph'})
        SET r.builtAt = CASE WHEN r.hash = $hash THEN r.builtAt ELSE $now END, r.hash = $hash
        WITH r
        UNWIND $sources AS row
        MATCH (s:Source {id: row.id})
        SET s.release = row.release
        """,
        {
            "hash": state.graph,
            "now": now,
            "sources": [{"id": id_, "release": hash_} for id_, hash_ in sorted(state.by_source.items())],
        },
    )
