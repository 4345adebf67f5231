from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from schema.errors import InvalidSource
from tests.views.samples import STYLE, random_graph, shuffled, small
from tests.views.test_composer import overlapping, rectangles
from views import Style, Subgraph, ViewEdge, ViewNode, compose, render
from views.arrangement import Arrangement, Group
from views.axis import SizeAxis
from views.bands import Bands
from views.columns import Columns
from views.layers import ordered, spread_out
from views.picture import Picture
from views.places import read
from views.ring import Ring
from views.routes import curve


def groups(graph: Subgraph, count: int) -> tuple[Group, ...]:
    ids = sorted(node.id for node in graph.nodes)
    return tuple(Group(f"part {k + 1}", tuple(ids[k::count])) for k in range(count))


def columns(graph: Subgraph) -> Arrangement:
    return Columns(groups(graph, 5))


def bands(graph: Subgraph) -> Arrangement:
    return Bands(groups(graph, 4))


def ring(graph: Subgraph) -> Arrangement:
    ids = sorted(node.id for node in graph.nodes)
    rest = ids[7:]
    return Ring(
        Group("the loop", tuple(ids[:6])),
        Group("", tuple(ids[6:7])),
        before=(Group("what starts it", tuple(rest[::2])),),
        after=(Group("what comes of it", tuple(rest[1::2])),),
    )


ARRANGED = (columns, bands, ring)


def arranged(graph: Subgraph, how: object) -> Picture:
    assert callable(how)
    return compose(graph, replace(STYLE, arrangement=how(graph)))


@pytest.mark.parametrize("how", ARRANGED)
@pytest.mark.parametrize(("nodes", "points"), [(9, 18), (16, 18), (24, 18), (44, 14), (70, 12), (110, 12)])
def test_no_label_covers_another_and_what_is_hidden_is_said(how: object, nodes: int, points: int) -> None:
    picture = arranged(random_graph(nodes, nodes + 8), how)
    assert round(picture.font_size * 0.75) == points
    assert overlapping(picture) == 0
    hidden = sum(1 for mark in picture.nodes if not mark.label)
    assert picture.notes.full == (f"{hidden} label{'s' * (hidden != 1)} hidden" if hidden else "")


@pytest.mark.parametrize("how", [columns, bands])
@pytest.mark.parametrize("nodes", [9, 24, 44])
def test_on_a_slide_every_label_stands_inside_the_area(how: object, nodes: int) -> None:
    picture = arranged(random_graph(nodes, nodes + 8), how)
    area = picture.area
    assert all(mark.label for mark in picture.nodes)
    for left, right, top, bottom in rectangles(picture):
        assert area.x <= left
        assert right <= area.x + area.width
        assert area.y <= top
        assert bottom <= area.y + area.height


@pytest.mark.parametrize("how", ARRANGED)
def test_the_order_of_rows_does_not_matter(how: object) -> None:
    graph = random_graph(30, 44, claims=True)
    assert arranged(shuffled(graph, 3), how) == arranged(graph, how)


def test_columns_stand_from_left_to_right_under_their_headings() -> None:
    graph = random_graph(24, 30)
    picture = arranged(graph, columns)
    at = {mark.node.id: mark for mark in picture.nodes}
    middles = []
    for group, band in zip(groups(graph, 5), picture.guides.bands, strict=True):
        assert all(band.x < at[i].x < band.x + band.width for i in group.ids)
        heading = next(text for text in picture.guides.texts if text.text == group.heading)
        assert band.x < heading.x < band.x + band.width
        assert all(heading.y < at[i].y for i in group.ids)
        middles.append(heading.x)
    assert middles == sorted(middles)


def test_bands_stand_from_the_top_down_beside_their_headings() -> None:
    graph = random_graph(24, 30)
    picture = arranged(graph, bands)
    at = {mark.node.id: mark for mark in picture.nodes}
    for group, band in zip(groups(graph, 4), picture.guides.bands, strict=True):
        assert all(band.y < at[i].y < band.y + band.height for i in group.ids)
        heading = next(text for text in picture.guides.texts if text.text == group.heading)
        assert band.y < heading.y < band.y + band.height
        assert all(heading.x < at[i].x for i in group.ids)


def test_nodes_in_no_group_are_drawn_under_other() -> None:
    graph = random_graph(10, 12)
    picture = compose(graph, replace(STYLE, arrangement=Columns(groups(graph, 5)[:2])))
    assert len(picture.nodes) == 10
    assert [text.text for text in picture.guides.texts] == ["part 1", "part 2", "other"]


