from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from math import hypot
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.views.samples import GUIDES, PAYLOADS, STYLE, hostile, random_graph, shuffled, small
from views import Style, Subgraph, ViewEdge, ViewNode, compose, render, svg
from views.facts import sentence
from views.picture import Picture
from views.shapes import border
from views.strokes import border_width, stroke

SVG = "{http://www.w3.org/2000/svg}"
ALLOWED = {
    "svg": {"width", "height", "viewBox", "role", "font-family"},
    "title": set(),
    "desc": set(),
    "g": {"transform"},
    "rect": {"x", "y", "width", "height"},
    "circle": {"cx", "cy", "r"},
    "polygon": {"points"},
    "path": {"d"},
    "line": {"x1", "y1", "x2", "y2"},
    "text": {"x", "y"},
}
LOOKS = {
    "fill",
    "fill-opacity",
    "stroke",
    "stroke-width",
    "stroke-opacity",
    "stroke-linejoin",
    "stroke-dasharray",
}
TYPE = {"font-size", "font-weight", "text-anchor"}


def parsed(content: bytes) -> Element:
    return fromstring(content)


def drawn(graph: Subgraph, style: Style = STYLE) -> Element:
    return parsed(render(graph, style, "svg"))


def names(root: Element) -> list[str]:
    return [str(element.tag).removeprefix(SVG) for element in root.iter()]


def titles(root: Element) -> Counter[str]:
    """The words of everything that is a group with a title: the relations."""
    return Counter(found for g in root.iter(f"{SVG}g") if (found := g.findtext(f"{SVG}title")))


def guided(picture: Picture) -> Picture:
    return replace(picture, guides=GUIDES)


@pytest.mark.parametrize("size", [(12, 16), (200, 600)])
def test_the_same_graph_gives_the_same_bytes_whatever_the_row_order(size: tuple[int, int]) -> None:
    graph = random_graph(*size, claims=True)
    first = render(graph, STYLE, "svg")
    assert {render(shuffled(graph, seed), STYLE, "svg") for seed in (1, 2, 3)} == {first}


def test_every_relation_and_every_entity_is_in_the_file() -> None:
    graph = random_graph(60, 300)
    picture = compose(graph, STYLE)
    root = parsed(svg.draw(picture))
    assert titles(root) == Counter(sentence(picture.nodes, mark) for mark in picture.edges)
    assert titles(root).total() == 300
    shapes = next(g for g in root.iter(f"{SVG}g") if g.get("stroke") == picture.theme.border)
    assert len(shapes) == 60


def test_names_that_are_cut_or_hidden_are_titles() -> None:
    picture = compose(random_graph(120, 200), STYLE)
    shapes = next(g for g in drawn(random_graph(120, 200)).iter(f"{SVG}g") if g.get("stroke") == "#222222")
    for mark, shape in zip(picture.nodes, shapes, strict=True):
        assert shape.findtext(f"{SVG}title") == (
            None if mark.label and "…" not in mark.label[-1] else mark.node.name
        )


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("transparent", [False, True])
def test_there_is_nothing_that_a_slide_program_breaks_on(theme: str, transparent: bool) -> None:
    style = replace(STYLE, theme=theme, transparent=transparent)
    pictures = [
        compose(random_graph(60, 300), style),
        guided(compose(small(), style)),
        compose(Subgraph((), ()), style),
    ]
    pictures += [compose(hostile(payload)[0], style) for payload in PAYLOADS]
    for picture in pictures:
        content = svg.draw(picture)
        assert not re.search(rb'<[!?](?!xml version="1.0" encoding="UTF-8"\?>)', content)
        for element in parsed(content).iter():
            name = str(element.tag).removeprefix(SVG)
            assert set(element.attrib) <= ALLOWED[name] | LOOKS | TYPE
            for key in ("fill", "stroke"):
                assert re.fullmatch("none|#[0-9a-fA-F]{6}", element.get(key, "none"))
            for key in (
                set(element.attrib) - {"d", "points", "font-family", "transform", "role"} - LOOKS - TYPE
            ):
                assert re.fullmatch(r"-?[\d. ]+", element.get(key, ""))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_markup_in_every_field_stays_text(payload: str) -> None:
    root = drawn(*hostile(payload))
    assert set(names(root)) <= set(ALLOWED)
    assert titles(root).total() == 2
    said = " ".join(root.itertext())
    assert " ".join(payload.replace("\x00", " ").replace("\x1b", " ").split()) in " ".join(said.split())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=40))
def test_any_text_gives_a_file_that_can_be_read(text: str) -> None:
    assert titles(drawn(*hostile(text))).total() == 2


def test_characters_that_xml_forbids_are_shown_as_unknown() -> None:
    root = drawn(Subgraph((ViewNode("a", "in\ufffevisible \x0b\ud800", "Disease"),), ()))
    assert "in\ufffdvisible ?" in " ".join(root.itertext())


