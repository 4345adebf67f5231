"""Headings of columns, bands and sides: bold lines of 12 pt or more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from views.picture import Anchor, GuideText
from views.sides import Edges
from views.text import LINE, width, wrap

AIR = 5.0
GUTTER = 5.0
SIZE = 17.0
_BOLD = 1.07
_LINES = 2
_PAD = 5.0


@dataclass(frozen=True, slots=True)
class Heading:
    """Words set in at most `limit` pixels, from `y` downwards."""

    words: str
    x: float
    y: float
    limit: float
    anchor: Anchor = Anchor.MIDDLE
    lines: int = _LINES

    def texts(self, scale: float) -> list[GuideText]:
        """Return the lines."""
        size = SIZE * scale
        return [
            GuideText(
                line,
                round(self.x, 1),
                round(self.y + _PAD * scale + size * (0.9 + LINE * rank), 1),
                size,
                self.anchor,
                bold=True,
            )
            for rank, line in enumerate(wrapped(self.words, self.limit, scale, self.lines))
        ]


def wrapped(words: str, limit: float, scale: float, lines: int = _LINES) -> tuple[str, ...]:
    """Return the lines of a heading; none without words."""
    if not words:
        return ()
    size = SIZE * scale
    return wrap(words, size * _BOLD, limit - 2 * _PAD * scale, lines)


def extent(text: GuideText) -> Edges:
    """Return the rectangle that a text behind the graph covers."""
    wide = width(text.text, text.size) * (_BOLD if text.bold else 1)
    left = text.x - {Anchor.START: 0.0, Anchor.MIDDLE: 0.5, Anchor.END: 1.0}[text.anchor] * wide
    return left, left + wide, text.y - 0.9 * text.size, text.y + 0.25 * text.size


def block(headings: Sequence[str], limits: Sequence[float], scale: float) -> float:
    """Return the height that a row of headings takes."""
    lines = max(
        (len(wrapped(words, limit, scale)) for words, limit in zip(headings, limits, strict=True)), default=0
    )
    return (lines * SIZE * LINE + _PAD) * scale if lines else 0.0
