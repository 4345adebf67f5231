"""The symbols of the legend as SVG elements, once for every format that can show them."""

from __future__ import annotations

from views.legend import LINE_SYMBOL, SYMBOL
from views.picture import KindMark, LegendRow
from views.shapes import OUTLINES
from views.theme import Head, Theme

Drawing = list[tuple[str, dict[str, str]]]

HEIGHT = 24.0
_RADIUS = 8.6
_SHAFT_ENDS = {Head.ARROW: 26, Head.BAR: 35, Head.OPEN: 33, Head.NONE: 36}


def wide(row: LegendRow) -> float:
    """Return the width of a row's symbol at a scale of 1; all are `HEIGHT` high."""
    return SYMBOL if row.kind else LINE_SYMBOL


def symbol(row: LegendRow, theme: Theme) -> Drawing:
    """Return the elements of a row's symbol, from its upper left corner, at a scale of 1."""
    return _kind(row.kind, theme) if row.kind else _line(row, theme)


def _kind(kind: KindMark, theme: Theme) -> Drawing:
    look = {"fill": kind.fill, "stroke": theme.border, "stroke-width": "1.6", "stroke-linejoin": "round"}
    points = OUTLINES[kind.shape]
    if not points:
        return [("circle", {"cx": "14", "cy": "12", "r": f"{_RADIUS}", **look})]
    corners = " ".join(f"{14 + _RADIUS * x:g},{12 + _RADIUS * y:g}" for x, y in points)
    return [("polygon", {"points": corners, **look})]


def _line(row: LegendRow, theme: Theme) -> Drawing:
    colour = theme.edges[row.sign] if row.sign else theme.line
    line = {"stroke": colour, "stroke-width": "2.4", "fill": "none"}
    shaft = {"d": f"M2 12H{_SHAFT_ENDS[row.head]}", **line}
    if row.hedged:
        shaft["stroke-dasharray"] = "7 4.5"
    heads: dict[Head, Drawing] = {
        Head.ARROW: [("path", {"d": "M37 12L24 6.5V17.5Z", "fill": colour})],
        Head.BAR: [("path", {"d": "M35.5 4.5V19.5", **line, "stroke-width": "3.4"})],
        Head.OPEN: [("path", {"d": "M37 12L24 6.5L28 12L24 17.5Z", "fill": colour})],
        Head.NONE: [],
    }
    cross = [("path", {"d": "M13 6L25 18M25 6L13 18", **line})] if row.negated else []
    return [("path", shaft), *heads[row.head], *cross]