def test_an_arrangement_of_nothing_says_so() -> None:
    for arrangement in (
        Columns(()),
        Bands(()),
        Ring(Group("", ()), Group("", ())),
        SizeAxis((), Group("", ())),
    ):
        assert compose(Subgraph((), ()), Style(arrangement=arrangement)).message


def test_the_loop_runs_clockwise_and_its_links_swing_out() -> None:
    nodes = tuple(ViewNode(i, i, "Phenotype") for i in "abcd")
    edges = tuple(ViewEdge(x + y, x, y, "CAUSES") for x, y in ("ab", "bc", "cd", "da"))
    picture = compose(
        Subgraph(nodes, edges), replace(STYLE, arrangement=Ring(Group("", tuple("abcd")), Group("", ())))
    )
    a, b, c, d = ((mark.x, mark.y) for mark in picture.nodes)
    assert a[0] == b[0] < c[0] == d[0]
    assert b[1] == c[1] < a[1] == d[1]
    middle = (a[0] + d[0]) / 2, (a[1] + b[1]) / 2
    for mark in picture.edges:
        one, other = picture.nodes[mark.source], picture.nodes[mark.target]
        ends = (one.x, one.y), (other.x, other.y)
        bent, straight = curve(*ends, mark.bend, 0.5), curve(*ends, 0.0, 0.5)
        assert abs(bent[0] - middle[0]) + abs(bent[1] - middle[1]) > 30 + abs(straight[0] - middle[0]) + abs(
            straight[1] - middle[1]
        )


def test_sizes_stand_on_a_logarithmic_axis() -> None:
    spans = {"exosome": (30.0, 150.0), "microvesicle": (100.0, 1000.0), "apoptotic body": (500.0, 2000.0)}
    nodes = tuple(ViewNode(name, name, "EvSubtype", span_nm=span) for name, span in spans.items())
    whole = ViewNode("ev", "extracellular vesicle", "EvPreparation")
    edges = tuple(ViewEdge(name, name, "ev", "SUBCLASS_OF") for name in spans)
    axis = SizeAxis(tuple(spans), Group("class", ("ev",)), (200.0, "small EV", "large EV"))
    picture = compose(Subgraph((*nodes, whole), edges), replace(STYLE, arrangement=axis))
    bars = {tuple(spans)[k]: band for k, band in enumerate(b for b in picture.guides.bands if b.fill)}
    at = {mark.node.id: mark for mark in picture.nodes}
    for name, bar in bars.items():
        assert bar.x + bar.width / 2 == pytest.approx(at[name].x, abs=0.2)
        assert at["ev"].x < bar.x
    decade = bars["microvesicle"].width
    assert bars["apoptotic body"].width == pytest.approx(decade * 0.602, abs=1)
    line = next(line for line in picture.guides.lines if line.dashed)
    assert line.x1 == line.x2 == pytest.approx(bars["microvesicle"].x + decade * 0.301, abs=1)
    left, right = (next(t for t in picture.guides.texts if t.text == w) for w in ("small EV", "large EV"))
    assert left.x < line.x1 < right.x
    assert {"20", "200", "2,000", "30 to 150 nm"} <= {text.text for text in picture.guides.texts}
    assert overlapping(picture) == 0


def test_groups_are_read_in_the_order_of_their_meaning() -> None:
    parts = groups(random_graph(12, 14), 3)
    assert Columns(parts).groups == Bands(parts).groups == parts
    loop = Ring(parts[1], parts[2], before=(parts[0],))
    assert loop.groups == parts


def test_crossings_are_taken_out() -> None:
    assert ordered([[0, 1, 2], [3, 4, 5]], [(0, 5), (1, 4), (2, 3)]) in (
        [[2, 1, 0], [3, 4, 5]],
        [[0, 1, 2], [5, 4, 3]],
    )


def test_nodes_keep_their_distances_and_stand_at_their_neighbours() -> None:
    at = spread_out([[0], [1, 2]], [(0, 1)], [[], [30.0]], [(0.0, 100.0), (0.0, 100.0)])
    assert at[2] - at[1] >= 30
    assert at[0] == pytest.approx(at[1], abs=1)


