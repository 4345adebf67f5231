"""The interactive page: pyvis with its faults repaired (docs/decisions/0003-pyvis-html.md).

One file, no request, a content security policy by hashes; every value reaches the page as text.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from functools import cache
from math import hypot, pi, sin
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from pyvis.network import Network

from views.facts import facts
from views.legend import SIZE
from views.picture import Area, EdgeMark, Guides, KindMark, LegendRow, NodeMark, Picture, TextBlock
from views.routes import TAG_SIZE
from views.shapes import OUTLINES, reach
from views.strokes import border_width, dashes, head_scale, stroke
from views.symbols import HEIGHT, symbol, wide
from views.text import FONT
from views.theme import Theme

HERE = Path(__file__).parent
# Made by tests/node/bundle.mjs; its curves (`_roundness`) and its drawing hooks are relied upon.
VIS = HERE / "vis" / "vis-network.min.js"
_BLEED = 4.0
_IN_SCRIPT = {c: f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


def draw(picture: Picture) -> bytes:
    """Return the page as UTF-8; the same picture gives the same bytes."""
    page = _Page(picture)
    page.fill()
    return page.generate_html().encode("utf-8")


class _Page(Network):  # type: ignore[misc]
    """pyvis's network with its own template, escaping on, filled in bulk and written by the caller only."""

    def __init__(self, picture: Picture) -> None:
        super().__init__(directed=True, bgcolor=picture.theme.ground)
        self.picture = picture
        self.heading = picture.title.full
        self.path = "template.html"
        self.templateEnv = Environment(
            loader=FileSystemLoader(HERE), autoescape=True, trim_blocks=True, lstrip_blocks=True
        )

    def fill(self) -> None:
        """Take all nodes and edges; pyvis's `add_edge` scans all edges and drops parallel ones."""
        kinds, looks = _kinds(self.picture), _looks(self.picture)
        self.nodes = [_node(i, mark, kinds[mark.kind]) for i, mark in enumerate(self.picture.nodes)]
        self.edges = [_edge(self.picture, mark, looks[_look(mark)]) for mark in self.picture.edges]
        self.node_ids = list(range(len(self.nodes)))
        self.node_map = dict(enumerate(self.nodes))
        self.options = _options(self.picture)

    def generate_html(self, name: str = "", local: bool = True, notebook: bool = False) -> str:  # noqa: ARG002
        """Return the page; the parameters of pyvis are without effect."""
        picture = self.picture
        library, script = _library(), _own("view.js")
        style = _geometry(picture) + _own("view.css")
        html: str = self.templateEnv.get_template(self.path).render(
            picture=picture,
            policy=_policy((library, script), (style,)),
            style=Markup(style),  # noqa: S704 - own files and numbers only
            library=Markup(library),  # noqa: S704 - own file
            script=Markup(script),  # noqa: S704 - own file
            data=Markup(_json(self._data())),  # noqa: S704 - escaped by _json
            facts=Markup(_json(facts(picture.nodes, picture.edges))),  # noqa: S704 - escaped by _json
            legend=[_legend_row(row, picture.theme) for row in picture.legend],
        )
        return html

    def _data(self) -> dict[str, object]:
        picture = self.picture
        return {
            "nodes": self.nodes,
            "edges": self.edges,
            "options": self.options,
            "kinds": [_kind(kind) for kind in _kinds(picture)],
            "looks": [_look_style(look, picture) for look in _looks(picture)],
            "slide": _slide(picture),
        }


@cache
def _library() -> str:
    """Return vis-network: the version that pyvis brings, bundled without its fillers for old browsers."""
    return VIS.read_text(encoding="utf-8")


@cache
def _own(name: str) -> str:
    """Return a file of this package without indentation."""
    return "\n".join(line.strip() for line in (HERE / name).read_text("utf-8").splitlines() if line.strip())


