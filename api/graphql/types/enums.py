"""The enums as Strawberry knows them; each value keeps its description."""

from __future__ import annotations

import strawberry

from api.graphql.enums import (
    ALL,
    FOREIGN_KIND,
    ClaimOrder,
    ClaimRole,
    EntityKind,
    EntityOrder,
    Predicate,
    RelationEnd,
)
from schema.enums import Described

__all__ = [
    "FOREIGN_KIND",
    "ClaimOrder",
    "ClaimRole",
    "EntityKind",
    "EntityOrder",
    "Predicate",
    "RelationEnd",
]


def _register(type_: type[Described]) -> None:
    definition = strawberry.enum(type_, description=type_.__doc__).__strawberry_definition__  # type: ignore[attr-defined]
    for value in definition.values:
        value.description = type_[value.name].description


for _type in ALL:
    _register(_type)
