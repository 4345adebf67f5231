"""Conditions: which elements are wanted. Fields and links are names of the model (graph/cypher/model.py)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Op(StrEnum):
    """How a value is compared; `words` takes lower-case words that must all be contained, `known` nothing.

    `one of` takes values that each come by themselves, `in` one value that is a list.
    """

    EQ = "eq"
    IN = "in"
    ONE_OF = "one of"
    STARTS = "starts"
    PREFIX = "prefix"
    CONTAINS = "contains"
    WORDS = "words"
    LT = "lt"
    LTE = "lte"
    GT = "gt"
    GTE = "gte"
    KNOWN = "known"


class Quantifier(StrEnum):
    """How many of the linked elements must fit."""

    SOME = "some"
    EVERY = "every"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Compare:
    """One field against one value; a missing value fits no test.

    `found_by` is a full-text query that matches whatever fits, and perhaps more; `found_exactly` says whether
    it matches nothing more, true or false.
    """

    field: str
    op: Op
    value: object
    found_by: object | None = None
    found_exactly: object = False


@dataclass(frozen=True, slots=True)
class AnyElement:
    """Some element of a list fits all tests."""

    field: str
    tests: tuple[tuple[Op, object], ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """What a link leads to fits: some, every or none of it."""

    link: str
    quantifier: Quantifier
    condition: Condition
    arguments: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class Every:
    """All parts hold; without parts it is true."""

    parts: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Some:
    """At least one part holds; without parts it is false."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Negation:
    """The part does not hold."""

    part: Condition


Condition = Compare | AnyElement | Linked | Every | Some | Negation
EVERYTHING = Every()
NOTHING = Some(())
