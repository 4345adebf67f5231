"""The Cypher of the writer. A statement takes its rows as one parameter.

All but `edges` and `mark`, which create, may be run twice.
"""

from graph.writes.article_nodes import (
    articles,
    citations,
    has_article,
    mentions,
    references,
    removals,
    sections,
    sentences,
)
from graph.writes.claim_nodes import claims, claims_of, drop_claims, keys_of, relations
from graph.writes.entity_nodes import edges, entities, forget, held, is_a, steps, terms
from graph.writes.loads import (
    LOADING,
    REMOVING,
    SOURCES,
    begin,
    drop_source,
    end,
    is_stored,
    mark,
    source,
    under_way,
    written_parts,
)
from graph.writes.whole import COUNT_NODES, HOLD, releases, stamp

__all__ = [
    "COUNT_NODES",
    "HOLD",
    "LOADING",
    "REMOVING",
    "SOURCES",
    "articles",
    "begin",
    "citations",
    "claims",
    "claims_of",
    "drop_claims",
    "drop_source",
    "edges",
    "end",
    "entities",
    "forget",
    "has_article",
    "held",
    "is_a",
    "is_stored",
    "keys_of",
    "mark",
    "mentions",
    "references",
    "relations",
    "releases",
    "removals",
    "sections",
    "sentences",
    "source",
    "stamp",
    "steps",
    "terms",
    "under_way",
    "written_parts",
]
