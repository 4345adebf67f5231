"""What callers send: documents, statements, cursors, identifiers, settings. Ours are the only errors."""

from __future__ import annotations

import math
import os
from contextlib import suppress
from typing import Any
from unittest import mock

import orjson
from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLObjectType
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from pydantic_settings import SettingsError

from api.cypher.request import read as read_statement
from api.explorer import parameters
from api.graphql.cursors import cursor_of, order_of, position_of
from api.graphql.document import RequestRefused
from api.graphql.engine import Engine, Request, refusal
from api.graphql.http import HttpError, _negotiated, _query_parameters
from api.graphql.inputs import ArgumentError
from api.graphql.schema import schema
from api.http import has_it
from api.questions import questions
from api.settings import DatabaseSettings, LoadSettings, ServiceSettings
from graph.connection import Database
from graph.cypher.lucene import containing_query, phrase_query, words_query
from graph.gate.lexer import tokens
from graph.gate.text import as_of_text, examine
from graph.query import Order
from graph.target import Target
from schema.errors import InvalidInput, InvalidQuery, InvalidRecord, MscevError, StatementRefused, UsageError
from schema.ids import article_id, article_slug, prefix_of, slug, url_of
from schema.orcid import orcid_of
from tests.fuzz.counted import counted, few_or
from tests.fuzz.made import NASTY, mutated, soup

CYPHER = (
    "MATCH (n:Entity)",
    "RETURN n",
    "CALL db.labels()",
    "CALL {",
    "}",
    "LOAD CSV FROM 'http://x' AS l",
    "SHOW SETTINGS",
    "TERMINATE TRANSACTIONS",
    "USE neo4j",
    "CREATE (n)",
    "WITH n",
    "UNWIND range(1, 10) AS x",
    "IN TRANSACTIONS",
    "EXPLAIN",
    "PROFILE",
    "CYPHER 25",
    ";",
    "`a``b`",
    "-[r*1..5]->",
    "{name: $x}",
    "apoc.load.json(",
    "toUpper(",
    "(((((",
    "[x IN [1,2] | x]",
    "EXISTS {",
    "'\\u0027'",
)


@few_or(0.16)
@given(soup(CYPHER))
def test_statements(text: str) -> None:
    with counted("Cypher: gate"):
        with suppress(InvalidQuery):
            examine(text)
        with suppress(StatementRefused):
            assert all(token.text in text or "`" in text for token in tokens(text))
        as_of_text(text)


@few_or(0.04)
@given(
    st.binary(max_size=60) | mutated((b'{"statement": "RETURN 1", "parameters": {"a": [1.5, null]}}',)),
    st.booleans(),
)
def test_bodies_of_statements(body: bytes, needed: bool) -> None:
    with counted("Cypher: bodies"), suppress(InvalidQuery):
        asked = read_statement(body, 20, needs_statement=needed)
        assert 0 < asked.seconds <= 20
        orjson.loads(asked.body(opens=True, limits_time=True))


class NoDatabase:
    """A database that must not be asked."""

    async def timed(self, statement: object) -> Any:
        raise AssertionError(statement)


ENGINE = Engine(NoDatabase())  # type: ignore[arg-type]
NAMES = sorted(
    {
        name
        for type_ in schema().type_map.values()
        if isinstance(type_, GraphQLObjectType | GraphQLInputObjectType)
        for name in type_.fields
    }
    | {
        name
        for type_ in schema().type_map.values()
        if isinstance(type_, GraphQLEnumType)
        for name in type_.values
    }
)
MARKS = (
    "{",
    "}",
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    ":",
    "!",
    "...",
    "on Entity",
    "fragment F on Claim",
    "query",
    "$id",
    "$id: ID!",
    '"HGNC:6018"',
    "first: 3",
    "filter:",
    "and:",
    "@include(if: true)",
    "__typename",
    "__schema",
    "subscription",
    "mutation",
    '"""',
)
DOCUMENTS = tuple(one.graphql.encode() for one in questions())


@st.composite
def fields(draw: st.DrawFn, type_: GraphQLObjectType, depth: int = 0) -> str:
    """A selection of real fields, with arguments that may be of a wrong type."""
    chosen = draw(st.lists(st.sampled_from(sorted(type_.fields)), min_size=1, max_size=3))
    parts = []
    for name in chosen:
        field = type_.fields[name]
        inner: Any = field.type
        while hasattr(inner, "of_type"):
            inner = inner.of_type
        given = ""
        if field.args and draw(st.booleans()):
            argument = draw(st.sampled_from(sorted(field.args)))
            given = f"({argument}: {draw(VALUES)})"
        below = ""
        if isinstance(inner, GraphQLObjectType) and depth < 5:
            below = " { " + draw(fields(inner, depth + 1)) + " }"
        elif hasattr(inner, "fields"):
            below = " { id }"
        parts.append(f"{name}{given}{below}")
    return " ".join(parts)


VALUES = st.recursive(
    st.sampled_from(
        (
            "1",
            "-1",
            "99999999999",
            "1e309",
            "null",
            "true",
            '"x"',
            '"HGNC:6018"',
            "$id",
            "DISEASE",
            '"\\u0000"',
            "[]",
            "{}",
        )
    ),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda those: f"[{', '.join(those)}]")
        | st.tuples(st.sampled_from(NAMES), inner).map(lambda pair: f"{{{pair[0]}: {pair[1]}}}")
    ),
    max_leaves=6,
)
QUERY = schema().query_type
assert QUERY
GRAPHQL = (
    soup((*MARKS, *NAMES[::7]))
    | mutated(DOCUMENTS, tuple(mark.encode() for mark in MARKS)).map(
        lambda data: data.decode("utf-8", "replace")
    )
    | fields(QUERY).map(lambda text: f"{{ {text} }}")
    | fields(QUERY).map(lambda text: f"query Q($id: ID) {{ {text} }}")
)
VARIABLES = st.dictionaries(
    st.sampled_from(("id", "ids", "first", "filter", "nm", "a", "b", "text")),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(NASTY),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=3)
        ),
        max_leaves=6,
    ),
    max_size=3,
)


