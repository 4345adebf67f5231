from __future__ import annotations

import io
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from tests.views.samples import STYLE, random_graph, shuffled, small
from views import Style, Subgraph, ViewNode, png, render


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.fixture(scope="module")
def picture() -> bytes:
    return render(small(), STYLE, "png")


def test_it_fills_a_slide_at_3840_pixels(picture: bytes) -> None:
    image = opened(picture)
    assert image.size == (3840, 2160)
    assert image.getpixel((0, 0)) == (255, 255, 255, 255)


@pytest.mark.parametrize(
    ("size", "pixels"),
    [((2560, 1440), (3840, 2160)), ((3840, 2160), (3840, 2160)), ((1000, 1000), (2160, 2160))],
)
def test_any_size_fits_into_3840_by_2160(size: tuple[int, int], pixels: tuple[int, int]) -> None:
    style = replace(STYLE, width=size[0], height=size[1])
    assert opened(render(Subgraph((), ()), style, "png")).size == pixels


def test_the_same_graph_gives_the_same_bytes_whatever_the_row_order(picture: bytes) -> None:
    assert {render(shuffled(small(), seed), STYLE, "png") for seed in (1, 2)} == {picture}


def test_no_font_of_the_machine_is_used(picture: bytes, tmp_path: Path) -> None:
    code = (
        "import sys; from tests.views.samples import *; from views import render; "
        "sys.stdout.buffer.write(render(small(), STYLE, 'png'))"
    )
    bare = {
        "HOME": str(tmp_path),
        "FONTCONFIG_PATH": str(tmp_path),
        "FONTCONFIG_FILE": str(tmp_path / "none"),
    }
    folder = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], env=bare, cwd=folder, check=True, capture_output=True)
    assert done.stdout == picture


def test_a_transparent_picture_has_transparent_corners_and_opaque_ink() -> None:
    image = opened(render(small(), replace(STYLE, transparent=True), "png"))
    alpha = image.getchannel("A")
    assert alpha.getpixel((0, 0)) == 0
    assert alpha.getextrema() == (0, 255)


def test_both_themes_have_their_ground() -> None:
    image = opened(render(small(), replace(STYLE, theme="dark"), "png"))
    assert image.getpixel((5, 5)) == (0x12, 0x16, 0x1C, 255)


def test_letters_are_drawn() -> None:
    """The title alone: without a font there would be no ink."""
    image = opened(render(Subgraph((), ()), Style(title="κ ö ś “μ”"), "png")).convert("L")
    assert sum(image.crop((0, 0, 1900, 200)).histogram()[:80]) > 1000


def test_a_letter_that_the_font_lacks_stops_nothing() -> None:
    node = ViewNode("a", "間葉系幹細胞 🧬 مرض", "Disease")
    assert opened(render(Subgraph((node,), ()), STYLE, "png")).size == (3840, 2160)


def test_the_largest_graph_that_is_drawn_whole_has_a_picture() -> None:
    assert opened(render(random_graph(600, 900), STYLE, "png")).size == (3840, 2160)


def test_the_font_has_the_letters_of_our_data() -> None:
    from PIL import ImageFont  # noqa: PLC0415

    data = Path(__file__).parents[2] / "loaders" / "article" / "data"
    letters = {c for file in data.rglob("*") if file.is_file() for c in file.read_text("utf-8")}
    for path in png.FONTS:
        font = ImageFont.truetype(str(path), 40)
        missing = bytes(font.getmask("\U0010fffd"))
        lacking = {c for c in letters if c.isprintable() and c != " " and bytes(font.getmask(c)) == missing}
        assert lacking == set()
