"""Claims gathered into relations: one a subject, predicate and object; those that deny it are another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from schema.records import Relation
from views.model import Subgraph, ViewClaim, ViewEdge, ViewNode

if TYPE_CHECKING:
    from views.named.model import StatedClaim


def relations(claims: Sequence[StatedClaim]) -> Subgraph:
    """Return the entities and relations of these claims and of no others."""
    nodes: dict[str, ViewNode] = {}
    gathered: dict[tuple[str, str, str, bool], list[StatedClaim]] = defaultdict(list)
    for stated in claims:
        for node in (stated.subject, stated.object):
            nodes[node.id] = node
        key = (stated.subject.id, stated.predicate, stated.object.id, stated.claim.negated)
        gathered[key].append(stated)
    edges = (_relation(key, members) for key, members in sorted(gathered.items()))
    return Subgraph(tuple(nodes[i] for i in sorted(nodes)), tuple(edges))


def _relation(key: tuple[str, str, str, bool], members: Iterable[StatedClaim]) -> ViewEdge:
    subject, predicate, object_, negated = key
    stated = sorted(members, key=lambda one: (place_of(one.claim), one.claim.id))
    relation = Relation(subject, predicate, object_).id
    papers = {paper for one in stated for paper in publications(one.claim)}
    return ViewEdge(
        f"{relation}/denied" if negated else relation,
        subject,
        object_,
        predicate,
        stated[0].direction,
        tuple(sorted({source for one in stated for source in one.sources})),
        tuple(sorted(papers)),
        tuple(one.claim for one in stated),
    )


def place_of(claim: ViewClaim) -> tuple[int, int]:
    """Return where in the text a claim stands."""
    return claim.paragraph or 0, claim.sentence or 0


def publications(claim: ViewClaim) -> Iterable[str]:
    """Yield the papers that a claim's citations lead to, as CURIEs."""
    for citation in claim.citations:
        if citation.pmid:
            yield f"PMID:{citation.pmid}"
        elif citation.doi:
            yield f"doi:{citation.doi}"