def _policy(scripts: tuple[str, ...], styles: tuple[str, ...]) -> str:
    """Return the content security policy: nothing but these very texts."""
    allowed = [("script-src", scripts), ("style-src", styles)]
    parts = [f"{what} {' '.join(_source(text) for text in texts)}" for what, texts in allowed]
    return "; ".join(["default-src 'none'", *parts, "base-uri 'none'", "form-action 'none'"])


def _source(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _json(data: object) -> str:
    """Return JSON that cannot end its script element; a number that is none is an error, not `NaN`."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for char, escaped in _IN_SCRIPT.items():
        text = text.replace(char, escaped)
    return text


def _kinds(picture: Picture) -> dict[KindMark, int]:
    rows = (row.kind for row in picture.legend if row.kind)
    return {kind: place for place, kind in enumerate(rows)}


Look = tuple[str, str, bool, bool]


def _look(mark: EdgeMark) -> Look:
    return mark.sign.value, mark.head.value, mark.hedged, mark.negated


def _looks(picture: Picture) -> dict[Look, int]:
    return {look: place for place, look in enumerate(sorted({_look(mark) for mark in picture.edges}))}


def _look_style(look: Look, picture: Picture) -> dict[str, object]:
    sign, head, hedged, negated = look
    colour = next(colour for known, colour in picture.theme.edges.items() if known.value == sign)
    dashed = {"dashes": dashes(picture.line_width)} if hedged else {}
    return {"colour": colour, "head": head, "hedged": hedged, "negated": negated, **dashed}


def _kind(kind: KindMark) -> dict[str, object]:
    half_width, half_height = reach(kind.shape)
    return {
        "word": kind.word,
        "fill": kind.fill,
        "points": OUTLINES[kind.shape],
        "reach": [half_width, half_height],
    }


def _node(place: int, mark: NodeMark, kind: int) -> dict[str, object]:
    node = {"id": place, "x": mark.x, "y": mark.y, "kind": kind, "label": "\n".join(mark.label)}
    return {**node, "above": 1} if mark.label_above else node


def _edge(picture: Picture, mark: EdgeMark, look: int) -> dict[str, object]:
    """Return what differs from the look; a place in the list is the edge's id in the page."""
    edge: dict[str, object] = {"from": mark.source, "to": mark.target, "look": look}
    if mark.loop:
        edge["loop"] = [mark.loop.size, mark.loop.angle]
        edge["top"] = [round(value, 1) for value in stroke(picture, mark).cross]
    elif mark.bend:
        start, end = picture.nodes[mark.source], picture.nodes[mark.target]
        edge["bend"] = mark.bend
        edge["round"] = _roundness(mark.bend, hypot(end.x - start.x, end.y - start.y))
    if mark.tag is not None:
        edge["tag"] = mark.tag
    return edge


def _roundness(bend: float, away: float) -> float:
    """Return vis-network's `roundness` for a curve whose middle stands `bend` off the line, without its sign.

    vis puts the control point at (r + 1)/2 of the distance, turned by r quarter turns; found by halving.
    """
    low, high = 0.0, 1.0
    for _ in range(30):
        middle = (low + high) / 2
        height = (middle + 1) / 4 * away * sin(middle * pi / 2)
        low, high = (middle, high) if height < abs(bend) else (low, middle)
    return round(low, 3)


def _options(picture: Picture) -> dict[str, object]:
    """Return vis-network's options: nothing moves by itself, nothing is guessed."""
    many = len(picture.edges) > 1500
    return {
        "autoResize": True,
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False},
        "nodes": {"shape": "custom", "size": _radius(picture), "borderWidth": 2},
        "edges": {
            "smooth": False,
            "width": picture.line_width,
            "arrowStrikethrough": True,
            "selectionWidth": picture.line_width,
            "hoverWidth": picture.line_width / 2,
        },
        "interaction": {
            "hover": not many,
            "hideEdgesOnDrag": many,
            "hideEdgesOnZoom": many,
            "tooltipDelay": 120,
            "multiselect": False,
        },
    }


