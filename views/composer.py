"""From a subgraph and a style to one picture; every format draws what this module decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from schema.enums import Certainty
from schema.errors import InvalidInput
from views import aggregate, labels, legend, routes
from views.facts import name_of
from views.frame import Frame, frame, scale_of
from views.layout import sketch
from views.model import Style, Subgraph, ViewEdge, ViewNode
from views.picture import EdgeMark, KindMark, NodeMark, Picture
from views.shapes import reach
from views.sides import around
from views.text import one_line
from views.theme import HEADS, PALETTES, sign_of, words_of

TAGGED = 26  # up to this many relations carry their words
_OPACITIES = ((250, 1.0), (1000, 0.7), (3000, 0.45))  # so that a throng of lines leaves the nodes to be seen
NOTHING = "Nothing to draw: the query gave no entities."
CUT = "cut at the limit: the query has more than is drawn"


def compose(subgraph: Subgraph, style: Style) -> Picture:
    """Return the picture; the order of nodes and edges does not matter.

    Raises `InvalidInput` where an id stands twice or an edge has an end that is not among the nodes.
    """
    nodes, edges = _sorted(subgraph)
    kinds = [legend.kind_mark(node.kind, node.category) for node in nodes]
    marks = _edge_marks(nodes, edges)
    size, parts, told = _size(nodes, edges), _parts(kinds), [CUT] if subgraph.truncated else []
    if len(nodes) > aggregate.LARGEST:
        nodes, kinds, marks = aggregate.gather(kinds, marks)
        told = [f"{size} gathered by kind", *told]
    framed, labelled = _laid_out(style, nodes, kinds, marks, title=one_line(style.title) or size, told=told)
    radius = labels.radius(len(nodes)) * framed.scale
    return Picture(
        style=style,
        theme=PALETTES[style.theme],
        title=framed.title,
        area=framed.area,
        font_size=round(labels.font_size(len(nodes)) * framed.scale, 2),
        line_width=round(max(0.8, radius / 5.6), 2),
        line_opacity=next((opacity for limit, opacity in _OPACITIES if len(marks) <= limit), 0.3),
        nodes=tuple(
            NodeMark(node, kind, *point, radius, lines, above)
            for node, kind, point, lines, above in zip(
                nodes, kinds, labelled.points, labelled.labels, labelled.above, strict=True
            )
        ),
        edges=_routed(marks, labelled, framed, radius),
        legend=framed.legend,
        legend_size=legend.SIZE * framed.scale,
        notes=framed.notes,
        caption=framed.caption,
        message="" if nodes else NOTHING,
        alt=f"{framed.title.full}: a graph of {size}{parts}.",
    )


def _sorted(subgraph: Subgraph) -> tuple[list[ViewNode], list[ViewEdge]]:
    nodes = sorted(subgraph.nodes, key=lambda n: n.id)
    edges = sorted(subgraph.edges, key=lambda e: (e.source, e.predicate, e.target, e.id))
    for what, ids in (("node", [n.id for n in nodes]), ("edge", [e.id for e in edges])):
        twice = sorted(i for i, times in Counter(ids).items() if times > 1)
        if twice:
            raise InvalidInput(f"{what} id given twice: {twice[0]!r}; ids must differ", ids=tuple(twice))
    known = {node.id for node in nodes}
    for edge in edges:
        for end in (edge.source, edge.target):
            if end not in known:
                raise InvalidInput(f"edge {edge.id!r} ends at {end!r}, which is not among the nodes", id=end)
    return nodes, edges


def _edge_marks(nodes: Sequence[ViewNode], edges: Sequence[ViewEdge]) -> list[EdgeMark]:
    place_of = {node.id: place for place, node in enumerate(nodes)}
    return [_edge_mark(edge, place_of[edge.source], place_of[edge.target]) for edge in edges]


def _edge_mark(edge: ViewEdge, source: int, target: int) -> EdgeMark:
    """Hedged or negated is a relation of which every claim is; one without claims is neither."""
    sign = sign_of(edge.predicate, edge.direction)
    return EdgeMark(
        edge=edge,
        source=source,
        target=target,
        words=words_of(edge.predicate),
        sign=sign,
        head=HEADS[sign],
        hedged=bool(edge.claims) and all(claim.certainty != Certainty.ASSERTED for claim in edge.claims),
        negated=bool(edge.claims) and all(claim.negated for claim in edge.claims),
    )


def _laid_out(
    style: Style,
    nodes: Sequence[ViewNode],
    kinds: Sequence[KindMark],
    marks: Sequence[EdgeMark],
    *,
    title: str,
    told: list[str],
) -> tuple[Frame, labels.Labelled]:
    """Lay out twice where labels turn out to be hidden: the note about them takes a line from the graph."""
    count, links = len(nodes), [(mark.source, mark.target) for mark in marks if mark.source != mark.target]
    scale = scale_of(style)
    radius, font = labels.radius(count) * scale, labels.font_size(count) * scale
    reaches = [(radius * half_width, radius * half_height) for half_width, half_height in map(_reach, kinds)]
    names = [name_of(node) for node in nodes]
    entries, rough = legend.rows(kinds, marks), sketch(count, links, style.seed)
    framed = frame(style, title, entries, _notes(count - labels.HUBS if labels.crowded(count) else 0, told))
    labelled = labels.label(names, reaches, rough, links, area=framed.area, font=font)
    final = frame(style, title, entries, _notes(labelled.hidden, told))
    if final.area != framed.area:
        labelled = labels.label(names, reaches, rough, links, area=final.area, font=font)
        final = frame(style, title, entries, _notes(labelled.hidden, told) or [" "])
    return final, labelled


def _reach(kind: KindMark) -> tuple[float, float]:
    return reach(kind.shape)


def _notes(hidden: int, told: list[str]) -> list[str]:
    return [*([f"{_count(hidden, 'label')} hidden"] if hidden else []), *told]


def _routed(
    marks: Sequence[EdgeMark], labelled: labels.Labelled, framed: Frame, radius: float
) -> tuple[EdgeMark, ...]:
    ends = [(mark.source, mark.target) for mark in marks]
    points, boxes = labelled.points, labelled.boxes
    bends = routes.bends(ends, points, boxes, framed.area, 2.4 * radius)
    paths = [
        None if a == b else (points[a], points[b], bend) for (a, b), bend in zip(ends, bends, strict=True)
    ]
    tags: Sequence[float | None] = [None] * len(marks)
    if len(marks) <= TAGGED:
        words = [mark.words for mark in marks]
        taken = [around(point, box) for point, box in zip(points, boxes, strict=True)]
        taken += [
            routes.cross(path) for path, mark in zip(paths, marks, strict=True) if path and mark.negated
        ]
        tags = routes.tags(paths, words, taken, framed.area, scale=framed.scale)
    circles = routes.loops(ends, points, labelled.above, radius)
    return tuple(
        replace(mark, bend=bend, loop=circle, tag=tag)
        for mark, bend, circle, tag in zip(marks, bends, circles, tags, strict=True)
    )


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _size(nodes: Sequence[object], edges: Sequence[object]) -> str:
    return f"{_count(len(nodes), 'entity', 'entities')}, {_count(len(edges), 'relation')}"


def _parts(kinds: Iterable[KindMark]) -> str:
    words = Counter(kind.word for kind in kinds)
    parts = ", ".join(f"{times} {word}" for word, times in sorted(words.items()))
    return f" ({parts})" if parts else ""