@few_or(0.12)
@given(GRAPHQL, VARIABLES)
def test_documents(text: str, variables: dict[str, Any]) -> None:
    with counted("GraphQL: documents"):
        try:
            prepared = ENGINE.prepare(Request(text, variables))
            if prepared.plan.text is not None:
                statement = prepared.plan.statement(prepared.variables)
                assert statement.text
        except RequestRefused as error:
            orjson.dumps(refusal(error).body())
        except (ArgumentError, MscevError):
            pass


ORDERS = (Order("name"), order_of("-name"), Order("place"))


@few_or(0.05)
@given(
    st.text(max_size=80)
    | soup(("=", "-", "_", "eyJ", "WyJ"))
    | mutated(
        tuple(cursor_of(order, value, "EX:1").encode() for order in ORDERS for value in ("x", 1, 1.5))
    ).map(lambda data: data.decode("latin-1")),
    st.sampled_from(ORDERS),
)
def test_cursors(text: str, order: Order) -> None:
    with counted("GraphQL: cursors"), suppress(InvalidQuery):
        value, id_ = position_of(text, order)
        assert isinstance(value, str | int | float)
        assert isinstance(id_, str)


@few_or(0.04)
@given(
    st.binary(max_size=60)
    | soup(("query=", "&", "%7B", "%", "variables={", "}", "+", "%00")).map(
        lambda text: text.encode("utf-8", "replace")
    ),
    st.text(max_size=40)
    | soup(("application/json", ";q=", "*/*", ",", "charset=utf-8", "application/graphql-response+json")),
)
def test_addresses_and_headers(query: bytes, header: str) -> None:
    with counted("HTTP: addresses, headers"):
        with suppress(HttpError):
            _query_parameters(query)
        with suppress(HttpError):
            _negotiated(header)
        has_it(header, '"tag"')


PAGE_PARAMETERS = (parameters.FRONT, parameters.ENTITY, ())


@few_or(0.03)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(("q", "kind", "after", "only", "role", "x")) | st.text(max_size=5),
            st.text(max_size=8) | st.sampled_from((*parameters.ONLY, "SUBJECT", "DISEASE")),
        )
    ),
    st.sampled_from(PAGE_PARAMETERS),
)
def test_parameters_of_pages(pairs: list[tuple[str, str]], known: tuple[parameters.Parameter, ...]) -> None:
    with counted("HTTP: pages"), suppress(InvalidQuery):
        found = parameters.read(pairs, known)
        if known is parameters.ENTITY:
            parameters.tests_of(found)


@few_or(0.04)
@given(soup(("0000-0002-1825-0097", "orcid:", "https://orcid.org/", "0000", "-", "X", "\u0660")))
def test_orcids(text: str) -> None:
    with counted("identifiers: ORCID"), suppress(InvalidRecord):
        found = orcid_of(text)
        assert found.isascii()
        assert orcid_of(found) == found


@few_or(0.04)
@given(soup(("HGNC:6018", ":", "MONDO", "mscev.article:", "PMID", "/", "é", " ")))
def test_identifiers(text: str) -> None:
    with counted("identifiers: CURIEs, slugs"), suppress(InvalidInput, UsageError):
        prefix_of(text)
        url_of(text)
        assert slug(slug(text)) == slug(text)
        article_slug(article_id(text))


@few_or(0.04)
@given(soup(("interleukin", "AND", "OR", "*", "?", "~", "^", "wharton's", "(", ")", "[a TO b]", "kind:")))
def test_searches(text: str) -> None:
    with counted("searches"):
        words_query(text, ["Disease"])
        containing_query(text.split())
        phrase_query(text)


SETTINGS = [
    *(("MSCEV_", ServiceSettings, name) for name in ServiceSettings.model_fields),
    *(("MSCEV_", LoadSettings, name) for name in LoadSettings.model_fields),
    *(("NEO4J_", DatabaseSettings, name) for name in DatabaseSettings.model_fields),
]


@few_or(0.05)
@given(
    st.sampled_from(SETTINGS),
    soup(("1", "-1", "0", "true", "[]", '["a"]', "{", "x", "1e999", "nan", "inf"), 4)
    .filter(lambda text: "\0" not in text)
    .map(lambda text: text.encode("utf-8", "replace").decode()),
)
def test_settings(setting: tuple[str, type[Any], str], value: str) -> None:
    prefix, type_, field = setting
    name = f"{prefix}{field}".upper()
    refused = suppress(ValidationError, SettingsError)
    with counted("settings"), mock.patch.dict(os.environ, {name: value}), refused:
        found = getattr(type_(), field)
        assert not isinstance(found, float) or math.isfinite(found), name


@few_or(0.03)
@given(
    soup(("bolt", "neo4j", "+s", "://", "127.0.0.1", ":", "7687", "[::1]", "/", "?policy=x", "@", "user"), 6)
)
def test_addresses_of_neo4j(address: str) -> None:
    with counted("settings: NEO4J_URI"), suppress(UsageError):
        Database(Target(address, "neo4j", "x")).close()