def _canvas(picture: Picture) -> Area:
    """Return the graph's area and a little more, so that no border is cut."""
    area = picture.area
    return Area(area.x - _BLEED, area.y - _BLEED, area.width + 2 * _BLEED, area.height + 2 * _BLEED)


def _radius(picture: Picture) -> float:
    return round(picture.nodes[0].radius, 2) if picture.nodes else 1.0


def _slide(picture: Picture) -> dict[str, object]:
    theme, area = picture.theme, _canvas(picture)
    guides = {"guides": _guides(picture)} if picture.guides != Guides() else {}
    return {
        **guides,
        "area": [area.x, area.y, area.width, area.height],
        "font": picture.font_size,
        "face": FONT,
        "tag": TAG_SIZE * picture.legend_size / SIZE,
        "radius": _radius(picture),
        "line": picture.line_width,
        "opacity": picture.line_opacity,
        "border": border_width(_radius(picture)),
        "head": round(head_scale(picture.line_width), 3),
        "theme": {
            name: getattr(theme, name) for name in ("ground", "text", "muted", "border", "line", "mark")
        },
    }


def _guides(picture: Picture) -> dict[str, object]:
    """Return what stands behind the graph, with every colour named."""
    guides, theme = picture.guides, picture.theme
    return {
        "bands": [
            [b.x, b.y, b.width, b.height, b.fill or theme.panel, theme.border if b.fill else ""]
            for b in guides.bands
        ],
        "lines": [
            [g.x1, g.y1, g.x2, g.y2, g.width, dashes(g.width) if g.dashed else []] for g in guides.lines
        ],
        "texts": [[t.text, t.x, t.y, t.size, t.anchor.value, int(t.bold)] for t in guides.texts],
    }


def _geometry(picture: Picture) -> str:
    """Return the part of the style sheet that this picture decides: colours, sizes and places."""
    theme, style = picture.theme, picture.style
    names = ("ground", "panel", "text", "muted", "line", "link", "mark")
    root = [f"--{name}:{getattr(theme, name)}" for name in names]
    root += [f"--w:{style.width}", f"--h:{style.height}", f"color-scheme:{style.theme}", f"--face:{FONT}"]
    return "\n".join([f":root{{{';'.join(root)}}}", *_rules(picture), ""])


def _rules(picture: Picture) -> Iterator[str]:
    area = _canvas(picture)
    yield f"#graph{{{_at(area.x, area.y)};width:{_px(area.width)};height:{_px(area.height)}}}"
    for name, block in (("h1", picture.title), ("#notes", picture.notes), ("#source", picture.caption)):
        yield _block_rule(name, block)
    scale = picture.legend_size / SIZE
    yield f"#legend{{font-size:{_px(picture.legend_size)}}}"
    yield f"#legend li{{height:{_px(HEIGHT * scale)}}}"
    for place, row in enumerate(picture.legend, 1):
        yield f"#legend li:nth-child({place}){{{_at(row.x, row.y)}}}"


def _block_rule(name: str, block: TextBlock) -> str:
    type_ = f"font-size:{_px(block.size)};line-height:{_px(block.line_height)}"
    return f"{name}{{{_at(block.x, block.y)};{type_}}}"


def _at(x: float, y: float) -> str:
    return f"left:{_px(x)};top:{_px(y)}"


def _px(value: float) -> str:
    """Return a length on the slide; `--u` is the size of one slide pixel on the screen."""
    return f"calc({round(value, 2)}*var(--u))"


def _legend_row(row: LegendRow, theme: Theme) -> dict[str, object]:
    """Return a row with the drawing of its symbol, as the attributes of SVG elements."""
    return {"row": row, "box": f"0 0 {wide(row):g} {HEIGHT:g}", "drawing": symbol(row, theme)}
