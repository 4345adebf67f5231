"""Decks on templates and build-ups in steps."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from pptx.oxml.ns import qn

from schema.errors import InvalidSource
from tests.views.samples import STYLE, random_graph, small
from tests.views.templates import BAR, NARROW, WIDE, template
from tests.views.test_pptx import EMU, every, in_order, named, opened, relations
from views import Subgraph, ViewNode, compose
from views.deck import deck, slides
from views.steps import rings, steps


@pytest.mark.parametrize("suffix", ["pptx", "potx"])
@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_a_picture_stands_in_the_room_of_the_master(width: float, suffix: str) -> None:
    content = slides(small(), STYLE, template=template(width, suffix=suffix))
    in_order(content)
    found = opened(content)
    (slide,) = found.slides
    assert found.slide_width == pytest.approx(width * 914400, abs=2)
    assert slide.shapes.title.text_frame.text == STYLE.title
    assert slide.shapes.title.element.find(f".//{qn('a:sz')}") is None
    assert len(relations(slide, small())) == 16
    for shape in slide.shapes:
        if shape.name.startswith("!!"):
            assert shape.top >= BAR * 96 * EMU
            assert 0 <= shape.left <= shape.left + shape.width <= found.slide_width
            assert shape.top + shape.height <= found.slide_height
    assert min(int(e.get("sz")) for e in every(slide, "a:rPr") if e.get("sz")) >= 1190


def test_the_slides_of_a_template_and_what_names_them_are_gone() -> None:
    content = slides(small(), STYLE, template=template(WIDE))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        whole = b"".join(archive.read(name) for name in names)
    assert [n for n in names if n.startswith("ppt/slides/slide")] == ["ppt/slides/slide1.xml"]
    assert b"An old slide" not in whole
    assert b"sectionLst" not in whole
    assert opened(content).slides[0].slide_layout.name == "Mise en page 5"  # the one with a title alone


def test_a_dark_picture_covers_the_ground_of_a_template_and_a_light_one_keeps_it() -> None:
    def ground(**style: Any) -> int:
        content = slides(small(), replace(STYLE, **style), template=template(WIDE))
        return len(every(opened(content).slides[0], "p:bg"))

    assert (ground(), ground(theme="dark"), ground(theme="dark", transparent=True)) == (0, 1, 0)


def test_a_large_picture_fits_a_template_too() -> None:
    found = opened(slides(random_graph(220, 300), STYLE, template=template(NARROW)))
    picture = named(found.slides[0], "!!graph")
    assert picture.top >= BAR * 96 * EMU
    assert picture.top + picture.height <= found.slide_height
    assert 0 <= picture.left <= picture.left + picture.width <= found.slide_width


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no PowerPoint file"),
        (b"PK\x05\x06" + b"\0" * 18, "no PowerPoint file"),
        (b"<html>", "no PowerPoint file"),
        (template(WIDE, titled=False), "no layout with a title and room"),
        (template(WIDE, suffix="pptm"), "has macros; save it as .pptx or .potx"),
    ],
)
def test_a_template_that_cannot_be_used_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(InvalidSource, match=words):
        slides(small(), STYLE, template=content)


def test_a_document_of_another_kind_is_no_template() -> None:
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    with pytest.raises(InvalidSource, match="no PowerPoint file"):
        slides(small(), STYLE, template=other.getvalue())


def test_steps_grow_in_rings_and_nothing_moves() -> None:
    whole = compose(small(), STYLE)
    built = steps(whole, rings(whole, ["HGNC:6018"]))
    assert [mark.node.id for mark in built[0].nodes] == ["HGNC:6018"]
    assert {mark.node.name for mark in built[1].nodes} == {"interleukin 6", "AT-MSC-EV", "osteoarthritis"}
    for step in built:
        assert set(step.nodes) <= set(whole.nodes)
        assert step.legend == whole.legend
        for mark in step.edges:
            (same,) = [edge for edge in whole.edges if edge.edge.id == mark.edge.id]
            assert (mark.bend, mark.tag) == (same.bend, same.tag)
            assert step.nodes[mark.source] == whole.nodes[same.source]
            assert step.nodes[mark.target] == whole.nodes[same.target]
    assert (built[-1].nodes, built[-1].edges) == (whole.nodes, whole.edges)
    assert "Step 2 of 5: 3 entities, 4 relations." in built[1].alt


def test_steps_take_any_groups_and_the_rest_comes_last() -> None:
    whole = compose(small(), STYLE)
    built = steps(whole, [["CL:0000138", "nowhere"], [], ["CL:0000138"], ["GO:0008283"]])
    assert [len(step.nodes) for step in built] == [1, 2, 12]
    assert [len(step.edges) for step in built] == [0, 1, 16]


def test_without_a_focus_the_hub_comes_first_and_islands_last() -> None:
    graph = small()
    whole = compose(replace(graph, nodes=(*graph.nodes, ViewNode("x", "island", "Disease"))), STYLE)
    found = rings(whole)
    assert found[0] == ["mscev:at-msc-ev"]
    assert "x" not in {i for ring in found for i in ring}
    assert steps(whole, found)[-1].nodes == whole.nodes
    empty = compose(Subgraph((), ()), STYLE)
    assert steps(empty, rings(empty)) == [empty]


def test_notes_of_a_step_tell_what_is_new() -> None:
    whole = compose(small(), STYLE)
    built = steps(whole, rings(whole, ["HGNC:6018"]))
    found = opened(deck(built)).slides
    told = [slide.notes_slide.notes_text_frame.text for slide in found]
    assert len(told) == len(built) == 5
    assert "No relation on this slide." in told[0]
    assert "New in this step: osteoarthritis; AT-MSC-EV" in told[1]
    assert "stands behind the 4 relations shown before" in told[2]
    for i in range(16):
        assert sum(f"Statement number {i}." in text for text in told) == 1


def test_steps_keep_names_and_places() -> None:
    found = opened(slides(replace(small(), focus=("HGNC:6018",)), STYLE, stepwise=True)).slides
    places: dict[str, set[tuple[int, int]]] = {}
    for slide in found:
        for shape in slide.shapes:
            places.setdefault(shape.name, set()).add((shape.left, shape.top))
    assert all(len(known) == 1 for known in places.values())
    assert {f"!!{node.id}" for node in small().nodes} <= set(places)


def test_a_long_title_is_set_smaller_only_where_it_would_not_fit() -> None:
    def size(title: str) -> Any:
        content = slides(small(), replace(STYLE, title=title), template=template(NARROW))
        return opened(content).slides[0].shapes.title.text_frame.paragraphs[0].runs[0].font.size

    assert size("Short") is None
    assert size(STYLE.title).pt < 44
    assert size("word " * 60).pt == 16
