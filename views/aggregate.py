"""Graphs too large to be drawn whole: one node a kind, one relation for all alike between two kinds."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from views.model import ViewEdge, ViewNode
from views.picture import EdgeMark, KindMark

LARGEST = 5_000  # entities up to which a browser draws all in about a second

_Manner = tuple[int, int, str, str, bool, bool]


def gather(
    kinds: Sequence[KindMark], marks: Sequence[EdgeMark]
) -> tuple[list[ViewNode], list[KindMark], list[EdgeMark]]:
    """Return nodes, their kinds and relations with the counts in their names and words.

    `kinds` are those of the nodes at which `marks` begin and end. Claims stay with the whole graph.
    """
    counts = Counter(kinds)
    found = sorted(counts, key=lambda kind: (kind.word, kind.name))
    place_of = {kind: place for place, kind in enumerate(found)}
    nodes = [
        ViewNode(f"{kind.word} {place}", f"{kind.word} ({counts[kind]:,})", kind.name)
        for place, kind in enumerate(found)
    ]
    groups: dict[_Manner, list[EdgeMark]] = defaultdict(list)
    for mark in marks:
        source, target = place_of[kinds[mark.source]], place_of[kinds[mark.target]]
        groups[source, target, mark.words, mark.sign, mark.hedged, mark.negated].append(mark)
    edges = [
        _edge(nodes, manner, members) for manner, members in sorted(groups.items(), key=lambda item: item[0])
    ]
    return nodes, found, edges


def _edge(nodes: Sequence[ViewNode], manner: _Manner, members: Sequence[EdgeMark]) -> EdgeMark:
    source, target, words, *_ = manner
    first = members[0]
    edge = ViewEdge(
        id=" ".join(map(str, manner)),
        source=nodes[source].id,
        target=nodes[target].id,
        predicate=first.edge.predicate,
        direction=first.edge.direction,
        sources=tuple(sorted({name for mark in members for name in mark.edge.sources})),
    )
    return replace(first, edge=edge, source=source, target=target, words=f"{words} ({len(members):,})")
