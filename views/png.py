"""The picture as PNG, as large as 3840 x 2160 holds it, drawn with the font that stands in this package."""

from __future__ import annotations

from pathlib import Path

import resvg_py

from views import svg
from views.picture import Picture

FONTS = tuple(Path(__file__).parent / "fonts" / f"LiberationSans-{face}.ttf" for face in ("Regular", "Bold"))
LARGEST = (3840, 2160)


def draw(picture: Picture) -> bytes:
    """Return the picture as PNG; fonts of the machine are not used, so that all machines give the same bytes.

    A letter that the font lacks is drawn as an empty box.
    """
    style = picture.style
    scale = min(LARGEST[0] / style.width, LARGEST[1] / style.height)
    return resvg_py.svg_to_bytes(
        svg_string=svg.draw(picture).decode("utf-8"),
        zoom=scale,
        skip_system_fonts=True,
        font_files=[str(path) for path in FONTS],
        font_family="Liberation Sans",
        sans_serif_family="Liberation Sans",
    )
