"""Keyset cursors: the order, the sort value and the id of an item, as one opaque text."""

from __future__ import annotations

import base64
import binascii
from typing import Any

import orjson

from graph.query import Order
from schema.errors import InvalidQuery


def order_of(value: str) -> Order:
    """Return the order of an enum value: `name` or `-name`."""
    return Order(value.removeprefix("-"), descending=value.startswith("-"))


def cursor_of(order: Order, value: object, id_: str) -> str:
    """Return the cursor of an item in this order."""
    return base64.urlsafe_b64encode(orjson.dumps([order.key, order.descending, value, id_])).decode()


def position_of(cursor: str, order: Order) -> tuple[Any, str]:
    """Return the sort value and the id that a cursor holds; `InvalidQuery` for one of another order."""
    try:
        key, descending, value, id_ = orjson.loads(base64.urlsafe_b64decode(cursor))
    except (binascii.Error, ValueError, TypeError):
        raise InvalidQuery(f"after: {cursor!r} is not a cursor of this service", given=cursor) from None
    if (key, descending) != (order.key, order.descending):
        raise InvalidQuery(
            f"after: the cursor belongs to the order {key!r}, this query is ordered by {order.key!r}",
            given=cursor,
        )
    if not isinstance(value, str | int | float) or not isinstance(id_, str):
        raise InvalidQuery(f"after: {cursor!r} is not a cursor of this service", given=cursor)
    return value, id_
