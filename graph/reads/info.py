"""Reads of the graph as a whole: release, counts, sources, health."""

from __future__ import annotations

from collections.abc import Sequence

from graph.statement import Statement
from graph.vocabulary import KIND_LABELS, RELATION_TYPES

PING = Statement("RETURN 1 AS value")

STATE = Statement(
    "OPTIONAL MATCH (r:Release {id: 'graph'}) RETURN r { .hash, .generation, .builtAt } AS value"
)

# How write transactions of ours are named, and those that are open, with what they are doing.
WRITER = {"mscev": "writer"}
WRITERS = Statement(
    "SHOW TRANSACTIONS YIELD transactionId, status, metaData WHERE metaData.mscev = 'writer' "
    "RETURN collect([transactionId, status]) AS value"
)

# Loads and removals that are under way or were interrupted.
UNFINISHED = Statement(
    """
    RETURN COLLECT {
      MATCH (l:Load) RETURN l { .id, .state, startedAt: toString(l.startedAt) } AS x ORDER BY l.id
    } AS value
    """
)

# What a monitor asks every few seconds: cheap however big the graph is.
LIVE = Statement(
    """
    OPTIONAL MATCH (r:Release {id: 'graph'})
    RETURN {
      release: r.hash, generation: r.generation, builtAt: r.builtAt.epochSeconds,
      loads: COLLECT {
        MATCH (l:Load)
        RETURN {
          id: l.id, state: l.state, startedAt: l.startedAt.epochSeconds,
          records: reduce(
            n = 0, x IN COLLECT { MATCH (p:LoadPart {load: l.id}) RETURN coalesce(p.records, 0) } | n + x
          )
        } AS x ORDER BY l.id
      }
    } AS value
    """
)

_KINDS = ", ".join(f"['{kind}', COUNT {{ (:{kind}) }}]" for kind in KIND_LABELS)
_TYPES = ", ".join(f"['{type_}', COUNT {{ ()-[:{type_}]->() }}]" for type_ in RELATION_TYPES)

GRAPH = Statement(
    f"""
    OPTIONAL MATCH (r:Release {{id: 'graph'}})
    RETURN {{
      release: r.hash, generation: r.generation, builtAt: toString(r.builtAt),
      entities: COUNT {{ (:Entity) }}, claims: COUNT {{ (:Claim) }},
      kinds: [{_KINDS}], predicates: [{_TYPES}],
      sources: COLLECT {{ MATCH (s:Source) RETURN s {{ .* }} AS x ORDER BY s.id }},
      sentences: COUNT {{ (:Sentence) }}, references: COUNT {{ (:Reference) }},
      citations: COUNT {{ (:Citation) }},
      verified: COUNT {{ MATCH (s:Sentence) WHERE s.verified RETURN s }}
    }} AS value
    """
)


def files_read(articles: Sequence[str]) -> Statement:
    """Read the id of each of these articles that is stored, and the SHA-256 of its file."""
    return Statement(
        "MATCH (a:Article) WHERE a.id IN $ids RETURN collect([a.id, a.sha256]) AS value", {"ids": articles}
    )
