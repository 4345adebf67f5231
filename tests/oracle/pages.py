"""Pages of lists: order, size, cursors, and the refusal of what cannot be asked."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

import orjson
from graphql import GraphQLError

from tests.oracle.graph import place

MAX_FIRST = 500


class Refused(GraphQLError):
    """Something that is well formed but may not be asked."""

    def __init__(self, message: str) -> None:
        super().__init__(message, extensions={"code": "BAD_USER_INPUT"})


class Order(NamedTuple):
    """The sort key, and whether it and the id, which breaks ties, go backwards."""

    key: str
    descending: bool = False

    def value(self, thing: Any) -> tuple[Any, str]:
        return (place(thing) if self.key == "place" else getattr(thing, self.key), thing.id)

    def cursor(self, thing: Any) -> str:
        return base64.urlsafe_b64encode(orjson.dumps([*self, *self.value(thing)])).decode()


def order_of(name: str) -> Order:
    """The order of an enum value such as NAME_DESC."""
    return Order(name.removesuffix("_DESC").lower(), name.endswith("_DESC"))


def number(args: Mapping[str, Any], name: str, default: int, lowest: int, highest: int) -> int:
    """A whole number in its limits; null is the default."""
    given = args.get(name)
    value = default if given is None else int(given)
    if not lowest <= value <= highest:
        raise Refused(f"{name}: {value} is not allowed; {lowest} to {highest}")
    return value


def at_most(args: Mapping[str, Any], name: str, highest: int) -> list[str]:
    """A list of no more than so many."""
    values: list[str] = args[name]
    if len(values) > highest:
        raise Refused(f"{name}: at most {highest}")
    return values


def page(
    items: Iterable[Any],
    order: Order,
    args: Mapping[str, Any],
    *,
    of: Callable[[Any], Any] = lambda item: item,
    edge: Callable[[Any], dict[str, Any]] = lambda item: {"node": item},
) -> dict[str, Any]:
    """A page of `items` as a connection; `of` gives what an item is sorted by, `edge` what it shows."""
    first = number(args, "first", 25, 1, MAX_FIRST)
    after = _after(args.get("after"), order)
    whole = sorted(items, key=lambda item: order.value(of(item)), reverse=order.descending)
    rest = [item for item in whole if after is None or _follows(order.value(of(item)), after, order)]
    edges = [{"cursor": order.cursor(of(item)), **edge(item)} for item in rest[:first]]
    return {
        "edges": edges,
        "nodes": [edge["node"] for edge in edges],
        "totalCount": len(whole),
        "pageInfo": {
            "hasNextPage": len(rest) > first,
            "hasPreviousPage": after is not None,
            "startCursor": edges[0]["cursor"] if edges else None,
            "endCursor": edges[-1]["cursor"] if edges else None,
        },
    }


def _follows(value: tuple[Any, str], after: tuple[Any, str], order: Order) -> bool:
    return value < after if order.descending else value > after


def _after(given: str | None, order: Order) -> tuple[Any, str] | None:
    if given is None:
        return None
    try:
        key, descending, value, id_ = orjson.loads(base64.urlsafe_b64decode(given))
    except (binascii.Error, ValueError, TypeError):
        raise Refused(f"after: {given!r} is not a cursor") from None
    if (key, descending) != order:
        raise Refused("after: a cursor of another order")
    return value, id_
