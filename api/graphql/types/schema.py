"""The Strawberry schema, from which the checked-in api/graphql/schema.graphql is printed."""

from __future__ import annotations

from functools import cache

import strawberry
from strawberry.schema.config import StrawberryConfig

from api.graphql.types.entities import ENTITY_TYPES
from api.graphql.types.query import Query


@cache
def declared() -> strawberry.Schema:
    """Return the schema; it is made once."""
    return strawberry.Schema(query=Query, types=ENTITY_TYPES, config=StrawberryConfig())


def declared_sdl() -> str:
    """Return the schema in the schema definition language."""
    return declared().as_str() + "\n"
