"""Relay connections: edges, nodes, page information and a total that is counted only when asked for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Generic, TypeVar

import strawberry

from api.graphql.context import Context
from api.graphql.cursors import cursor_of
from graph.query import Order, Page
from graph.statement import Statement

Node = TypeVar("Node")
Count = Callable[[], Awaitable[int]]


@strawberry.type(description="Where a page stands in the whole list.")
class PageInfo:
    has_next_page: bool = strawberry.field(description="Whether more items follow.")
    has_previous_page: bool = strawberry.field(description="Whether this page began after a cursor.")
    start_cursor: str | None = strawberry.field(description="The cursor of the first item.")
    end_cursor: str | None = strawberry.field(description="The cursor of the last item.")


@strawberry.type(description="An item and its cursor.")
class Edge(Generic[Node]):
    cursor: str = strawberry.field(description="Give it as `after` to read what follows.")
    node: Node = strawberry.field(description="The item.")


@strawberry.type(description="A page of a list.")
class Connection(Generic[Node]):
    edges: list[Edge[Node]] = strawberry.field(description="The items with their cursors.")
    page_info: PageInfo = strawberry.field(description="Where this page stands.")
    count: strawberry.Private[Count]

    @strawberry.field(description="The items alone.")
    def nodes(self) -> list[Node]:
        return [edge.node for edge in self.edges]

    @strawberry.field(description="The size of the whole list; counted only when selected.")
    async def total_count(self) -> int:
        return await self.count()


def page_info(cursors: list[str], page: Page, *, more: bool) -> PageInfo:
    """Return the page information for the cursors of a page."""
    return PageInfo(
        has_next_page=more,
        has_previous_page=page.after is not None,
        start_cursor=cursors[0] if cursors else None,
        end_cursor=cursors[-1] if cursors else None,
    )


def connect(
    rows: list[dict[str, Any]], order: Order, page: Page, make: Callable[[dict[str, Any]], Node], count: Count
) -> Connection[Node]:
    """Return a connection over rows, of which one more than `first` tells of a next page."""
    shown = rows[: page.first]
    cursors = [cursor_of(order, row) for row in shown]
    return Connection(
        edges=[Edge(cursor=cursor, node=make(row)) for cursor, row in zip(cursors, shown, strict=True)],
        page_info=page_info(cursors, page, more=len(rows) > page.first),
        count=count,
    )


async def read_page(
    context: Context,
    order: Order,
    page: Page,
    rows: Statement,
    total: Statement,
    *,
    make: Callable[[dict[str, Any]], Node],
) -> Connection[Node]:
    """Read a page; `total` is sent only when the count is selected."""

    async def count() -> int:
        return int(await context.read(total))

    return connect(await context.read(rows), order, page, make, count)


def known(total: int) -> Count:
    """Return a count that came with its page."""

    async def count() -> int:
        return total

    return count
