"""Keyset cursors: the order, the sort value and the id of an item, as one opaque text."""

from __future__ import annotations

import base64
import binascii
from typing import Any

import orjson

from graph.query import Order, Page
from schema.errors import InvalidQuery

MAX_FIRST = 500


def order_of(value: str) -> Order:
    """Return the order of an enum value: `name` or `-name`."""
    return Order(value.removeprefix("-"), descending=value.startswith("-"))


def cursor_of(order: Order, row: dict[str, Any]) -> str:
    """Return the cursor of an item in this order."""
    parts = [order.key, order.descending, row[order.key], row["id"]]
    return base64.urlsafe_b64encode(orjson.dumps(parts)).decode()


def page_of(first: int, after: str | None, order: Order) -> Page:
    """Return the page; `InvalidQuery` for a wrong size or a cursor of another order."""
    if not 1 <= first <= MAX_FIRST:
        raise InvalidQuery(f"first: {first} is not allowed; 1 to {MAX_FIRST}", given=first, allowed=MAX_FIRST)
    if after is None:
        return Page(first)
    try:
        key, descending, value, id_ = orjson.loads(base64.urlsafe_b64decode(after))
    except (binascii.Error, ValueError):
        raise InvalidQuery(f"after: {after!r} is not a cursor of this service", given=after) from None
    if (key, descending) != (order.key, order.descending):
        raise InvalidQuery(
            f"after: the cursor belongs to the order {key!r}, this query is ordered by {order.key!r}",
            given=after,
        )
    return Page(first, (value, id_))
