"""Places of a former picture: read from its file, and kept when more is drawn."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

from schema.errors import InvalidSource
from views import labels
from views.labels import Label, Labelled, Setting
from views.model import Places
from views.picture import Area, Picture, Point
from views.untangle import Box, nearest_free, overlaps, separate

if TYPE_CHECKING:
    from views.arrangement import Sheet

FARTHEST = 0.045  # of the width: how far a node may be moved from its former place
_BLOCK = re.compile(r'<script type="application/json" id="(view|facts)"[^>]*>(.*?)</script>', re.DOTALL)
_SIZE = re.compile(r"--w:(\d+);--h:(\d+)")
_WANTED = "give a page that mscev view wrote (.html), or its places (.json)"


def draw(picture: Picture) -> bytes:
    """Return the picture's places and texts as JSON; `read` takes it."""
    content = {
        "width": picture.style.width,
        "height": picture.style.height,
        "title": picture.title.full,
        "alt": picture.alt,
        "notes": picture.notes.full,
        "source": picture.caption.full,
        "nodes": {mark.node.id: [round(mark.x, 1), round(mark.y, 1)] for mark in picture.nodes},
        "above": [mark.node.id for mark in picture.nodes if mark.label_above],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def read(path: Path) -> Places:
    """Return the places in a file. Raises `InvalidSource` for one that is missing or holds no view."""
    try:
        text = path.read_text("utf-8")
        return _of_page(text) if path.suffix.lower() in {".html", ".htm"} else _of_json(json.loads(text))
    except OSError as error:
        raise InvalidSource(f"{path} cannot be read: {error.strerror}; {_WANTED}", file=str(path)) from error
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as error:
        raise InvalidSource(f"{path} is no view; {_WANTED}", file=str(path)) from error


def _of_json(data: Mapping[str, Any]) -> Places:
    nodes = {str(i): (float(x), float(y)) for i, (x, y) in data["nodes"].items()}
    return _checked(
        Places(float(data["width"]), float(data["height"]), nodes, frozenset(data.get("above", ())))
    )


def _of_page(text: str) -> Places:
    size = _SIZE.search(text)
    if size is None:
        raise ValueError
    blocks = {name: json.loads(content) for name, content in _BLOCK.findall(text)}
    data, facts = blocks["view"], blocks["facts"]
    ids = [facts["text"][row[0]] for row in facts["nodes"]]
    nodes = {i: (float(node["x"]), float(node["y"])) for i, node in zip(ids, data["nodes"], strict=True)}
    above = frozenset(i for i, node in zip(ids, data["nodes"], strict=True) if node.get("above"))
    return _checked(Places(float(size[1]), float(size[2]), nodes, above))


def _checked(places: Places) -> Places:
    numbers = [places.width, places.height, *(value for point in places.nodes.values() for value in point)]
    if not all(map(isfinite, numbers)) or min(places.width, places.height) <= 0:
        raise ValueError
    return places


def kept_near(places: Places, sheet: Sheet) -> Labelled:
    """Return a picture in which what had a place stays near it, and the rest stands near its neighbours.

    Where that leaves no room, labels are hidden rather than nodes moved far.
    """
    homes, known = _homes(places, sheet)
    above = tuple(node.id in places.above for node in sheet.nodes)
    setting = Setting(sheet.reaches, above, sheet.font)
    farthest = FARTHEST * sheet.size[0]
    shown = sheet.labelled()
    found: tuple[list[Point], list[Label]] | None = None
    for lines, limit in labels.SETTINGS:
        cut: list[Label] = [
            sheet.wrapped(i, limit * sheet.font, lines) if i in shown else () for i in range(len(homes))
        ]
        boxes = setting.boxes(cut)
        points = _settled(homes, known, boxes, sheet.area)
        moved = max((_away(points[i], homes[i]) for i in known), default=0.0)
        found = [_within(p, homes[i], farthest) if i in known else p for i, p in enumerate(points)], cut
        if moved <= farthest and not overlaps(points, boxes):
            break
    points, cut = found or ([], [])
    points = [(round(x, 1), round(y, 1)) for x, y in points]
    order = labels.ranked(len(points), sheet.links)
    kept = labels.without_collisions(points, cut, setting, order)
    return Labelled(tuple(points), kept, setting.boxes(kept), above)


def _homes(places: Places, sheet: Sheet) -> tuple[list[Point], set[int]]:
    """Return where each node wants to be, and which ones had a place."""
    wide, high = sheet.size[0] / places.width, sheet.size[1] / places.height
    at = {
        i: (places.nodes[node.id][0] * wide, places.nodes[node.id][1] * high)
        for i, node in enumerate(sheet.nodes)
        if node.id in places.nodes
    }
    known = set(at)
    near: dict[int, set[int]] = defaultdict(set)
    for a, b in sheet.links:
        near[a].add(b)
        near[b].add(a)
    middle = sheet.area.x + sheet.area.width / 2, sheet.area.y + sheet.area.height / 2
    waiting = [i for i in range(len(sheet.nodes)) if i not in at]
    while waiting:
        i = max(waiting, key=lambda i: (sum(1 for k in near[i] if k in at), -i))
        waiting.remove(i)
        around = [at[k] for k in sorted(near[i]) if k in at] or [middle]
        at[i] = sum(x for x, _ in around) / len(around), sum(y for _, y in around) / len(around)
    return [at[i] for i in range(len(sheet.nodes))], known


def _settled(homes: Sequence[Point], known: set[int], boxes: Sequence[Box], area: Area) -> list[Point]:
    """Set the new nodes into gaps; where one finds none, all make a little room."""
    order = [*sorted(known), *(i for i in range(len(homes)) if i not in known)]
    points = [_inside(homes[i], boxes[i], area) for i in order]
    sizes = [boxes[i] for i in order]
    for k in range(len(known), len(order)):
        free = nearest_free(k, points[: k + 1], sizes[: k + 1], area)
        points[k] = free or points[k]
    if overlaps(points, sizes):
        points = separate(points, sizes, area)
    at = dict(zip(order, points, strict=True))
    return [at[i] for i in range(len(homes))]


def _inside(point: Point, box: Box, area: Area) -> Point:
    return (
        min(max(point[0], area.x + box.left), area.x + area.width - box.right),
        min(max(point[1], area.y + box.up), area.y + area.height - box.down),
    )


def _away(one: Point, other: Point) -> float:
    return max(abs(one[0] - other[0]), abs(one[1] - other[1]))


def _within(point: Point, home: Point, farthest: float) -> Point:
    """Return the point drawn back to at most `farthest` from home, each way."""
    return (
        min(max(point[0], home[0] - farthest), home[0] + farthest),
        min(max(point[1], home[1] - farthest), home[1] + farthest),
    )
