"""Text measured, wrapped and shortened without a font engine.

Widths are those of Helvetica and Arial (Liberation Sans has the same); other scripts are estimated.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable

FONT = '"Liberation Sans", Arial, Helvetica, sans-serif'
LINE = 1.16
ELLIPSIS = "…"
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML 1.0 forbids
_SAFETY = 1.03
_WIDE, _OTHER = 1000, 620
# Advance widths of U+0020 to U+007E in thousandths of the font size (Adobe's Helvetica metrics).
_ASCII = (
    "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 "
    "556 278 278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 "
    "722 667 611 722 667 944 667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 "
    "500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584"
)
_WIDTHS = {chr(32 + place): int(width) for place, width in enumerate(_ASCII.split())}


def plain(value: object) -> str:
    """Return any value as text that UTF-8 can hold; None is empty, dates (also Neo4j's) are ISO 8601."""
    if value is None:
        return ""
    if isinstance(value, str) and value.isascii():
        return str(value)
    if isinstance(value, float) and not math.isfinite(value):
        return "not a number" if math.isnan(value) else "infinite"
    iso = getattr(value, "isoformat", None) or getattr(value, "iso_format", None)
    if callable(iso):
        value = iso()
    elif isinstance(value, bytes):
        value = value.hex()
    return str(value).encode("utf-8", "replace").decode("utf-8")


def one_line(value: object) -> str:
    """Return the value as text with every run of white space and control characters as one space."""
    text = plain(value)
    if text.isprintable() and "  " not in text:
        return text.strip()
    text = "".join(" " if unicodedata.category(c) == "Cc" else c for c in text)
    return " ".join(text.split())


def width(text: str, size: float) -> float:
    """Return the width in pixels of a line set at `size` pixels, rounded up by a margin of safety."""
    return _SAFETY * size * sum(_advance(c) for c in text) / 1000


def shorten(text: str, size: float, limit: float) -> str:
    """Return the text, cut with an ellipsis where it is wider than `limit` pixels."""
    if width(text, size) <= limit:
        return text
    end = _longest(text, lambda part: width(part.rstrip() + ELLIPSIS, size) <= limit)
    return text[:end].rstrip(" -/,;") + ELLIPSIS


def wrap(text: str, size: float, limit: float, lines: int) -> tuple[str, ...]:
    """Return the text in at most `lines` lines of at most `limit` pixels, as even as they can be.

    Breaks stand at spaces and after hyphens and slashes; what does not fit is cut with an ellipsis.
    """
    text = one_line(text)
    full = _fill(_pieces(text), size, limit)
    if len(full) > lines:
        kept = full[: lines - 1]
        rest = text[sum(len(line) for line in kept) :]
        return (*(line.strip() for line in kept), shorten(rest, size, limit))
    if any(width(line.strip(), size) > limit for line in full):
        return tuple(shorten(line.strip(), size, limit) for line in full)
    return tuple(line.strip() for line in _even(text, size, limit, full))


def _advance(char: str) -> int:
    known = _WIDTHS.get(char)
    if known is not None:
        return known
    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return _WIDE if unicodedata.east_asian_width(char) in "WF" else _OTHER


def _longest(text: str, fits: Callable[[str], bool]) -> int:
    """Return the length of the longest fitting start, never cutting before a combining mark."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(text[:middle]) else (low, middle - 1)
    while 0 < low < len(text) and unicodedata.category(text[low]) in {"Mn", "Me"}:
        low -= 1
    return low


def _pieces(text: str) -> list[str]:
    """Cut where a line may break; every piece keeps its trailing space, hyphen or slash."""
    pieces, start = [], 0
    for place, char in enumerate(text, 1):
        if char in " -/" and place - start > (1 if char == " " else 3):
            pieces.append(text[start:place])
            start = place
    return [*pieces, text[start:]] if start < len(text) else pieces or [""]


def _fill(pieces: list[str], size: float, limit: float) -> list[str]:
    lines = [pieces[0]]
    for piece in pieces[1:]:
        if width((lines[-1] + piece).rstrip(), size) <= limit:
            lines[-1] += piece
        else:
            lines.append(piece)
    return lines


def _even(text: str, size: float, limit: float, lines: list[str]) -> list[str]:
    """Narrow the column as long as the number of lines stays."""
    pieces, best = _pieces(text), lines
    for share in (0.9, 0.8, 0.7, 0.6, 0.5):
        tried = _fill(pieces, size, limit * share)
        if len(tried) > len(lines) or any(width(line.strip(), size) > limit for line in tried):
            break
        best = tried
    return best
