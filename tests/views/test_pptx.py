"""The slides as python-pptx reads them, and their XML held against the order of the schema."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from pptx import Presentation
from pptx.oxml.ns import qn

from schema.errors import InvalidInput
from tests.views.samples import GUIDES, PAYLOADS, STYLE, hostile, random_graph, shuffled, small
from views import Style, Subgraph, ViewEdge, ViewNode, compose, render
from views.autoshapes import AUTOSHAPES
from views.deck import deck
from views.drawingml import clean

Element = Any
EMU = 9525
# The order of children in the schemas of ECMA-376, dml-main.xsd and pml.xsd, for what is written here.
ORDER = {
    "p:cSld": ("p:bg", "p:spTree", "p:custDataLst", "p:controls", "p:extLst"),
    "p:bgPr": ("a:solidFill", "a:effectLst"),
    "p:sp": ("p:nvSpPr", "p:spPr", "p:style", "p:txBody"),
    "p:cxnSp": ("p:nvCxnSpPr", "p:spPr", "p:style"),
    "p:pic": ("p:nvPicPr", "p:blipFill", "p:spPr"),
    "p:blipFill": ("a:blip", "a:srcRect", "a:stretch"),
    "p:nvSpPr": ("p:cNvPr", "p:cNvSpPr", "p:nvPr"),
    "p:nvCxnSpPr": ("p:cNvPr", "p:cNvCxnSpPr", "p:nvPr"),
    "p:nvGrpSpPr": ("p:cNvPr", "p:cNvGrpSpPr", "p:nvPr"),
    "p:cNvCxnSpPr": ("a:cxnSpLocks", "a:stCxn", "a:endCxn"),
    "p:spPr": ("a:xfrm", "a:custGeom", "a:prstGeom", "a:noFill", "a:solidFill", "a:ln", "a:effectLst"),
    "p:grpSpPr": ("a:xfrm",),
    "a:xfrm": ("a:off", "a:ext", "a:chOff", "a:chExt"),
    "a:custGeom": ("a:avLst", "a:gdLst", "a:ahLst", "a:cxnLst", "a:rect", "a:pathLst"),
    "a:ln": ("a:noFill", "a:solidFill", "a:prstDash", "a:round", "a:headEnd", "a:tailEnd"),
    "p:txBody": ("a:bodyPr", "a:lstStyle", "a:p"),
    "a:p": ("a:pPr", "a:r|a:br", "a:endParaRPr"),
    "a:r": ("a:rPr", "a:t"),
    "a:br": ("a:rPr",),
    "a:rPr": ("a:ln", "a:solidFill", "a:highlight", "a:latin", "a:ea", "a:cs"),
}


def opened(content: bytes) -> Any:
    return Presentation(io.BytesIO(content))


def drawn(graph: Subgraph, style: Style = STYLE) -> Any:
    (slide,) = opened(render(graph, style, "pptx")).slides
    return slide


def every(slide: Any, tag: str) -> list[Element]:
    return list(slide.element.iter(qn(tag)))


def shown(shape: Any) -> str:
    """The alternative text of a shape."""
    return str(shape._element.xpath("./*/p:cNvPr/@descr")[0]) if described(shape) else ""


def described(shape: Any) -> bool:
    return bool(shape._element.xpath("./*/p:cNvPr/@descr"))


def named(slide: Any, name: str) -> Any:
    return next(shape for shape in slide.shapes if shape.name == name)


def relations(slide: Any, graph: Subgraph) -> list[Any]:
    ids = {f"!!{edge.id}" for edge in graph.edges}
    return [shape for shape in slide.shapes if shape.name in ids]


def parts(content: bytes) -> Iterator[tuple[str, Element]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                yield name, etree.fromstring(archive.read(name))


def in_order(content: bytes) -> None:
    for name, root in parts(content):
        if not name.startswith("ppt/slides/slide"):
            continue
        for tag, order in ORDER.items():
            places = {qn(child): place for place, one in enumerate(order) for child in one.split("|")}
            for element in root.iter(qn(tag)):
                found = [places[child.tag] for child in element]
                assert found == sorted(found), etree.tostring(element)
        ids = [element.get("id") for element in root.iter(qn("p:cNvPr"))]
        assert len(ids) == len(set(ids))


@pytest.mark.parametrize("graph", [small(), random_graph(80, 120), random_graph(200, 300)])
def test_every_entity_and_every_relation_is_a_shape(graph: Subgraph) -> None:
    slide = drawn(graph)
    groups = {f"!!{node.id}" for node in graph.nodes}
    assert sorted(s.name for s in slide.shapes if s.name in groups) == sorted(groups)
    assert len(relations(slide, graph)) == len(graph.edges)


def test_shapes_say_in_words_what_they_are() -> None:
    slide = drawn(small())
    said = {shown(shape) for shape in slide.shapes}
    assert {"interleukin 6, cytokine", "AT-MSC-EV decreases interleukin 6"} <= said
    assert "interleukin 6 contributes to osteoarthritis (hedged)" in said
    assert "AT-MSC-EV decreases joint pain (said not to hold)" in said
    assert shown(named(slide, "!!graph")).startswith(f"{STYLE.title}: a graph of 12 entities, 16 relations")
    texts = {"!!source", "Title 1"}
    silent = [s.name for s in slide.shapes if not described(s) and s.name not in texts]
    assert all(name.endswith((" sign", " words")) for name in silent)


def test_straight_relations_are_glued_to_the_shapes_they_join() -> None:
    graph = small()
    slide = drawn(graph)
    shapes = {s.get("id"): s for s in every(slide, "p:cNvPr")}
    names = {node.id: node for node in graph.nodes}
    by_name = {f"!!{edge.id}": edge for edge in graph.edges}
    glued = [e for e in every(slide, "p:cxnSp") if e.findall(f".//{qn('a:stCxn')}")]
    assert len(glued) >= 10
    for element in glued:
        edge = by_name[element.find(f".//{qn('p:cNvPr')}").get("name")]
        for tag, end in (("a:stCxn", edge.source), ("a:endCxn", edge.target)):
            joint = element.find(f".//{qn(tag)}")
            assert shapes[joint.get("id")].get("name") == f"{names[end].id} shape"


def test_connectors_end_at_the_sites_they_are_glued_to() -> None:
    graph = random_graph(40, 60)
    picture = compose(graph, STYLE)
    slide = drawn(graph)
    places = {f"{mark.node.id} shape": mark for mark in picture.nodes}
    marks = {e.get("id"): places[e.get("name")] for e in every(slide, "p:cNvPr") if e.get("name") in places}
    for shape in slide.shapes:
        ends = shape._element.findall(f".//{qn('a:stCxn')}") + shape._element.findall(f".//{qn('a:endCxn')}")
        if not ends:
            continue
        for end, (x, y) in zip(
            ends, ((shape.begin_x, shape.begin_y), (shape.end_x, shape.end_y)), strict=True
        ):
            node = marks[end.get("id")]
            site = AUTOSHAPES[node.kind.shape].sites[int(end.get("idx"))]
            assert x / EMU == pytest.approx(node.x + site[0] * node.radius, abs=0.3)
            assert y / EMU == pytest.approx(node.y + site[1] * node.radius, abs=0.3)


def test_parallel_relations_stay_apart() -> None:
    nodes = tuple(ViewNode(i, i, "Cytokine") for i in ("a", "b"))
    words = ("INCREASES", "DECREASES", "CARRIES")
    graph = Subgraph(nodes, tuple(ViewEdge(f"r{k}", "a", "b", word) for k, word in enumerate(words)))
    found = relations(drawn(graph), graph)
    assert len(found) == 3
    tops = sorted(shape.top + shape.height / 2 for shape in found)
    assert all(low + 5 * EMU < high for low, high in pairwise(tops))


def test_the_sign_of_a_relation_is_drawn() -> None:
    slide = drawn(small())

    def line(name: str) -> Element:
        return named(slide, name)._element.find(f".//{qn('a:ln')}")

    def head(name: str) -> str | None:
        end = line(name).find(qn("a:tailEnd"))
        return None if end is None else end.get("type")

    def strokes(name: str) -> int:
        found = [s for s in slide.shapes if s.name == f"{name} sign"]
        return sum(len(list(s._element.iter(qn("a:moveTo")))) for s in found)

    assert (head("!!r03"), strokes("!!r03")) == ("triangle", 0)  # increases
    assert (head("!!r01"), strokes("!!r01")) == (None, 1)  # decreases: a bar
    assert (head("!!r00"), strokes("!!r00")) == ("arrow", 0)  # derives from
    assert (head("!!r15"), strokes("!!r15")) == (None, 3)  # decreases, said not to hold: a bar and a cross
    dashed = {f"!!r{i:02}" for i in range(16) if line(f"!!r{i:02}").find(qn("a:prstDash")) is not None}
    assert dashed == {"!!r08", "!!r11"}


def test_speaker_notes_tell_what_stands_behind_each_relation() -> None:
    told = drawn(small()).notes_slide.notes_text_frame.text
    for i in range(16):
        assert f"Statement number {i}." in told
    assert told.count("“Osteoarthritis”, paragraph 42, sentence 3") == 16
    assert told.count("[45] Exosomes of fat in worn joints; doi:10.1000/xyz(123); PMID 123456") == 16
    assert "concern: cells not vesicles" in told
    assert "AT-MSC-EV decreases joint pain (said not to hold)" in told
    assert "hedged: " in told
    assert told.endswith(STYLE.source_line)
    assert "A quoted sentence." not in told


def test_speaker_notes_say_what_is_missing() -> None:
    graph = small()
    bare = replace(graph.edges[0], claims=(replace(graph.edges[0].claims[0], citations=()),))
    told = drawn(
        replace(graph, edges=(bare, replace(graph.edges[1], claims=())))
    ).notes_slide.notes_text_frame.text
    assert "no citation" in told
    assert (
        "No claim comes with this relation; from mscev.article:msc-ev, DOI:10.3390/x, PMID:123, ISBN:1."
        in told
    )


@pytest.mark.parametrize("graph", [small(), random_graph(60, 90), random_graph(200, 300)])
def test_letters_have_12_points_and_nothing_stands_outside(graph: Subgraph) -> None:
    content = render(graph, STYLE, "pptx")
    deck_ = opened(content)
    (slide,) = deck_.slides
    sizes = {int(e.get("sz")) for e in every(slide, "a:rPr")}
    assert min(sizes) >= 1200
    for off in every(slide, "a:off"):
        extent = off.getnext()
        assert 0 <= int(off.get("x")) <= int(off.get("x")) + int(extent.get("cx")) <= deck_.slide_width
        assert 0 <= int(off.get("y")) <= int(off.get("y")) + int(extent.get("cy")) <= deck_.slide_height


@pytest.mark.parametrize("payload", PAYLOADS)
def test_markup_in_every_field_stays_text(payload: str) -> None:
    graph, style = hostile(payload)
    content = render(graph, style, "pptx")
    in_order(content)
    (slide,) = opened(content).slides
    (harmless,) = opened(render(*hostile("harmless"), "pptx")).slides
    assert {e.tag for e in slide.element.iter()} <= {e.tag for e in harmless.element.iter()} | {qn("a:br")}
    assert clean(payload).split()[0] in slide.shapes.title.text_frame.text
    assert clean(payload).split()[0] in slide.notes_slide.notes_text_frame.text


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=40))
def test_any_text_gives_a_file_that_opens(text: str) -> None:
    content = render(*hostile(text), "pptx")
    in_order(content)
    assert len(opened(content).slides) == 1


def test_children_stand_in_the_order_of_the_schema() -> None:
    picture = replace(compose(small(), STYLE), guides=GUIDES)
    in_order(deck([picture, compose(random_graph(40, 60), replace(STYLE, theme="dark"))]))


def test_every_part_that_is_named_is_there() -> None:
    content = render(small(), STYLE, "pptx")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = set(archive.namelist())
    for name, root in parts(content):
        if name.endswith(".rels"):
            for found in root:
                base = name.replace("_rels/", "").rpartition("/")[0]
                path = f"{base}/{found.get('Target')}" if not found.get("Target").startswith("/") else ""
                assert _resolved(path or found.get("Target")) in names
    assert not [n for n in names if "printerSettings" in n or "thumbnail" in n or "viewProps" in n]


def _resolved(path: str) -> str:
    found: list[str] = []
    for part in path.split("/"):
        if part == "..":
            found.pop()
        elif part:
            found.append(part)
    return "/".join(found)


def test_the_same_graph_gives_the_same_bytes_whatever_the_row_order() -> None:
    for graph in (small(), random_graph(200, 300, claims=True)):
        first = render(graph, STYLE, "pptx")
        assert {render(shuffled(graph, seed), STYLE, "pptx") for seed in (1, 2)} == {first}


def test_no_clock_and_no_machine_is_in_the_file() -> None:
    code = (
        "import sys; from tests.views.samples import *; from views import render; "
        "sys.stdout.buffer.write(render(small(), STYLE, 'pptx'))"
    )
    other = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        env={"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "PYTHONPATH": "."},
    )
    assert other.stdout == render(small(), STYLE, "pptx")
    with zipfile.ZipFile(io.BytesIO(other.stdout)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"


def test_a_theme_has_its_ground_and_a_transparent_picture_none() -> None:
    def grounds(style: Style) -> list[str]:
        return [e.find(f".//{qn('a:srgbClr')}").get("val") for e in every(drawn(small(), style), "p:bg")]

    assert grounds(STYLE) == ["ffffff"]
    assert grounds(replace(STYLE, theme="dark")) == ["12161c"]
    assert grounds(replace(STYLE, theme="dark", transparent=True)) == []
    assert every(drawn(small()), "a:highlight")
    assert not every(drawn(small(), replace(STYLE, transparent=True)), "a:highlight")


def test_the_title_is_in_the_place_of_the_layout() -> None:
    slide = drawn(small())
    assert slide.shapes.title.text_frame.text == STYLE.title
    assert [shape.name for shape in slide.shapes][:2] == ["Title 1", "!!graph"]
    assert named(slide, "!!source").text_frame.text == STYLE.source_line


def test_guides_stand_behind_the_graph() -> None:
    (slide,) = opened(deck([replace(compose(small(), STYLE), guides=GUIDES)])).slides
    names = [shape.name for shape in slide.shapes]
    behind = ["!!band 0", "!!band 1", "!!line 0", "!!line 1", "!!heading 0", "!!heading 1", "!!heading 2"]
    assert names[2:9] == behind
    assert named(slide, "!!heading 2").text_frame.text == "200 nm"


def test_above_200_entities_it_is_a_picture_in_two_forms() -> None:
    graph = random_graph(201, 260)
    content = render(graph, STYLE, "pptx")
    in_order(content)
    (slide,) = opened(content).slides
    picture = named(slide, "!!graph")
    assert picture.image.size == (3840, 2160)
    assert "201 entities, 260 relations" in shown(picture)
    (vector,) = [e for e in slide.element.iter() if e.tag.endswith("}svgBlip")]
    blob = slide.part.related_part(vector.get(qn("r:embed"))).blob
    assert etree.fromstring(blob).tag == "{http://www.w3.org/2000/svg}svg"
    assert STYLE.title == slide.shapes.title.text_frame.text
    assert picture.top + picture.height == opened(content).slide_height
    assert render(shuffled(graph, 1), STYLE, "pptx") == content


def test_an_empty_picture_says_so() -> None:
    slide = drawn(Subgraph((), ()))
    assert "Nothing to draw" in named(slide, "!!message").text_frame.text


def test_a_deck_needs_a_picture() -> None:
    with pytest.raises(InvalidInput, match="at least one picture"):
        deck([])


def test_sites_lie_on_the_outline() -> None:
    for auto in AUTOSHAPES.values():
        left, top, right, bottom = auto.box
        assert all(
            left - 1e-9 <= x <= right + 1e-9 and top - 1e-9 <= y <= bottom + 1e-9 for x, y in auto.sites
        )
        assert len(set(auto.sites)) == len(auto.sites)
    circle = AUTOSHAPES[next(iter(AUTOSHAPES))]
    assert circle.site((10, 1)) == 6
    assert circle.site((0, 10)) == 4
    assert circle.site((1, 10), label=1.0) == 5


def test_without_python_pptx_the_error_names_the_extra() -> None:
    code = (
        "import sys; sys.modules['pptx'] = None\n"
        "from tests.views.samples import *; from views import render\n"
        "from schema.errors import MissingExtra\n"
        "try: render(small(), STYLE, 'pptx')\n"
        "except MissingExtra as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "PowerPoint files need python-pptx: pip install 'mscev[pptx]'\n"


def test_a_deck_holds_many_pictures() -> None:
    pictures = [compose(small(), STYLE), compose(random_graph(20, 30), STYLE)]
    found = opened(deck(pictures)).slides
    assert [len(relations(s, g)) for s, g in zip(found, (small(), random_graph(20, 30)), strict=True)] == [
        16,
        30,
    ]
    assert "New in this step" not in "".join(
        chain.from_iterable(s.notes_slide.notes_text_frame.text for s in found)
    )
