"""A finished picture: everything that a format needs to draw it, in CSS pixels from the upper left corner."""

from __future__ import annotations

from dataclasses import dataclass

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
