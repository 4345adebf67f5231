"""The lines of a PDF's pages, with their places, sizes and superscripts, as the file draws them."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HYPHENS = frozenset({"\x02", "\ufffe", "\u00ad"})
NAMELESS = frozenset({"\0", "\ufffd"})
BOLD = re.compile(r"bold|black|heavy|semib|demi|-b\b", re.IGNORECASE)
LONGEST_FONT_NAME = 128


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character; `x` to `right` along the line, `y` its baseline, `size` that of its font in points."""

    char: str
    x: float
    right: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line of one column; `y` is its baseline, counted from the foot of the page."""

    page: int
    text: str
    left: float
    right: float
    y: float
    size: float
    bold: bool = False


@dataclass(slots=True)
class Page:
    """One page: its lines in the order of the file, its size, and characters that have no Unicode value."""

    number: int
    width: float
    height: float
    lines: list[Line] = field(default_factory=list)
    nameless: int = 0


@dataclass(slots=True)
class _Row:
    """Glyphs that stand side by side; `first` is the index of the first one in the page."""

    first: int
    glyphs: list[Glyph] = field(default_factory=list)


def page_of(text_page: Any, number: int, width: float, height: float) -> Page:
    """Return a page's lines; `text_page` is PDFium's."""
    page = Page(number, width, height)
    for row in _rows(text_page, page):
        line = _line(row, number, text_page)
        if line is not None:
            page.lines.append(line)
    return page


def _rows(text_page: Any, page: Page) -> Iterator[_Row]:
    row = _Row(0)
    for index, glyph in _glyphs(text_page, page):
        if row.glyphs and _parts(row.glyphs[-1], glyph):
            yield row
            row = _Row(index)
        if not row.glyphs:
            row.first = index
        row.glyphs.append(glyph)
    if row.glyphs:
        yield row


def _parts(last: Glyph, glyph: Glyph) -> bool:
    """Whether a glyph opens another line: higher, lower, back to the left, or a column further on."""
    size = max(last.size, glyph.size)
    return abs(glyph.y - last.y) > 0.6 * size or glyph.x < last.x - size or glyph.x - last.right > 2 * size


def _glyphs(text_page: Any, page: Page) -> Iterator[tuple[int, Glyph]]:
    """Yield what can be seen; blanks follow from the gaps."""
    box = pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    for i in range(pdfium.FPDFText_CountChars(text_page)):
        char = _character(pdfium.FPDFText_GetUnicode(text_page, i))
        if char in NAMELESS:
            page.nameless += 1
        if char in NAMELESS or char.isspace():
            continue
        # the loose box is as wide as the font says: a narrow "1" leaves no gap
        pdfium.FPDFText_GetLooseCharBox(text_page, i, box)
        pdfium.FPDFText_GetCharOrigin(text_page, i, x, y)
        size = pdfium.FPDFText_GetFontSize(text_page, i) or 1.0
        yield i, Glyph(char, box.left, box.right, y.value, size)


def _character(code: int) -> str:
    if code > 0x10FFFF or 0xD800 <= code < 0xE000:
        return "\ufffd"
    char = chr(code)
    if char in HYPHENS:
        return "-"
    return char if char.isprintable() or char.isspace() else "\0"


def _line(row: _Row, number: int, text_page: Any) -> Line | None:
    glyphs = row.glyphs
    size = Counter(round(glyph.size, 1) for glyph in glyphs).most_common(1)[0][0]
    base = Counter(round(glyph.y, 1) for glyph in glyphs if round(glyph.size, 1) == size).most_common(1)[0][0]
    text = _text(glyphs, base, size)
    left, right = min(glyph.x for glyph in glyphs), max(glyph.right for glyph in glyphs)
    return Line(number, text, left, right, base, size, _is_bold(text_page, row.first))


def _text(glyphs: Sequence[Glyph], base: float, size: float) -> str:
    parts: list[str] = []
    raised = False
    for last, glyph in zip([None, *glyphs], glyphs, strict=False):
        high = glyph.y - base > 0.15 * size and glyph.size < 0.95 * size
        gap = last is not None and glyph.x - last.right > 0.15 * min(size, glyph.size)
        parts += ["</sup>"] if raised and not high else []
        parts += [" "] if gap else []
        parts += ["<sup>"] if high and not raised else []
        parts.append(glyph.char)
        raised = high
    return "".join([*parts, "</sup>"] if raised else parts)


def _is_bold(text_page: Any, index: int) -> bool:
    """Whether a glyph's font is a bold one, by its name: the weight is often left out."""
    name = ctypes.create_string_buffer(LONGEST_FONT_NAME)
    pdfium.FPDFText_GetFontInfo(text_page, index, name, LONGEST_FONT_NAME, ctypes.c_int())
    return BOLD.search(name.value.decode("utf-8", "replace")) is not None
