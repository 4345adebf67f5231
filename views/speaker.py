"""Speaker notes: what stands behind each relation of a slide, in words that can be read out or looked up."""

from __future__ import annotations

from collections.abc import Iterator

from schema.enums import Certainty, CitationConcern, CitationStatus, EvidenceLevel
from views.facts import meaning, name_of, place_of, sentence
from views.model import ViewCitation, ViewClaim
from views.picture import EdgeMark, NodeMark, Picture
from views.text import one_line


def notes(picture: Picture, before: Picture | None = None) -> list[str]:
    """Return the paragraphs for a slide; after the slide `before` of the same build-up, only what is new."""
    nodes, edges = new_since(picture, before)
    found = [one_line(picture.title.full), ""]
    if before:
        found += [
            "New in this step: " + ("; ".join(name_of(mark.node) for mark in nodes) or "no entity"),
            f"The notes of the slides before tell what stands behind the "
            f"{len(picture.edges) - len(edges):,} relations shown before.",
            "",
        ]
    for mark in edges:
        found += [sentence(picture.nodes, mark), *_edge(mark), ""]
    if not edges:
        found += ["No new relation in this step." if before else "No relation on this slide.", ""]
    return [*found, *(one_line(block.full) for block in (picture.notes, picture.caption) if block.full)]


def new_since(picture: Picture, before: Picture | None) -> tuple[list[NodeMark], list[EdgeMark]]:
    """Return the nodes and relations that were not in the picture `before`."""
    if before is None:
        return list(picture.nodes), list(picture.edges)
    nodes = {mark.node.id for mark in before.nodes}
    edges = {mark.edge.id for mark in before.edges}
    return (
        [mark for mark in picture.nodes if mark.node.id not in nodes],
        [mark for mark in picture.edges if mark.edge.id not in edges],
    )


def _edge(mark: EdgeMark) -> Iterator[str]:
    edge = mark.edge
    for claim in edge.claims:
        yield from _claim(claim)
    if not edge.claims:
        known = [*map(one_line, edge.sources), *map(one_line, edge.publications)]
        yield "  No claim comes with this relation" + (f"; from {', '.join(known)}." if known else ".")


def _claim(claim: ViewClaim) -> Iterator[str]:
    yield f"  • {one_line(claim.statement)}"
    facts = [
        "said not to hold" if claim.negated else "",
        meaning(Certainty, claim.certainty),
        meaning(EvidenceLevel, claim.evidence_level),
        place_of(claim),
    ]
    yield "     " + "; ".join(one_line(fact) for fact in facts if fact)
    yield from (f"     {_citation(citation)}" for citation in claim.citations)
    if not claim.citations:
        yield "     no citation"


def _citation(citation: ViewCitation) -> str:
    doi = one_line(citation.doi)
    pmid = one_line(citation.pmid).removeprefix("PMID:")
    unresolved = citation.status != CitationStatus.RESOLVED
    parts = [
        one_line(citation.title),
        f"doi:{doi}" if doi else "",
        f"PMID {pmid}" if pmid else "",
        meaning(CitationStatus, citation.status) if unresolved else "",
        *(f"concern: {meaning(CitationConcern, concern)}" for concern in citation.concerns),
        one_line(citation.note),
    ]
    return f"[{one_line(citation.label)}] " + "; ".join(one_line(part) for part in parts if part)
