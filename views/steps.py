"""A picture built up on one slide after another: what is there does not move, what is to come is absent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from views.picture import Picture


def steps(picture: Picture, groups: Sequence[Collection[str]]) -> list[Picture]:
    """Return one picture a group of node ids, each with all groups before it; legend and frame stay whole.

    Nodes that are in no group come last; a group that adds nothing gives no picture.
    """
    stages, seen = [], set[str]()
    everything = {mark.node.id for mark in picture.nodes}
    for group in (*groups, everything):
        added = (set(group) & everything) - seen
        if added:
            seen |= added
            stages.append(frozenset(seen))
    return [_part(picture, ids, place, len(stages)) for place, ids in enumerate(stages, 1)] or [picture]


def rings(picture: Picture, focus: Collection[str] = ()) -> list[list[str]]:
    """Return the ids of the nodes by distance from those in `focus`, else from the one with most relations.

    What no relation joins to them is in no ring.
    """
    ids = [mark.node.id for mark in picture.nodes]
    near: dict[str, set[str]] = {i: set() for i in ids}
    for mark in picture.edges:
        near[ids[mark.source]].add(ids[mark.target])
        near[ids[mark.target]].add(ids[mark.source])
    ring = [i for i in ids if i in focus] or _hub(picture, ids)
    found: list[list[str]] = []
    seen: set[str] = set()
    while ring:
        found.append(ring)
        seen |= set(ring)
        around = {other for i in ring for other in near[i]} - seen
        ring = [i for i in ids if i in around]
    return found


def _hub(picture: Picture, ids: Sequence[str]) -> list[str]:
    degree = Counter(end for mark in picture.edges for end in {mark.source, mark.target})
    return [ids[i] for i in sorted(range(len(ids)), key=lambda i: (-degree[i], i))[:1]]


def _part(picture: Picture, ids: Collection[str], place: int, count: int) -> Picture:
    kept = [i for i, mark in enumerate(picture.nodes) if mark.node.id in ids]
    now = {old: new for new, old in enumerate(kept)}
    edges = [mark for mark in picture.edges if mark.source in now and mark.target in now]
    return replace(
        picture,
        nodes=tuple(picture.nodes[i] for i in kept),
        edges=tuple(replace(mark, source=now[mark.source], target=now[mark.target]) for mark in edges),
        alt=f"{picture.alt} Step {place} of {count}: {len(kept)} entities, {len(edges)} relations.",
    )
