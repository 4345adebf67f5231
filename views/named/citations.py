"""Which in-text marker leads to which printed reference, how surely, and what is known against it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from schema.enums import CitationConcern, CitationStatus
from views.arrangement import Group
from views.columns import Columns
from views.model import Subgraph, ViewCitation, ViewClaim, ViewEdge, ViewNode, ViewReference
from views.named.relations import place_of
from views.papers import IN_DOUBT, MARKER, REFERENCE, UNRESOLVED

if TYPE_CHECKING:
    from views.named.model import StatedClaim

_COLUMN = 7
_WORDS = {
    CitationConcern.CELLS_NOT_VESICLES: "cells",
    CitationConcern.PHASE_DIFFERS: "phase",
    CitationConcern.OTHER_CONDITION: "condition",
    CitationConcern.NOT_PRIMARY: "review",
    CitationConcern.ERRATUM: "erratum",
    CitationConcern.RETRACTED: "retracted",
    CitationConcern.OTHER: "other",
}


def citation_map(claims: Sequence[StatedClaim]) -> Subgraph:
    """Return markers and references; an edge holds the claims that rest on its marker."""
    resting: dict[str, list[ViewClaim]] = defaultdict(list)
    markers: dict[str, ViewCitation] = {}
    concerns: dict[str, set[str]] = defaultdict(set)
    for stated in sorted(claims, key=lambda one: (place_of(one.claim), one.claim.id)):
        for citation in stated.claim.citations:
            markers[citation.id] = citation
            resting[citation.id].append(stated.claim)
            concerns[citation.id].update(citation.concerns)
    nodes = [_marker(markers[i], concerns[i], len(resting[i])) for i in sorted(markers)]
    references = {r.id: r for i in sorted(markers) for r in _references(markers[i])}
    nodes += [_reference(references[i]) for i in sorted(references)]
    edges = [edge for i in sorted(markers) for edge in _edges(markers[i], tuple(resting[i]))]
    return Subgraph(tuple(nodes), tuple(edges))


def in_columns(subgraph: Subgraph) -> Columns:
    """Return markers in the order of their numbers, each beside its reference; the unresolved ones last."""
    leads = {edge.source: edge.target for edge in subgraph.edges if not edge.uncertain}
    kinds = {node.id: node.kind for node in subgraph.nodes}
    ordered = sorted(
        (node for node in subgraph.nodes if node.kind != REFERENCE), key=lambda node: _rank(node.id)
    )
    resolved = [node.id for node in ordered if kinds[node.id] != UNRESOLVED]
    columns: list[Group] = []
    for part in _even(resolved):
        columns.append(Group("Marker", part))
        columns.append(Group("Printed reference", tuple(leads[i] for i in part if i in leads)))
    columns.append(Group("No printed reference", tuple(n.id for n in ordered if n.kind == UNRESOLVED)))
    return Columns(tuple(columns), rows=_COLUMN)


def _even(ids: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the ids in columns of nearly equal length."""
    count = -(-len(ids) // _COLUMN)
    cuts = [-(-len(ids) * k // count) for k in range(count + 1)] if count else []
    return [tuple(ids[low:high]) for low, high in pairwise(cuts)]


def _rank(id_: str) -> tuple[int, str]:
    label = id_.rpartition("/")[2]
    return (int(label), "") if label.isdecimal() else (1 << 30, label)


def _references(citation: ViewCitation) -> tuple[ViewReference, ...]:
    return (*((citation.reference,) if citation.reference else ()), *citation.alternatives)


def _marker(citation: ViewCitation, concerns: set[str], claims: int) -> ViewNode:
    words = [word for concern, word in _WORDS.items() if concern in concerns]
    resolved = citation.status == CitationStatus.RESOLVED
    kind = (IN_DOUBT if words else MARKER) if resolved else UNRESOLVED
    name = f"{citation.label}: {', '.join(words)}" if words else citation.label
    rests = f"{claims} claim{'s' * (claims != 1)} rest{'s' * (claims == 1)} on it."
    return ViewNode(citation.id, name, kind, description=f"{rests} {citation.note or ''}".strip())


def _reference(reference: ViewReference) -> ViewNode:
    family = reference.authors[0].rpartition(" ")[0] if reference.authors else ""
    name = f"{reference.position}. {family or 'no author'} {reference.year or ''}".strip()
    url = f"https://doi.org/{reference.doi}" if reference.doi else None
    return ViewNode(reference.id, name, REFERENCE, url=url, description=reference.title)


def _edges(citation: ViewCitation, claims: tuple[ViewClaim, ...]) -> list[ViewEdge]:
    found = []
    if citation.reference:
        reference = citation.reference
        papers = (f"PMID:{reference.pmid}",) if reference.pmid else ()
        papers = papers or ((f"doi:{reference.doi}",) if reference.doi else ())
        found.append(
            ViewEdge(
                f"{citation.id}/resolved",
                citation.id,
                reference.id,
                "RESOLVED_TO",
                publications=papers,
                claims=claims,
            )
        )
    found += [
        ViewEdge(f"{citation.id}/may-be/{other.position}", citation.id, other.id, "MAY_BE", uncertain=True)
        for other in citation.alternatives
    ]
    return found
