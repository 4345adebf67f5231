"""LibreOffice draws the slides, and the colours of the entities are where they should be."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from tests.views.samples import STYLE, random_graph, small
from tests.views.templates import NARROW, template
from views import Style, Subgraph, compose
from views.deck import deck, slides
from views.picture import NodeMark
from views.steps import rings, steps

pytestmark = pytest.mark.tools


def shown(content: bytes, folder: Path) -> list[Image.Image]:
    """Return the slides as LibreOffice draws them, 1280 pixels wide."""
    (folder / "deck.pptx").write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    run = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*run, str(folder / "deck.pptx")], check=True, capture_output=True, timeout=180)
    subprocess.run(
        ["pdftoppm", "-png", "-scale-to-x", "1280", "-scale-to-y", "-1", "deck.pdf", "slide"],
        check=True,
        cwd=folder,
        timeout=120,
    )
    return [Image.open(file).convert("RGB") for file in sorted(folder.glob("slide-*.png"))]


def close(found: tuple[int, ...], wanted: str) -> bool:
    parts = (int(wanted[i : i + 2], 16) for i in (1, 3, 5))
    return all(abs(a - b) <= 6 for a, b in zip(found, parts, strict=True))


def filled(image: Image.Image, mark: NodeMark) -> bool:
    pixel = image.getpixel((round(mark.x), round(mark.y)))
    assert isinstance(pixel, tuple)
    return close(pixel, mark.kind.fill)


@pytest.mark.parametrize(
    ("graph", "theme"),
    [(small(), "light"), (random_graph(80, 120), "dark"), (random_graph(200, 300), "light")],
)
def test_every_entity_is_drawn_in_its_place(graph: Subgraph, theme: str, tmp_path: Path) -> None:
    style = replace(STYLE, theme=theme)
    picture = compose(graph, style)
    (image,) = shown(deck([picture]), tmp_path)
    assert image.size == (1280, 720)
    ground = image.getpixel((2, 2))
    assert isinstance(ground, tuple)
    assert close(ground, picture.theme.ground)
    lost = [mark.node.name for mark in picture.nodes if not filled(image, mark)]
    # in a throng a neighbour or a label may stand on the centre of a node
    assert len(lost) <= len(picture.nodes) // 50


def test_what_is_to_come_is_absent_from_a_step(tmp_path: Path) -> None:
    picture = compose(small(), STYLE)
    images = shown(slides(replace(small(), focus=("HGNC:6018",)), STYLE, stepwise=True), tmp_path)
    counts = [sum(filled(image, mark) for mark in picture.nodes) for image in images]
    assert counts == [len(step.nodes) for step in steps(picture, rings(picture, ["HGNC:6018"]))]


def test_a_template_keeps_its_title_bar(tmp_path: Path) -> None:
    (image,) = shown(slides(small(), STYLE, template=template(NARROW)), tmp_path)
    assert image.size == (1280, 960)
    bar = image.getpixel((1270, 60))
    assert isinstance(bar, tuple)
    assert close(bar, "#0b3d66")


def test_a_large_picture_is_seen(tmp_path: Path) -> None:
    graph, style = random_graph(210, 280), Style(title="Many", source_line="Query")
    picture = compose(graph, style)
    (image,) = shown(deck([picture]), tmp_path)
    seen = sum(filled(image, mark) for mark in picture.nodes)
    assert seen >= 0.9 * len(picture.nodes)
