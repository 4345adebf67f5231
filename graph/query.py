"""Query values: what a reader asks for, free of Cypher. Fields are checked when they become Cypher."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Op(StrEnum):
    """How a field is compared."""

    EQ = "eq"
    IN = "in"
    PREFIX = "prefix"
    CONTAINS = "contains"
    LT = "lt"
    LTE = "lte"
    GT = "gt"
    GTE = "gte"


@dataclass(frozen=True, slots=True)
class Compare:
    """One field against one value."""

    field: str
    op: Op
    value: object


@dataclass(frozen=True, slots=True)
class Every:
    """All parts hold; without parts it is true."""

    parts: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Some:
    """At least one part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Negation:
    """The part does not hold."""

    part: Condition


Condition = Compare | Every | Some | Negation
EVERYTHING = Every()


@dataclass(frozen=True, slots=True)
class Order:
    """The sort key; ties are broken by id, so that the order is total."""

    key: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page by keyset: what follows (`after` = sort value and id), at most `first` items."""

    first: int
    after: Sequence[object] | None = None
