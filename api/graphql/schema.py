"""The schema that requests are checked against: the checked-in text of what api/graphql/types declares.

Reading the text takes a fraction of the time that Strawberry needs to make it, and nothing here executes
resolvers; a test holds the text to the declared types.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from graphql import GraphQLArgument, GraphQLSchema, build_schema, value_from_ast

FILE = Path(__file__).with_name("schema.graphql")


@cache
def sdl() -> str:
    """Return the schema in the schema definition language."""
    return FILE.read_text(encoding="utf-8")


@cache
def schema() -> GraphQLSchema:
    """Return the schema; it is made once."""
    return build_schema(sdl(), assume_valid=True, assume_valid_sdl=True, no_location=True)


def default_of(argument: GraphQLArgument) -> object:
    """Return the default of an argument; None where it has none."""
    default = argument.default
    if default is None or default.literal is None:
        return None
    return value_from_ast(default.literal, argument.type)
