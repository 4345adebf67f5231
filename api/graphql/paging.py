"""Shapes of connections: a page of rows becomes edges, nodes, page information and a total."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from api.graphql.answer import At, InRow, ListOf, Names, Row, Shape
from api.graphql.cursors import cursor_of
from graph.query import Order


@dataclass(frozen=True, slots=True)
class Cursor(Shape):
    """The cursor of an item."""

    order: Order
    key: int
    id: int

    def of(self, row: Row) -> str:
        """Return the cursor of a row."""
        return cursor_of(self.order, row[self.key], row[self.id])

    def read(self, value: Row, at: At) -> str:
        return self.of(value)

    def code(self, value: str, names: Names) -> str:
        return f"{names.of(self.of)}({value})"


@dataclass(frozen=True, slots=True)
class Window:
    """Where a page stands in a row: its rows at one position, the number asked for at another.

    With a number, one row more than that tells of a next page. `before` says that the page follows a cursor.
    """

    position: int
    limit: int | None
    before: bool

    def rows(self, row: Row) -> Any:
        """Return the rows of the page."""
        found = row[self.position]
        return found if self.limit is None else found[: row[self.limit]]

    def more(self, row: Row) -> bool:
        """Say whether more follow."""
        return self.limit is not None and len(row[self.position]) > row[self.limit]


@dataclass(slots=True)
class Pending:
    """The window of a connection, which is known when all of its fields are."""

    window: Window | None = None

    def __call__(self) -> Window:
        """Return the window."""
        assert self.window is not None  # noqa: S101 - set before anything is read
        return self.window


@dataclass(frozen=True, slots=True, eq=False)
class Items(Shape):
    """The items of the page: a list of edges or of nodes."""

    window: Pending
    items: ListOf

    def read(self, value: Row, at: At) -> Any:
        return self.items.read(self.window().rows(value), at)

    def code(self, value: str, names: Names) -> str:
        window = self.window()
        rows = f"{value}[{window.position}]"
        if window.limit is not None:
            rows = f"{rows}[:{value}[{window.limit}]]"
        return self.items.code(rows, names)


@dataclass(frozen=True, slots=True, eq=False)
class Info(Shape):
    """Something that is said of the whole page."""

    window: Pending
    make: Callable[[Window, Row], Any]

    def read(self, value: Row, at: At) -> Any:
        return self.make(self.window(), value)


def has_next(window: Window, row: Row) -> bool:
    """Say whether more items follow."""
    return window.more(row)


def has_previous(window: Window, row: Row) -> bool:
    """Say whether the page began after a cursor."""
    return window.before


def end_cursor(cursor: Cursor, index: int) -> Callable[[Window, Row], str | None]:
    """Return what makes the cursor of the first (0) or last (-1) item; null for an empty page."""

    def make(window: Window, row: Row) -> str | None:
        rows = window.rows(row)
        return cursor.of(rows[index]) if rows else None

    return make


__all__ = ["Cursor", "InRow", "Info", "Items", "Pending", "Window", "end_cursor", "has_next", "has_previous"]
