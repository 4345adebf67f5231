"""The SVG in a real Chromium: nothing runs, nothing overlaps, and it looks as the PNG and the page do."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat

from tests.views.conftest import Show, Shown, Visit
from tests.views.samples import GUIDES, PAYLOADS, STYLE, hostile, random_graph, small
from views import Subgraph, compose, html, png, render, svg
from views.picture import Picture
from views.theme import Sign

pytestmark = pytest.mark.tools

BOXES = """() => {
    return [...document.querySelectorAll("svg > g[font-size]")].map((group) => ({
        size: parseFloat(getComputedStyle(group).fontSize),
        boxes: [...group.children].map((text) => {
            const { x, y, width, height } = text.getBBox();
            return [x, y, width, height, text.textContent];
        }),
    }));
}"""

# How far each relation's line passes from a point, of the relations that are no loops.
NEAREST = """(middles) => {
    const shafts = [...document.querySelectorAll("svg > g > g > path:nth-of-type(1)")]
        .filter((path) => !path.parentNode.querySelector("circle"));
    return shafts.map((path, i) => {
        let least = Infinity;
        for (let s = 0; s <= path.getTotalLength(); s += 1) {
            const { x, y } = path.getPointAtLength(s);
            least = Math.min(least, Math.hypot(x - middles[i].x, y - middles[i].y));
        }
        return least;
    });
}"""


def opened(visit: Visit, tmp_path: Path, content: bytes, *, inline: bool) -> Shown:
    """The file as a document of its own, or as part of a page; scripts are on in both."""
    if inline:
        text = content.decode("utf-8").partition("?>")[2]
        content = f"<!DOCTYPE html><meta charset=utf-8><body style='margin:0'>{text}</body>".encode()
    file = tmp_path / f"{len(list(tmp_path.iterdir()))}.{'html' if inline else 'svg'}"
    file.write_bytes(content)
    return visit(file.as_uri())


@pytest.mark.parametrize("inline", [True, False])
def test_nothing_in_the_data_is_executed(visit: Visit, tmp_path: Path, inline: bool) -> None:
    for payload in PAYLOADS:
        shown = opened(visit, tmp_path, render(*hostile(payload), "svg"), inline=inline)
        shown.page.mouse.move(640, 360)
        shown.page.wait_for_timeout(50)
        assert shown.value("window.hit === undefined")
        assert (
            shown.value(
                "document.querySelectorAll('script, image, iframe, img, a, foreignObject, style').length"
            )
            == 0
        )
        assert shown.value("document.querySelectorAll('svg').length") == 1


@pytest.mark.parametrize(("nodes", "edges"), [(40, 55), (50, 70), (80, 110)])
def test_labels_are_large_and_overlap_nothing(visit: Visit, tmp_path: Path, nodes: int, edges: int) -> None:
    shown = opened(visit, tmp_path, render(random_graph(nodes, edges), STYLE, "svg"), inline=False)
    groups: list[dict[str, Any]] = shown.value(BOXES)
    assert all(group["size"] >= 16 for group in groups)
    boxes = groups[-1]["boxes"]
    assert len(boxes) >= nodes
    lines = [
        (x, x + w, y + 0.12 * h, y + 0.9 * h, text) for x, y, w, h, text in boxes
    ]  # of letters, without leading
    meeting = [
        (a[4], b[4])
        for i, a in enumerate(lines)
        for b in lines[:i]
        if a[0] < b[1] and b[0] < a[1] and a[2] < b[3] and b[2] < a[3]
    ]
    assert meeting == []
    assert all(x >= 0 and x + w <= 1280 for x, _, w, _, _ in boxes)


def screenshot(shown: Shown) -> Image.Image:
    return Image.open(io.BytesIO(shown.page.screenshot())).convert("RGB")


def difference(one: Image.Image, other: Image.Image) -> float:
    """Mean difference of a channel, of 255; blurred, so that only what is missing or elsewhere counts."""
    blurred = [image.filter(ImageFilter.GaussianBlur(4)) for image in (one, other)]
    means: list[float] = ImageStat.Stat(ImageChops.difference(*blurred)).mean
    return max(means)


def pictures() -> list[Picture]:
    return [
        replace(compose(small(), replace(STYLE, theme="dark")), guides=GUIDES),
        compose(random_graph(60, 90), STYLE),
        compose(random_graph(200, 300), STYLE),
        compose(Subgraph((), ()), STYLE),
    ]


@pytest.mark.parametrize("place", range(4))
def test_the_png_looks_as_the_browser_shows_the_svg(visit: Visit, tmp_path: Path, place: int) -> None:
    picture = pictures()[place]
    shown = screenshot(opened(visit, tmp_path, svg.draw(picture), inline=False))
    drawn = Image.open(io.BytesIO(png.draw(picture))).convert("RGB").resize((1280, 720), Image.Resampling.BOX)
    blank = Image.new("RGB", (1280, 720), picture.theme.ground)
    assert difference(shown, drawn) < 0.8
    assert picture.message or difference(shown, drawn) < difference(shown, blank) / 20


@pytest.mark.parametrize("place", range(3))
def test_the_page_looks_as_the_svg(visit: Visit, tmp_path: Path, place: int) -> None:
    """The button of the page is taken away; its curves lean a little to the side of their source."""
    picture = pictures()[place]
    shown = screenshot(opened(visit, tmp_path, svg.draw(picture), inline=False))
    file = tmp_path / "page.html"
    file.write_bytes(html.draw(picture))
    page = visit(file.as_uri())
    page.until("document.documentElement.dataset.drawn")
    page.value("document.getElementById('open').remove()")
    blank = Image.new("RGB", (1280, 720), picture.theme.ground)
    assert difference(shown, screenshot(page)) < difference(shown, blank) / 6


def test_nodes_and_relations_stand_where_the_page_has_them(show: Show, visit: Visit, tmp_path: Path) -> None:
    graph = small()
    page = show(graph, STYLE)
    places = page.value(
        "mscevView.network.body.nodeIndices.map(i => mscevView.network.body.nodes[i]).map(n => [n.x, n.y])"
    )
    picture = compose(graph, STYLE)
    assert len(places) == 12
    for (x, y), mark in zip(places, picture.nodes, strict=True):  # vis cuts the fraction off
        assert 0 <= mark.x - x < 1
        assert 0 <= mark.y - y < 1
    straight = [
        place
        for sign in reversed(Sign)  # as the file has them
        for place, mark in enumerate(picture.edges)
        if mark.sign is sign and not mark.loop
    ]
    middles = page.value(
        f"{json.dumps(straight)}.map(i => mscevView.network.body.edges[i].edgeType.getPoint(0.5))"
    )
    file = opened(visit, tmp_path, svg.draw(picture), inline=False)
    away = file.value(NEAREST, middles)
    assert len(away) == len(straight) == 15
    assert max(away) < 6


def test_text_of_the_largest_size_stays_inside(visit: Visit, tmp_path: Path) -> None:
    style = replace(STYLE, title="word " * 60, source_line="more " * 90)
    shown = opened(visit, tmp_path, render(small(), style, "svg"), inline=False)
    boxes = shown.value(
        "[...document.querySelectorAll('text')].map(text => text.getBBox())"
        ".map(box => [box.x, box.x + box.width, box.y + box.height])"
    )
    assert all(left >= 0 and right <= 1280 and bottom <= 722 for left, right, bottom in boxes)
