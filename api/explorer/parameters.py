"""Parameters of the pages' addresses: what is not known is an error that names what is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.reads.shown import ROLES, ClaimTests
from schema.enums import Certainty, EvidenceLevel
from schema.errors import InvalidQuery
from schema.kinds import KINDS

Given = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter; where `allowed` names values, there are no others."""

    name: str
    allowed: tuple[str, ...] = ()
    many: bool = False


ONLY = ("negated", "uncited", "concerns")
FRONT = (Parameter("q"), Parameter("kind", tuple(kind.constant for kind in KINDS)), Parameter("after"))
ENTITY = (
    Parameter("evidence", tuple(EvidenceLevel), many=True),
    Parameter("certainty", tuple(Certainty), many=True),
    Parameter("only", ONLY, many=True),
    Parameter("role", ROLES, many=True),
    Parameter("after"),
    Parameter("mentions"),
)


def read(given: Iterable[tuple[str, str]], known: Sequence[Parameter]) -> Given:
    """Return the values of each known parameter, sorted as they are allowed; empty ones are left out.

    Raises `InvalidQuery` for an unknown parameter, an unknown value, and one value too many.
    """
    by_name = {parameter.name: parameter for parameter in known}
    found: dict[str, list[str]] = {name: [] for name in by_name}
    for name, value in given:
        if name not in by_name:
            allowed = f"allowed: {', '.join(by_name)}" if by_name else "this page takes none"
            raise InvalidQuery(f"unknown parameter {name!r}; {allowed}", given=name, allowed=tuple(by_name))
        if not value or value in found[name]:
            continue
        parameter = by_name[name]
        if parameter.allowed and value not in parameter.allowed:
            raise InvalidQuery(
                f"{name}: {value!r} is not allowed; allowed: {', '.join(parameter.allowed)}",
                given=value,
                allowed=parameter.allowed,
            )
        if found[name] and not parameter.many:
            raise InvalidQuery(f"{name}: given more than once; give one value", given=value)
        found[name].append(value)
    return {
        name: tuple(value for value in by_name[name].allowed if value in values) or tuple(values)
        for name, values in found.items()
    }


def one(given: Given, name: str) -> str | None:
    """Return the value of a parameter that has one; None where it was not given."""
    return next(iter(given[name]), None)


def tests_of(given: Given) -> ClaimTests:
    """Return which claims the parameters of an entity's page ask for."""
    only = given["only"]
    return ClaimTests(
        roles=given["role"] or ROLES,
        levels=given["evidence"],
        certainties=given["certainty"],
        negated="negated" in only,
        uncited="uncited" in only,
        concerns="concerns" in only,
    )
