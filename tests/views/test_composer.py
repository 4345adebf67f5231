from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from schema.errors import InvalidInput
from schema.kinds import KIND_BY_NAME, KINDS
from tests.views.samples import STYLE, random_graph, shuffled, small
from views import Style, Subgraph, ViewEdge, ViewNode, compose
from views.composer import CUT, NOTHING
from views.picture import NodeMark, Picture
from views.routes import TAG_SIZE, curve
from views.shapes import OUTLINES, reach
from views.text import LINE, width
from views.theme import Head, Sign

ROOT = Path(__file__).parents[2]


def rectangles(picture: Picture) -> list[tuple[float, float, float, float]]:
    return [rectangle(mark, picture.font_size) for mark in picture.nodes]


def rectangle(mark: NodeMark, font: float) -> tuple[float, float, float, float]:
    """The shape with its label, measured anew."""
    half_width, half_height = (mark.radius * part for part in reach(mark.kind.shape))
    half = max([half_width, *(width(line, font) / 2 for line in mark.label)])
    text = 3 + len(mark.label) * LINE * font if mark.label else 0
    above, below = (text, 0.0) if mark.label_above else (0.0, text)
    return mark.x - half, mark.x + half, mark.y - half_height - above, mark.y + half_height + below


def overlapping(picture: Picture) -> int:
    boxes = rectangles(picture)
    return sum(
        1
        for i, a in enumerate(boxes)
        for b in boxes[:i]
        if a[0] < b[1] - 0.2 and b[0] < a[1] - 0.2 and a[2] < b[3] - 0.2 and b[2] < a[3] - 0.2
    )


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_order_of_rows_does_not_matter(seed: int) -> None:
    for graph in (small(), random_graph(90, 150, claims=True)):
        assert compose(shuffled(graph, seed), STYLE) == compose(graph, STYLE)


