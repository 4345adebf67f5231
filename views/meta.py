"""Pictures of the schema itself: what stands behind a claim, and which kinds the predicates join."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from schema.kinds import KIND_BY_NAME, KINDS
from schema.predicates import ACTORS, ANY, PREDICATES, Predicate
from schema.stored import LABELS, LINKS
from views import svg
from views.composer import compose
from views.model import Style, Subgraph, ViewEdge, ViewNode
from views.theme import words_of

_SOURCE = "mscev · made from the schema"
_SHOWN = 3  # predicates that a line names; more are counted

# Kinds that are drawn as one node; each other kind stands for itself.
_GROUPS: Mapping[str, tuple[str, ...]] = {
    "vesicles, cells, therapies": ("EvSubtype", "EvPreparation", "CellType", "Therapy"),
    "molecules": ("Cargo", "Cytokine", "Protein", "Receptor", "Chemical"),
    "processes and states": ("Pathway", "BiologicalProcess", "Phenotype", "CellularComponent"),
    "diseases and outcomes": ("Disease", "Outcome"),
    "body": ("Anatomy", "MscSource"),
    "traits": ("Limitation", "Advantage"),
}


def provenance() -> str:
    """Return the picture of labels and of the relationship types that are no predicates, as SVG."""
    nodes = [ViewNode(label.name, label.name, "label") for label in LABELS]
    edges = [
        ViewEdge(f"{start} {link.name} {end}", start, end, link.name)
        for link in LINKS
        for start, end in link.ends
    ]
    title = "What stands behind a relation: claims, their places, and the papers that they rest on"
    note = "the loop is IS_A, a step of an ontology; Source, Release and Load are named by properties alone"
    return _drawn(title, nodes, edges, (note,))


def kinds() -> str:
    """Return the picture of the kinds and of the predicates that may join them, as SVG."""
    group_of = {kind.name: kind.name for kind in KINDS}
    group_of |= {kind: group for group, members in _GROUPS.items() for kind in members}
    joined: dict[tuple[str, str], set[str]] = defaultdict(set)
    for predicate in PREDICATES:
        if not (predicate.subjects == ACTORS or predicate.subjects == predicate.objects == ANY):
            for pair in _pairs(predicate, group_of):
                joined[pair].add(predicate.name)
    nodes = [
        ViewNode(group, _name(group), _GROUPS.get(group, (group,))[0])
        for group in dict.fromkeys(group_of.values())
    ]
    edges = [
        ViewEdge(f"{start} {end}", start, end, _words(names))
        for (start, end), names in sorted(joined.items())
    ]
    acting = [p for p in PREDICATES if p.subjects == ACTORS]
    anywhere = [p for p in PREDICATES if p.subjects == p.objects == ANY]
    notes = (
        f"not drawn: {len(acting)} predicates of acting ({acting[0].words} to {acting[-1].words}), open to "
        f"{len(ACTORS)} of {len(ANY)} kinds",
        f"{_listed(anywhere)} join any two",
    )
    return _drawn("Kinds of entities and the predicates that may join them", nodes, edges, notes)


def _pairs(predicate: Predicate, group_of: Mapping[str, str]) -> set[tuple[str, str]]:
    return {(group_of[s], group_of[o]) for s in predicate.subjects for o in predicate.objects}


def _name(group: str) -> str:
    return ", ".join(KIND_BY_NAME[kind].word for kind in _GROUPS.get(group, (group,)))


def _words(names: Iterable[str]) -> str:
    words = sorted(map(words_of, names))
    return ", ".join(words) if len(words) <= _SHOWN else f"{len(words)} predicates"


def _listed(predicates: Iterable[Predicate]) -> str:
    return ", ".join(predicate.words for predicate in predicates)


def _drawn(
    title: str,
    nodes: Iterable[ViewNode],
    edges: Iterable[ViewEdge],
    notes: tuple[str, ...],
) -> str:
    style = Style(title=title, source_line=_SOURCE)
    return svg.draw(compose(Subgraph(tuple(nodes), tuple(edges), notes=notes), style)).decode()
