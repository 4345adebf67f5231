"""Selections: what is read of an element. The answer is a nested list in the order of the items."""

from __future__ import annotations

from dataclasses import dataclass

from graph.query.conditions import EVERYTHING, Condition

Arguments = tuple[tuple[str, object], ...]


@dataclass(frozen=True, slots=True)
class Order:
    """The sort key; ties are broken by id, so that the order is total."""

    key: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """At most `first` items; those that follow `after`, a sort value and an id."""

    first: object
    after: tuple[object, object] | None = None


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value of the element itself."""

    name: str


@dataclass(frozen=True, slots=True)
class Whole:
    """What a link leads to: a list, or one element or null, as the model says."""

    link: str
    select: Select
    arguments: Arguments = ()


@dataclass(frozen=True, slots=True)
class Window:
    """A page of what a link leads to."""

    link: str
    select: Select
    order: Order
    page: Page
    condition: Condition = EVERYTHING
    arguments: Arguments = ()


@dataclass(frozen=True, slots=True)
class Count:
    """How many elements a link leads to."""

    link: str
    condition: Condition = EVERYTHING
    arguments: Arguments = ()


@dataclass(frozen=True, slots=True)
class Value:
    """A parameter, handed back."""

    value: object


@dataclass(frozen=True, slots=True)
class Through:
    """An item of what a link leads to and is bound already; it stands in the row of the element itself."""

    link: str
    item: Item


Item = Leaf | Whole | Window | Count | Value | Through


@dataclass(frozen=True, slots=True)
class Select:
    """The items read of each element."""

    items: tuple[Item, ...]
