"""What stands around the graph: title above; legend, notes and source line below; the room that is left."""

from __future__ import annotations

from dataclasses import dataclass, replace

from views import legend
from views.model import Style
from views.picture import Area, LegendRow, TextBlock
from views.text import LINE, one_line, shorten, width, wrap

POINT = 4 / 3  # CSS pixels
SMALL = 12 * POINT
_SLIDE = (1280, 720)
_MARGIN, _BOTTOM = 24.0, 14.0
_BUTTON = 130.0  # kept free right of the title for the page's own button
_BOLD = 1.07  # how much wider bold type runs
_LINE = 1.25


@dataclass(frozen=True, slots=True)
class Frame:
    """The parts of a slide that do not depend on where the nodes stand."""

    scale: float
    title: TextBlock
    legend: tuple[LegendRow, ...]
    notes: TextBlock
    caption: TextBlock
    area: Area


def scale_of(style: Style) -> float:
    """Return how much larger than on a slide of 1280 x 720 letters and nodes are."""
    return min(style.width / _SLIDE[0], style.height / _SLIDE[1]) * style.enlarged


def frame(style: Style, title: str, entries: list[LegendRow], notes: list[str]) -> Frame:
    """Return the frame; each line that is not needed is left to the graph."""
    scale = scale_of(style)
    margin = _MARGIN * scale
    room = style.width - 2 * margin
    head = _title(title, margin, room - _BUTTON * scale, scale)
    rows, lines = legend.flow(entries, margin, room, scale)
    note, caption = _notes(notes, margin, room, scale), _caption(style, margin, room, scale)
    caption_top = style.height - _BOTTOM * scale - len(caption.lines) * caption.line_height
    note_top = caption_top - len(note.lines) * note.line_height
    legend_top = note_top - lines * legend.ROW * scale
    top = head.y + len(head.lines) * head.line_height + 12 * scale
    return Frame(
        scale,
        head,
        tuple(replace(row, y=round(row.y + legend_top, 1)) for row in rows),
        replace(note, y=note_top),
        replace(caption, y=caption_top),
        Area(0.75 * margin, top, style.width - 1.5 * margin, legend_top - 10 * scale - top),
    )


def _title(full: str, left: float, room: float, scale: float) -> TextBlock:
    """Set one line at 24 pt, or two at 18 pt."""
    size = 24 * POINT * scale
    if width(full, size) * _BOLD <= room:
        return TextBlock((full,), left, 14 * scale, size, size * LINE, full)
    size = 18 * POINT * scale
    return TextBlock(wrap(full, size * _BOLD, room, 2), left, 10 * scale, size, size * LINE, full)


def _notes(notes: list[str], left: float, room: float, scale: float) -> TextBlock:
    full, size = "; ".join(notes), SMALL * scale
    full = full[:1].upper() + full[1:]
    lines = (shorten(full, size * _BOLD, room),) if full else ()
    return TextBlock(lines, left, 0, size, _LINE * size, full)


def _caption(style: Style, left: float, room: float, scale: float) -> TextBlock:
    full, size = one_line(style.source_line), SMALL * scale
    lines = wrap(full, size, room, 2) if full else ()
    return TextBlock(lines, left, 0, size, _LINE * size, full)
