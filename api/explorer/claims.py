"""Claims of an entity in groups: by the part that it plays in them, then by predicate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from graph.reads.shown import ROLES

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """The claims in which the entity plays one part, by predicate and in the order of the text."""

    role: str
    groups: tuple[tuple[Row, ...], ...]

    @property
    def size(self) -> int:
        """How many claims there are."""
        return sum(map(len, self.groups))


def grouped(entity: str, claims: Sequence[Row]) -> list[Part]:
    """Return the claims by part and predicate; a claim stands under the first part that fits."""
    by_role = {role: [claim for claim in claims if role_in(claim, entity) == role] for role in ROLES}
    return [Part(role, tuple(_groups(found))) for role, found in by_role.items() if found]


def role_in(claim: Row, entity: str) -> str:
    """Return the part that an entity plays in a claim: subject, object, mechanism, else setting."""
    subject, object_, context, via = ROLES
    if claim["subject"]["id"] == entity:
        return subject
    if claim["object"]["id"] == entity:
        return object_
    return via if any(one["id"] == entity for one in claim["mechanisms"]) else context


def _groups(claims: Iterable[Row]) -> Iterable[tuple[Row, ...]]:
    ordered = sorted(claims, key=lambda claim: (claim["predicate"], *_place(claim)))
    return (tuple(found) for _, found in groupby(ordered, key=lambda claim: claim["predicate"]))


def _place(claim: Row) -> tuple[str, int, int, str]:
    if not claim["evidence"]:  # a loaded graph says it
        return "", 0, 0, claim["id"]
    (place,) = claim["evidence"]
    return place["article"]["id"], place["paragraph"], place["sentence"], claim["id"]