def test_dates_of_neo4j_are_values_like_others() -> None:
    class Neo4jDate:
        def iso_format(self) -> str:
            return "2026-11-23"

    node = ViewNode("a", Neo4jDate(), "Disease", description=Neo4jDate())  # type: ignore[arg-type]
    assert [e.text for e in drawn(Subgraph((node,), ())).iter(f"{SVG}text")].count("2026-11-23") == 2


def test_a_transparent_picture_has_no_ground() -> None:
    whole, bare = drawn(small()), drawn(small(), replace(STYLE, transparent=True))
    assert names(whole).count("rect") == 1
    assert "rect" not in names(bare)
    assert names(bare) == [name for name in names(whole) if name != "rect"]


def test_title_and_description_come_first() -> None:
    root = drawn(small())
    assert [root[0].text, root[1].text] == [STYLE.title, compose(small(), STYLE).alt]


def test_an_empty_graph_says_so() -> None:
    assert "Nothing to draw: the query gave no entities." in drawn(Subgraph((), ())).itertext()


def test_everything_around_the_graph_is_there() -> None:
    picture = guided(compose(replace(small(), truncated=True), STYLE))
    texts = [e.text for e in parsed(svg.draw(picture)).iter(f"{SVG}text")]
    for lines in (picture.title.lines, picture.notes.lines, picture.caption.lines):
        assert set(lines) <= set(texts)
    assert {row.word for row in picture.legend} <= set(texts)
    assert {mark.words for mark in picture.edges if mark.tag is not None} <= set(texts)
    assert {text.text for text in GUIDES.texts} <= set(texts)


def test_guides_stand_behind_everything_but_the_ground() -> None:
    group = parsed(svg.draw(guided(compose(small(), STYLE))))[3]
    shown = Counter(str(e.tag).removeprefix(SVG) for e in group)
    assert shown == {"rect": len(GUIDES.bands), "line": len(GUIDES.lines), "text": len(GUIDES.texts)}
    assert [e.get("stroke") for e in group.iter(f"{SVG}rect")] == [None, "#222222"]
    assert [bool(e.get("stroke-dasharray")) for e in group.iter(f"{SVG}line")] == [False, True]


def test_hedged_relations_are_dashed_and_negated_ones_crossed() -> None:
    root = drawn(small())
    groups = {g.findtext(f"{SVG}title"): g for g in root.iter(f"{SVG}g")}
    hedged = {said for said, g in groups.items() if said and any(e.get("stroke-dasharray") for e in g)}
    assert hedged == {
        "AT-MSC-EV is studied for osteoarthritis (hedged)",
        "interleukin 6 contributes to osteoarthritis (hedged)",
    }
    negated = groups["AT-MSC-EV decreases joint pain (said not to hold)"]
    assert [e.get("d", "").count("M") for e in negated.iter(f"{SVG}path")] == [1, 1, 2]


@pytest.mark.parametrize("seed", range(3))
def test_heads_touch_the_outline_of_their_target(seed: int) -> None:
    picture = compose(random_graph(25, 60, seed), STYLE)
    assert len({mark.kind.shape for mark in picture.nodes}) >= 5
    for mark in picture.edges:
        node, lines = picture.nodes[mark.target], stroke(picture, mark)
        if not lines.head:
            continue
        tip = [sum(point[axis] for point in lines.head[:2]) / 2 for axis in (0, 1)]
        tip = tip if mark.head == "bar" else list(lines.head[0])
        away = hypot(tip[0] - node.x, tip[1] - node.y)
        outline = border(node.kind.shape, (tip[0] - node.x) / away, (tip[1] - node.y) / away) * node.radius
        assert abs(away - outline - border_width(node.radius) / 2) < 0.6


def test_loops_keep_to_their_node() -> None:
    loops = tuple(ViewEdge(f"r{i}", "a", "a", "INCREASES") for i in range(4))
    picture = compose(Subgraph((ViewNode("a", "alone", "Disease"),), loops), STYLE)
    strokes = [stroke(picture, mark) for mark in picture.edges]
    assert len({(lines.start, lines.circle) for lines in strokes}) == 4
    node = picture.nodes[0]
    for lines in strokes:
        away = hypot(lines.head[0][0] - node.x, lines.head[0][1] - node.y)
        way = (lines.head[0][0] - node.x) / away, (lines.head[0][1] - node.y) / away
        assert abs(away - border(node.kind.shape, *way) * node.radius) < 1.1


@pytest.mark.parametrize(("nodes", "edges", "limit"), [(60, 90, 30_000), (200, 300, 96_000)])
def test_files_are_small(nodes: int, edges: int, limit: int) -> None:
    assert len(render(random_graph(nodes, edges), STYLE, "svg")) <= limit


def test_type_is_at_least_12_points() -> None:
    for graph in (random_graph(80, 110), random_graph(600, 900)):
        sizes = [float(e.get("font-size", "")) for e in drawn(graph).iter() if e.get("font-size")]
        assert min(sizes) >= 16