# ---- places of a former picture -------------------------------------------------------------------------
def more(graph: Subgraph, count: int) -> Subgraph:
    nodes = tuple(ViewNode(f"new:{k}", f"newcomer {k}", "Cytokine") for k in range(count))
    edges = tuple(
        ViewEdge(f"new.relation:{k}", node.id, graph.nodes[k % len(graph.nodes)].id, "INCREASES")
        for k, node in enumerate(nodes)
    )
    return Subgraph(graph.nodes + nodes, graph.edges + edges)


@pytest.mark.parametrize("suffix", ["html", "json"])
@pytest.mark.parametrize(
    ("nodes", "added"), [(6, 1), (24, 1), (24, 4), (40, 1), (48, 3), (79, 1), (80, 1), (180, 5)]
)
def test_what_was_there_stays(tmp_path: Path, suffix: str, nodes: int, added: int) -> None:
    graph = random_graph(nodes, nodes + 10)
    file = tmp_path / f"old.{suffix}"
    file.write_bytes(render(graph, STYLE, suffix))
    old = {mark.node.id: mark for mark in compose(graph, STYLE).nodes}
    grown = compose(more(graph, added), replace(STYLE, places=read(file)))
    assert len(grown.nodes) == nodes + added
    for mark in grown.nodes:
        if mark.node.id in old:
            assert abs(mark.x - old[mark.node.id].x) <= 0.05 * STYLE.width
            assert abs(mark.y - old[mark.node.id].y) <= 0.05 * STYLE.width
    assert overlapping(grown) == 0 or nodes > 80
    hidden = sum(1 for mark in grown.nodes if not mark.label)
    assert grown.notes.full == (f"{hidden:,} label{'s' * (hidden != 1)} hidden" if hidden else "")
    assert nodes > 79 or hidden <= 2


def test_the_same_graph_keeps_its_places(tmp_path: Path) -> None:
    graph = random_graph(30, 40)
    file = tmp_path / "old.json"
    file.write_bytes(render(graph, STYLE, "json"))
    again = compose(graph, replace(STYLE, places=read(file)))
    assert [(m.x, m.y) for m in again.nodes] == [(m.x, m.y) for m in compose(graph, STYLE).nodes]


def test_places_are_scaled_to_the_size_of_the_slide(tmp_path: Path) -> None:
    file = tmp_path / "old.json"
    file.write_bytes(render(small(), STYLE, "json"))
    large = compose(small(), replace(STYLE, width=2560, height=1440, places=read(file)))
    for one, other in zip(large.nodes, compose(small(), STYLE).nodes, strict=True):
        assert one.x == pytest.approx(2 * other.x, abs=0.05 * 2560)


def test_newcomers_stand_near_what_they_are_linked_to(tmp_path: Path) -> None:
    graph = random_graph(12, 14)
    file = tmp_path / "old.json"
    file.write_bytes(render(graph, STYLE, "json"))
    picture = compose(more(graph, 1), replace(STYLE, places=read(file)))
    at = {mark.node.id: mark for mark in picture.nodes}
    new, friend = at["new:0"], at[graph.nodes[0].id]
    assert abs(new.x - friend.x) + abs(new.y - friend.y) < 400


def test_the_json_file_holds_places_and_texts() -> None:
    data = json.loads(render(small(), STYLE, "json"))
    assert (data["width"], data["height"], data["title"]) == (1280, 720, STYLE.title)
    assert set(data["nodes"]) == {node.id for node in small().nodes}
    assert data["source"] == STYLE.source_line


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", "<p>no view</p>"),
        ("a.json", "[]"),
        ("a.json", '{"nodes": {"a": [1]}, "width": 1, "height": 1}'),
        ("a.json", "{"),
        ("a.json", '{"nodes": {"a": [1, 2]}, "width": 0, "height": 1}'),
        ("a.json", '{"nodes": {"a": [1, NaN]}, "width": 1, "height": 1}'),
        ("a.html", '<script type="application/json" id="view">{}</script>--w:1;--h:2'),
        (
            "a.html",
            '<script type="application/json" id="view">{"nodes": [{}]}</script>'
            '<script type="application/json" id="facts">{"nodes": [], "text": []}</script>--w:1;--h:2',
        ),
    ],
)
def test_a_file_that_is_no_view_is_refused(tmp_path: Path, name: str, content: str) -> None:
    file = tmp_path / name
    file.write_text(content)
    with pytest.raises(InvalidSource, match=r"is no view; give a page that mscev view wrote \(\.html\)"):
        read(file)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(InvalidSource, match=r"old\.json cannot be read: No such file"):
        read(tmp_path / "old.json")
