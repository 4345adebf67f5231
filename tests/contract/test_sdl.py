"""The checked-in schema: it is the service's own, it is described throughout, and tools can read it back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from graphql import (
    GraphQLNamedType,
    build_client_schema,
    build_schema,
    get_introspection_query,
    is_enum_type,
    is_input_object_type,
    is_interface_type,
    is_introspection_type,
    is_object_type,
    is_specified_scalar_type,
    lexicographic_sort_schema,
    print_schema,
)

from api.graphql.schema import sdl
from tests.clients.stored import SDL, schema
from tests.conftest import Service


def test_the_file_is_the_schema_of_the_service() -> None:
    assert SDL.read_text(encoding="utf-8") == sdl(), (
        "renew it: .venv/bin/mscev schema graphql > api/graphql/schema.graphql"
    )


def described(type_: GraphQLNamedType) -> Iterator[tuple[str, str | None]]:
    """Yield a type and what is in it by schema coordinate, with the descriptions."""
    yield type_.name, type_.description
    if is_enum_type(type_):
        for name, value in type_.values.items():
            yield f"{type_.name}.{name}", value.description
    if is_input_object_type(type_):
        for name, part in type_.fields.items():
            yield f"{type_.name}.{name}", part.description
    if is_object_type(type_) or is_interface_type(type_):
        for name, field in type_.fields.items():
            yield f"{type_.name}.{name}", field.description
            for argument, declared in field.args.items():
                yield f"{type_.name}.{name}({argument}:)", declared.description


def test_everything_is_described() -> None:
    types = [
        type_
        for type_ in schema().type_map.values()
        if not is_introspection_type(type_) and not is_specified_scalar_type(type_)
    ]
    bare = [path for type_ in types for path, text in described(type_) if not (text or "").strip()]
    assert len(types) > 100
    assert bare == []


def test_the_walk_sees_every_kind_of_bare_thing() -> None:
    bare = build_schema(
        "enum E { V } input I { f: Int } interface N { g(a: I): E } type Query implements N { g(a: I): E }"
    )
    paths = {path for name in ("E", "I", "N", "Query") for path, text in described(bare.type_map[name])}
    assert paths == {"E", "E.V", "I", "I.f", "N", "N.g", "N.g(a:)", "Query", "Query.g", "Query.g(a:)"}


FULL = get_introspection_query(
    descriptions=True,
    specified_by_url=True,
    directive_is_repeatable=True,
    schema_description=True,
    input_value_deprecation=True,
    one_of=True,
)


@pytest.mark.parametrize("query", [FULL, get_introspection_query()], ids=["all options", "defaults"])
def test_full_introspection_gives_the_same_schema(service: Service, query: str) -> None:
    answer = service.post(query)
    assert "errors" not in answer, answer["errors"]
    read = build_client_schema(answer["data"])
    ours = lexicographic_sort_schema(schema())
    assert print_schema(lexicographic_sort_schema(read)) == print_schema(ours)