def test_hash_seeds_do_not_matter() -> None:
    code = (
        "import hashlib; from tests.views.samples import *; from views import compose; "
        "print(hashlib.sha256(repr(compose(random_graph(60, 90), STYLE)).encode()).hexdigest())"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=ROOT,
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(seen) == 1


def test_another_seed_is_another_picture() -> None:
    graph = random_graph(30, 40)
    assert compose(graph, STYLE).nodes != compose(graph, replace(STYLE, seed=2)).nodes


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(
    ("nodes", "edges", "points"), [(12, 16, 18), (25, 30, 18), (40, 55, 18), (50, 70, 14), (80, 110, 12)]
)
def test_labels_are_large_and_overlap_nothing(nodes: int, edges: int, points: int, seed: int) -> None:
    picture = compose(random_graph(nodes, edges, seed), STYLE)
    assert round(picture.font_size * 0.75) == points
    assert overlapping(picture) == 0
    assert all(mark.label for mark in picture.nodes)
    assert not picture.notes.lines


def test_forty_labels_of_fourteen_characters_stand_whole_at_18_points() -> None:
    graph = random_graph(40, 60)
    named = replace(
        graph, nodes=tuple(replace(n, name=f"osteoarthri {i:02}") for i, n in enumerate(graph.nodes))
    )
    picture = compose(named, STYLE)
    assert picture.font_size == 24
    assert overlapping(picture) == 0
    assert all(" ".join(mark.label) == mark.node.name for mark in picture.nodes)


def test_forty_very_long_names_are_cut_rather_than_set_small() -> None:
    graph = random_graph(40, 60)
    long = "Mesenchymal stem cell-derived large extracellular vesicle preparation"
    picture = compose(replace(graph, nodes=tuple(replace(n, name=long) for n in graph.nodes)), STYLE)
    assert picture.font_size == 24
    assert overlapping(picture) == 0


@pytest.mark.parametrize(("nodes", "edges"), [(120, 200), (700, 900)])
def test_a_crowd_has_hub_labels_only_and_says_so(nodes: int, edges: int) -> None:
    picture = compose(random_graph(nodes, edges), STYLE)
    hidden = sum(1 for mark in picture.nodes if not mark.label)
    assert nodes - 30 <= hidden < nodes
    assert picture.notes.lines == (f"{hidden:,} labels hidden",)
    assert picture.font_size == 16


@pytest.mark.parametrize(
    ("nodes", "edges"), [(1, 0), (1, 2), (2, 1), (3, 0), (12, 16), (40, 55), (120, 0), (200, 300)]
)
def test_everything_stands_inside_its_area(nodes: int, edges: int) -> None:
    picture = compose(random_graph(nodes, edges) if nodes > 1 else alone(edges), STYLE)
    area = picture.area
    for left, right, top, bottom in rectangles(picture):
        assert area.x - 0.2 <= left
        assert right <= area.x + area.width + 0.2
        assert area.y - 0.2 <= top
        assert bottom <= area.y + area.height + 0.2
    for row in picture.legend:
        assert area.y + area.height <= row.y < STYLE.height
        assert row.x + width(row.word, picture.legend_size) < STYLE.width
    assert picture.caption.y + len(picture.caption.lines) * picture.caption.line_height <= STYLE.height


def alone(loops: int) -> Subgraph:
    node = ViewNode("a", "alone", "Disease")
    return Subgraph((node,), tuple(ViewEdge(f"r{i}", "a", "a", "INCREASES") for i in range(loops)))


def test_nothing_to_draw_is_said() -> None:
    picture = compose(Subgraph((), ()), Style())
    assert picture.message == NOTHING
    assert picture.title.lines == ("0 entities, 0 relations",)
    assert not picture.legend


def test_components_stand_apart_and_single_nodes_are_kept() -> None:
    two = random_graph(20, 19)
    other = Subgraph(
        tuple(replace(n, id=f"Y{n.id}") for n in two.nodes),
        tuple(replace(e, id=f"y{e.id}", source=f"Y{e.source}", target=f"Y{e.target}") for e in two.edges),
    )
    extra = tuple(ViewNode(f"Z:{i}", "single", "Disease") for i in range(10))
    picture = compose(Subgraph(two.nodes + other.nodes + extra, two.edges + other.edges), STYLE)
    assert len(picture.nodes) == 50
    assert overlapping(picture) == 0


def test_parallel_relations_run_apart_and_opposite_ones_too() -> None:
    nodes = (ViewNode("a", "a", "Disease"), ViewNode("b", "b", "Cytokine"))
    edges = tuple(
        ViewEdge(f"r{i}", "ab"[i % 2], "ba"[i % 2], predicate)
        for i, predicate in enumerate(("INCREASES", "INCREASES", "DECREASES", "CARRIES", "CARRIES"))
    )
    picture = compose(Subgraph(nodes, edges), STYLE)
    assert len(picture.edges) == 5
    middles = []
    for edge in picture.edges:
        start, end = picture.nodes[edge.source], picture.nodes[edge.target]
        middles.append(curve((start.x, start.y), (end.x, end.y), edge.bend, 0.5))
    heights = sorted(y for _, y in middles)
    assert all(upper - lower > 15 for lower, upper in pairwise(heights))


def test_several_loops_differ() -> None:
    loops = [(edge.loop.size, edge.loop.angle) for edge in compose(alone(4), STYLE).edges if edge.loop]
    assert len(set(loops)) == 4


def test_words_stand_on_few_relations_and_cover_no_label() -> None:
    picture = compose(small(), STYLE)
    boxes = rectangles(picture)
    tagged = [edge for edge in picture.edges if edge.tag is not None]
    assert len(tagged) >= 10
    for edge in tagged:
        start, end = picture.nodes[edge.source], picture.nodes[edge.target]
        x, y = curve((start.x, start.y), (end.x, end.y), edge.bend, edge.tag or 0)
        half = width(edge.words, TAG_SIZE) / 2
        assert not any(
            x - half < right and left < x + half and y - 8 < bottom and top < y + 8
            for left, right, top, bottom in boxes
        )


def test_signs_are_drawn() -> None:
    edges = {edge.edge.id: edge for edge in compose(small(), STYLE).edges}
    assert (edges["r03"].sign, edges["r03"].head) == (Sign.INCREASES, Head.ARROW)
    assert (edges["r01"].sign, edges["r01"].head) == (Sign.DECREASES, Head.BAR)
    assert (edges["r00"].sign, edges["r00"].head) == (Sign.OTHER, Head.OPEN)
    assert edges["r08"].hedged
    assert not edges["r07"].hedged
    assert [edge.edge.id for edge in edges.values() if edge.negated] == ["r15"]


def test_the_direction_given_wins_over_that_of_a_foreign_predicate() -> None:
    nodes = (ViewNode("a", "a", "Gene"), ViewNode("b", "b", "Gene"))
    edge = ViewEdge("r", "a", "b", "biolink:regulates_it", "DECREASED")
    mark = compose(Subgraph(nodes, (edge,)), STYLE).edges[0]
    assert (mark.sign, mark.words) == (Sign.DECREASES, "regulates it")


def test_the_legend_names_what_is_there_and_no_more() -> None:
    picture = compose(small(), STYLE)
    words = [row.word for row in picture.legend]
    kinds = {node.kind for node in small().nodes}
    assert words[: len(kinds)] == [kind.word for kind in KINDS if kind.name in kinds]
    assert words[len(kinds) :] == [
        "increases",
        "decreases",
        "other relation",
        "hedged (may, suggests)",
        "said not to hold",
    ]
    for row in picture.legend:
        if row.kind:
            known = KIND_BY_NAME[row.kind.name]
            assert (row.kind.shape, row.kind.fill) == (known.shape, known.colour)


def test_the_legend_names_a_lone_predicate_by_its_words() -> None:
    nodes = (ViewNode("a", "a", "EvSubtype"), ViewNode("b", "b", "Cargo"))
    picture = compose(Subgraph(nodes, (ViewEdge("r", "a", "b", "CARRIES"),)), STYLE)
    assert [row.word for row in picture.legend] == ["EV subtype", "cargo", "carries"]


def test_all_kinds_fit_the_legend() -> None:
    nodes = tuple(ViewNode(kind.name, kind.word, kind.name) for kind in KINDS)
    picture = compose(Subgraph(nodes, ()), STYLE)
    assert [row.word for row in picture.legend] == [kind.word for kind in KINDS]


def test_foreign_kinds_keep_their_name() -> None:
    node = ViewNode("a", "a", "", "biolink:NamedThing")
    assert [row.word for row in compose(Subgraph((node,), ()), STYLE).legend] == ["NamedThing"]


def test_a_cut_is_written_on_the_picture() -> None:
    picture = compose(replace(small(), truncated=True), STYLE)
    assert picture.notes.full == CUT[:1].upper() + CUT[1:]


def test_long_titles_and_source_lines_are_cut_with_the_whole_kept() -> None:
    picture = compose(small(), Style(title="word " * 200, source_line="more " * 300))
    assert len(picture.title.lines) == 2
    assert len(picture.caption.lines) == 2
    assert picture.caption.full == ("more " * 300).strip()
    assert all(width(line, picture.caption.size) < 1280 for line in picture.caption.lines)


def test_a_larger_slide_is_the_same_slide_larger() -> None:
    one, two = compose(small(), STYLE), compose(small(), replace(STYLE, width=2560, height=1440))
    assert two.font_size == 2 * one.font_size
    assert abs(two.area.height - 2 * one.area.height) < 0.5


def test_ids_must_differ_and_ends_must_exist() -> None:
    a, b = ViewNode("a", "a", "Disease"), ViewNode("b", "b", "Disease")
    with pytest.raises(InvalidInput, match="node id given twice: 'a'"):
        compose(Subgraph((a, a), ()), STYLE)
    with pytest.raises(InvalidInput, match="edge id given twice: 'r'"):
        compose(Subgraph((a, b), (ViewEdge("r", "a", "b", "CAUSES"),) * 2), STYLE)
    with pytest.raises(InvalidInput, match="'r' ends at 'c', which is not among the nodes"):
        compose(Subgraph((a, b), (ViewEdge("r", "a", "c", "CAUSES"),)), STYLE)


@pytest.mark.parametrize("wrong", [{"theme": "pink"}, {"width": 10}, {"height": 100_000}])
def test_styles_that_cannot_be_drawn_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(InvalidInput, match="allowed: "):
        Style(**wrong)  # type: ignore[arg-type]


def test_every_shape_has_an_outline() -> None:
    assert {kind.shape for kind in KINDS} <= set(OUTLINES)
