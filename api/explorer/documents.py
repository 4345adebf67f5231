"""The GraphQL documents of the pages, and how a request is written so that it can be pasted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import cast

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    VariableDefinitionNode,
    Visitor,
    parse,
    parse_const_value,
    print_ast,
    type_from_ast,
    visit,
)

from api.graphql.engine import Request
from api.graphql.schema import schema

HERE = Path(__file__).parent / "queries"
# which files make the document of a page
_PARTS = {
    "front": ("front",),
    "search": ("search", "listed"),
    "kind": ("kind", "listed"),
    "entity": ("entity", "said"),
    "claim": ("claim", "said"),
}


@cache
def document(name: str) -> str:
    """Return the document of a page."""
    return "".join(HERE.joinpath(f"{part}.graphql").read_text("utf-8") for part in _PARTS[name])


def request_for(name: str, **variables: object) -> Request:
    """Return the request of a page; a variable that is None is left out."""
    return Request(document(name), {key: value for key, value in variables.items() if value is not None})


def as_text(request: Request) -> str:
    """Return a request as a document that runs as it stands: variables have their values as defaults."""
    return print_ast(visit(parse(request.query), _Defaults(request.variables)))


class _Defaults(Visitor):
    """Gives each variable its value as the default."""

    def __init__(self, values: Mapping[str, object]) -> None:
        super().__init__()
        self._values = values

    def enter_variable_definition(
        self, node: VariableDefinitionNode, *_: object
    ) -> VariableDefinitionNode | None:
        name = node.variable.name.value
        if name not in self._values:
            return None
        type_ = cast("GraphQLInputType", type_from_ast(schema(), node.type))
        default = parse_const_value(_literal(self._values[name], type_))
        return VariableDefinitionNode(variable=node.variable, type=node.type, default_value=default)


def _literal(value: object, type_: GraphQLInputType) -> str:
    """Return a value as GraphQL writes it: JSON, but for the names of enums and of fields."""
    if isinstance(type_, GraphQLNonNull):
        return _literal(value, type_.of_type)
    if isinstance(type_, GraphQLList) and isinstance(value, list):
        return f"[{', '.join(_literal(item, type_.of_type) for item in value)}]"
    if isinstance(type_, GraphQLInputObjectType) and isinstance(value, dict):
        fields = (f"{name}: {_literal(item, type_.fields[name].type)}" for name, item in value.items())
        return f"{{{', '.join(fields)}}}"
    if isinstance(type_, GraphQLEnumType):
        return str(value)
    return json.dumps(value)
