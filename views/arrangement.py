"""How a picture is laid out: freely, or by meaning in columns, bands, a ring or along an axis of sizes.

An arrangement is a plain value of a style. It gives each node a place and a label, and the guides that
stand behind the graph; the composer does the rest, the same for all of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from views import labels
from views.labels import Label, Labelled, Reach
from views.layout import sketch
from views.model import Places, ViewNode
from views.picture import Area, Guides, KindMark
from views.places import kept_near
from views.text import wrap
from views.untangle import Box

OTHER = "other"


@dataclass(frozen=True, slots=True)
class Group:
    """Nodes that stand together, by id, and the words above them."""

    heading: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is laid out; `links` are pairs of places in `nodes`, `reaches` half sizes of the shapes.

    `size` is that of the whole picture.
    """

    nodes: Sequence[ViewNode]
    kinds: Sequence[KindMark]
    names: Sequence[str]
    reaches: Sequence[Reach]
    links: Sequence[tuple[int, int]]
    area: Area
    size: tuple[float, float]
    font: float
    scale: float
    seed: int

    def wrapped(self, i: int, limit: float, lines: int) -> Label:
        """Return the label of a node in at most so many lines of at most `limit` pixels."""
        return wrap(self.names[i], self.font, limit, lines)

    def boxes(self, group: Sequence[int], cut: Sequence[Label]) -> list[Box]:
        """Return the boxes of nodes with their labels under them."""
        return [labels.boxed(self.reaches[i], cut[i], self.font) for i in group]

    def labelled(self) -> set[int]:
        """Return the nodes that have a label: all, or in a crowd the hubs alone."""
        count = len(self.nodes)
        if not labels.crowded(count):
            return set(range(count))
        return set(labels.ranked(count, self.links)[: labels.HUBS])


@dataclass(frozen=True, slots=True)
class Settled:
    """Places and labels, what stands behind them, and the bends of single pairs (lower place first)."""

    labelled: Labelled
    guides: Guides = field(default_factory=Guides)
    curves: Mapping[tuple[int, int], float] = field(default_factory=dict)


class Arrangement(Protocol):
    """A way to lay out a picture."""

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups of nodes in the order in which a picture is to be read; empty where it has none."""

    def settle(self, sheet: Sheet) -> Settled:
        """Return where everything stands."""


@dataclass(frozen=True, slots=True)
class Spring:
    """The free layout: linked nodes stand near each other, and near the places they are given."""

    places: Places | None = None

    @property
    def groups(self) -> tuple[Group, ...]:
        """None."""
        return ()

    def settle(self, sheet: Sheet) -> Settled:
        """Return where everything stands."""
        if self.places is not None:
            return Settled(kept_near(self.places, sheet))
        rough = sketch(len(sheet.nodes), sheet.links, sheet.seed)
        found = labels.label(sheet.names, sheet.reaches, rough, sheet.links, area=sheet.area, font=sheet.font)
        return Settled(found)


def members(groups: Sequence[Group], sheet: Sheet) -> tuple[list[str], list[list[int]]]:
    """Return headings and members of the groups that have any; nodes in none form a last group."""
    place_of = {node.id: place for place, node in enumerate(sheet.nodes)}
    seen: set[int] = set()
    headings: list[str] = []
    found: list[list[int]] = []
    for group in groups:
        own = [place_of[i] for i in dict.fromkeys(group.ids) if i in place_of and place_of[i] not in seen]
        if own:
            headings.append(group.heading)
            found.append(own)
            seen.update(own)
    rest = [place for place in range(len(sheet.nodes)) if place not in seen]
    return ([*headings, OTHER], [*found, rest]) if rest else (headings, found)
