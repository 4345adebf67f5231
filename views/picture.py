"""A finished picture: everything that a format needs to draw it, in CSS pixels from the upper left corner."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from schema.kinds import Shape
from views.model import Style, ViewEdge, ViewNode
from views.theme import Head, Sign, Theme

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Lines of text set flush left; `x`, `y` are the upper left corner, `full` is the text before cutting."""

    lines: tuple[str, ...]
    x: float
    y: float
    size: float
    line_height: float
    full: str


@dataclass(frozen=True, slots=True)
class KindMark:
    """How one kind is drawn and called."""

    name: str
    word: str
    shape: Shape
    fill: str


@dataclass(frozen=True, slots=True)
class NodeMark:
    """One node; the label stands centred under or above the shape, and no `label` means that it is hidden."""

    node: ViewNode
    kind: KindMark
    x: float
    y: float
    radius: float
    label: tuple[str, ...]
    label_above: bool = False


@dataclass(frozen=True, slots=True)
class Loop:
    """The circle of a relation from a node to itself: its radius and the angle of its centre, in radians."""

    size: float
    angle: float


@dataclass(frozen=True, slots=True)
class EdgeMark:
    """One relation; `source` and `target` are places in `Picture.nodes`.

    `bend` is how far the middle of the quadratic curve stands off the straight line, to the right of the way
    from source to target (0: straight). `tag` is where along the curve (0 to 1) the words stand, if they do.
    """

    edge: ViewEdge
    source: int
    target: int
    words: str
    sign: Sign
    head: Head
    hedged: bool
    negated: bool
    bend: float = 0.0
    loop: Loop | None = None
    tag: float | None = None


@dataclass(frozen=True, slots=True)
class LegendRow:
    """One entry of the legend: a kind, or a manner of drawing relations, with the corner of its place."""

    word: str
    x: float
    y: float
    kind: KindMark | None = None
    sign: Sign | None = None
    head: Head = Head.NONE
    hedged: bool = False
    negated: bool = False


@dataclass(frozen=True, slots=True)
class GuideBand:
    """A rectangle behind the graph: a column, a band of one evidence level, or the range of a size.

    Without `fill` it has the theme's `panel` colour and no border; with one, the theme's border.
    """

    x: float
    y: float
    width: float
    height: float
    fill: str = ""


@dataclass(frozen=True, slots=True)
class GuideLine:
    """A straight line behind the graph in the theme's `line` colour: an axis, a tick, a divider."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float = 1.0
    dashed: bool = False


class Anchor(StrEnum):
    """Which part of a text stands at its `x`; the values are those of SVG's text-anchor."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True)
class GuideText:
    """One line of text behind the graph in the theme's `muted` colour; `y` is its base line."""

    text: str
    x: float
    y: float
    size: float
    anchor: Anchor = Anchor.MIDDLE
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Guides:
    """What an arrangement draws behind its graph so that places have a meaning; drawn in this order."""

    bands: tuple[GuideBand, ...] = ()
    lines: tuple[GuideLine, ...] = ()
    texts: tuple[GuideText, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole slide; `area` is where the graph stands, `alt` says in words what there is to see.

    `notes` says what the picture leaves out; `message` stands in the middle of a picture without nodes.
    """

    style: Style
    theme: Theme
    title: TextBlock
    area: Area
    font_size: float
    line_width: float
    line_opacity: float
    nodes: tuple[NodeMark, ...]
    edges: tuple[EdgeMark, ...]
    legend: tuple[LegendRow, ...]
    legend_size: float
    notes: TextBlock
    caption: TextBlock
    message: str
    alt: str
    guides: Guides = Guides()
