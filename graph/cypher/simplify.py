"""Conditions that say the same in fewer parts: Neo4j plans them sooner, and an index finds what they name."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from graph.cypher.model import DEFAULTS, LINKS
from graph.query import Compare, Condition, Every, Linked, Negation, Op, Quantifier, Some


def simplified(condition: Condition, type_: str) -> Condition:
    """Return a condition on a type that holds for the same elements.

    Branches of an alternative that test the same field, or something about what the same link leads to,
    become one: `a = 1 OR a = 2` is `a IN [1, 2]`, "some x fits A, or some x fits B" is "some x fits A or B".
    """
    match condition:
        case Every(parts):
            found = tuple(chain.from_iterable(_parts(simplified(part, type_), Every) for part in parts))
            return found[0] if len(found) == 1 else Every(found)
        case Some(parts):
            alternatives = chain.from_iterable(_parts(simplified(part, type_), Some) for part in parts)
            joined = _joined(alternatives, type_)
            return joined[0] if len(joined) == 1 else _factored(joined, type_)
        case Negation(part):
            return Negation(simplified(part, type_))
        case Linked(link, quantifier, part, arguments) if link in LINKS.get(type_, {}):
            return Linked(link, quantifier, simplified(part, LINKS[type_][link].to), arguments)
        case _:
            return condition


def _factored(alternatives: tuple[Condition, ...], type_: str) -> Condition:
    """Take out what all alternatives ask for: `a AND b OR a AND c` is `a AND (b OR c)`."""
    each = [_parts(one, Every) for one in alternatives]
    common = tuple(part for part in each[0] if all(part in parts for parts in each[1:])) if each else ()
    if not common:
        return Some(alternatives)
    rest = Some(tuple(Every(tuple(part for part in parts if part not in common)) for parts in each))
    return simplified(Every((*common, rest)), type_)


def names(condition: Condition, field: str) -> bool:
    """Say whether a condition speaks of a field of the element itself."""
    match condition:
        case Compare(name):
            return name == field
        case Every(parts) | Some(parts):
            return any(names(part, field) for part in parts)
        case Negation(part):
            return names(part, field)
        case _:
            return False


def _parts(condition: Condition, of: type[Every | Some]) -> tuple[Condition, ...]:
    return condition.parts if isinstance(condition, of) else (condition,)


def _joined(alternatives: Iterable[Condition], type_: str) -> tuple[Condition, ...]:
    """Join the alternatives that have the same key, each group in the place of its first."""
    groups: dict[object, list[Condition]] = {}
    for number, one in enumerate(alternatives):
        groups.setdefault(_key(one, type_) or number, []).append(one)
    return tuple(group[0] if len(group) == 1 else _one(group, type_) for group in groups.values())


def _key(condition: Condition, type_: str) -> tuple[object, ...] | None:
    match condition:
        case Compare(field, Op.EQ | Op.ONE_OF) if (type_, field) != ("Entity", "kind"):
            return "field", field
        case Linked(link, Quantifier.SOME, part, arguments) if link in LINKS.get(type_, {}):
            # what a list leaves out by itself, it leaves out unless the condition speaks of it
            default = DEFAULTS.get(LINKS[type_][link].to)
            return "link", link, arguments, default is not None and names(part, default[0])
        case _:
            return None


def _one(group: list[Condition], type_: str) -> Condition:
    first = group[0]
    if isinstance(first, Linked):
        parts = tuple(one.condition for one in group if isinstance(one, Linked))
        inner = simplified(Some(parts), LINKS[type_][first.link].to)
        return Linked(first.link, first.quantifier, inner, first.arguments)
    assert isinstance(first, Compare), first  # noqa: S101 - the key says so
    values = chain.from_iterable(
        one.value if one.op is Op.ONE_OF and isinstance(one.value, tuple) else (one.value,)
        for one in group
        if isinstance(one, Compare)
    )
    return Compare(first.field, Op.ONE_OF, tuple(values))
