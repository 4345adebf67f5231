"""Relay connections: edges, nodes, page information and a total that is counted only when asked for."""

from __future__ import annotations

from typing import Generic, TypeVar

import strawberry

from api.graphql.types.declare import leaf

Node = TypeVar("Node")


@strawberry.type(description="Where a page stands in the whole list.")
class PageInfo:
    has_next_page: bool = leaf("Whether more items follow.")
    has_previous_page: bool = leaf("Whether this page began after a cursor.")
    start_cursor: str | None = leaf("The cursor of the first item; null for an empty page.")
    end_cursor: str | None = leaf("The cursor of the last item; null for an empty page.")


@strawberry.type(description="An item and its cursor.")
class Edge(Generic[Node]):
    cursor: str = leaf("Give it as `after` to read what follows.")
    node: Node = leaf("The item.")


@strawberry.type(description="A page of a list.")
class Connection(Generic[Node]):
    edges: list[Edge[Node]] = leaf("The items with their cursors.")
    page_info: PageInfo = leaf("Where this page stands.")
    nodes: list[Node] = leaf("The items alone.")
    total_count: int = leaf("The size of the whole list; counted only when selected.")
