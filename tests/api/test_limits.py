"""Attacks: each is refused before any statement is sent, by a pass whose visits grow as the document does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from graphql import (
    GraphQLInputObjectType,
    GraphQLObjectType,
    OperationDefinitionNode,
    get_named_type,
    is_leaf_type,
    parse,
)

from api.graphql.compile import Compiler, Row
from api.graphql.document import RequestRefused
from api.graphql.engine import Engine, Request, refusal
from api.graphql.fields import FIELDS
from api.graphql.filters import TESTS
from api.graphql.limits import Limits, Measure
from api.graphql.schema import schema
from api.graphql.selection import Selections
from graph.cypher.model import LEAVES, LINKS
from schema.errors import Unsupported

# far above what any of these documents needs, so that every limit can be met
WIDE = Limits(tokens=100_000)


class NoDatabase:
    """A database that must not be asked."""

    async def timed(self, statement: object) -> Any:
        """Fail."""
        raise AssertionError(statement)


def _engine(limits: Limits | None = None, **options: bool) -> Engine:
    return Engine(NoDatabase(), limits, **options)  # type: ignore[arg-type]


def _deep(levels: int) -> str:
    return "{ entities { nodes " + "{ ancestors " * levels + "{ id }" + " }" * levels + " } }"


def _exploding(levels: int) -> str:
    """Two spreads of the next fragment in each: as written small, expanded 2 ** levels."""
    chain = " ".join(f"fragment F{i} on Entity {{ ...F{i + 1} ...F{i + 1} name }}" for i in range(levels))
    return f"{{ entities {{ nodes {{ ...F0 }} }} }} {chain} fragment F{levels} on Entity {{ id }}"


def _nested_explosion(levels: int) -> str:
    chain = " ".join(
        f"fragment F{i} on Entity {{ a: ancestors {{ ...F{i + 1} }} b: descendants {{ ...F{i + 1} }} }}"
        for i in range(levels)
    )
    return f"{{ entities {{ nodes {{ ...F0 }} }} }} {chain} fragment F{levels} on Entity {{ id }}"


def _aliases(count: int) -> str:
    return "{ " + " ".join(f"a{i}: graph {{ release }}" for i in range(count)) + " }"


ATTACKS: dict[str, tuple[str, dict[str, Any], str, str]] = {
    "deep nesting": (_deep(14), {}, "LIMIT_EXCEEDED", "depth"),
    "deeper than the parser goes": (_deep(2000), {}, "LIMIT_EXCEEDED", "depth"),
    "deep values": (
        "{ claims(filter: " + "{not: " * 1500 + "{}" + "}" * 1500 + ") { totalCount } }",
        {},
        "LIMIT_EXCEEDED",
        "depth",
    ),
    "circular fragments": (
        "{ entities { nodes { ...A } } } fragment A on Entity { ancestors { ...B } } "
        "fragment B on Entity { ancestors { ...A } }",
        {},
        "GRAPHQL_VALIDATION_FAILED",
        "'A' within itself",
    ),
    "exploding fragments": (_exploding(40), {}, "LIMIT_EXCEEDED", "fields"),
    "exploding nested fragments": (_nested_explosion(8), {}, "LIMIT_EXCEEDED", "aliases"),
    "alias flood": (_aliases(31), {}, "LIMIT_EXCEEDED", "aliases"),
    "the same field again": (
        "{ graph { " + "release " * 2001 + "} }",
        {},
        "LIMIT_EXCEEDED",
        "fields",
    ),
    "directive overload": (
        "{ graph { release " + "@include(if: true) " * 51 + "} }",
        {},
        "LIMIT_EXCEEDED",
        "directives",
    ),
    "huge list": (
        "query($ids: [ID!]!) { nodes(ids: $ids) { id } }",
        {"ids": ["HGNC:6018"] * 1001},
        "BAD_USER_INPUT",
        "1001 are not allowed",
    ),
    "huge pages in pages": (
        "{ entities(first: 500) { nodes { claims(first: 500) { nodes { evidence { section } } } } } }",
        {},
        "LIMIT_EXCEEDED",
        "cost",
    ),
    "huge pages by variables": (
        "query($n: Int) { entities(first: $n) { nodes { claims(first: $n) { nodes { id } } } } }",
        {"n": 500},
        "LIMIT_EXCEEDED",
        "cost",
    ),
    "a filter of very many tests": (
        "query($f: ClaimFilter) { claims(filter: $f) { totalCount } }",
        {"f": {"or": [{"marker": {"eq": i}} for i in range(201)]}},
        "LIMIT_EXCEEDED",
        "tests",
    ),
    "a filter inside itself": (
        "query($f: ClaimFilter) { claims(filter: $f) { totalCount } }",
        {"f": {"not": {"not": {"not": {"not": {"not": {"not": {"not": {"not": {"not": {"not": {}}}}}}}}}}}},
        "LIMIT_EXCEEDED",
        "filter_depth",
    ),
    "very many words": (
        "query($t: String!) { search(text: $t) { nodes { id } } }",
        {"t": " ".join(f"w{i}" for i in range(21))},
        "BAD_USER_INPUT",
        "words",
    ),
    "the schema again and again": (
        '{ a: __schema { types { name } } b: __schema { types { name } } c: __type(name: "Claim") { name } }',
        {},
        "LIMIT_EXCEEDED",
        "introspections",
    ),
    "a schema in a schema": (
        "{ __schema { types { fields { type { fields { type { fields { type { name } } } } } } } } }",
        {},
        "GRAPHQL_VALIDATION_FAILED",
        "introspection",
    ),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_refused_before_anything_is_read(name: str) -> None:
    text, variables, code, words = ATTACKS[name]
    engine = _engine(WIDE)
    with pytest.raises(RequestRefused) as refused:
        engine.prepare(Request(text, variables)).plan.statement(variables)
    assert refused.value.code == code
    assert words in str(refused.value)


def test_a_refusal_names_the_limit() -> None:
    with pytest.raises(RequestRefused) as refused:
        _engine().prepare(Request(_aliases(31)))
    (error,) = refusal(refused.value).errors
    assert error["extensions"] == {"code": "LIMIT_EXCEEDED", "limit": "aliases", "given": 31, "allowed": 30}


def test_too_many_tokens() -> None:
    with pytest.raises(RequestRefused) as refused:
        _engine().prepare(Request("{ graph { " + "release " * 2000 + "} }"))
    assert refused.value.code == "LIMIT_EXCEEDED"
    assert "tokens" in str(refused.value)


def _visits(make: Callable[[int], str], size: int) -> int:
    seen: list[Measure] = []
    engine = _engine(WIDE)
    engine.documents.measures = seen.append
    with pytest.raises(RequestRefused):
        engine.prepare(Request(make(size)))
    return sum(measure.visits for measure in seen)


@pytest.mark.parametrize("make", [_exploding, _nested_explosion, _aliases])
def test_visits_are_linear_in_the_size(make: Callable[[int], str]) -> None:
    """Twice the document, at most twice the visits and a constant: no fragment is measured again."""
    small, large = _visits(make, 40), _visits(make, 80)
    assert 0 < small < large <= 2 * small + 8


def test_many_operations_share_what_was_measured() -> None:
    fragment = "fragment F on Query { " + "graph { release } " * 50 + "}"
    seen: list[Measure] = []
    engine = _engine(WIDE)
    engine.documents.measures = seen.append
    engine.prepare(Request(" ".join(f"query Q{i} {{ ...F }}" for i in range(100)) + fragment, {}, "Q0"))
    # the whole document once, then the operation that was asked for
    assert sum(measure.visits for measure in seen) <= (100 + 2 * 50) + (1 + 2 * 50) + 8


def test_a_bad_document_is_not_read_twice() -> None:
    engine = _engine()
    seen: list[Measure] = []
    engine.documents.measures = seen.append
    for _ in range(3):
        with pytest.raises(RequestRefused):
            engine.prepare(Request(_aliases(40)))
    assert len(seen) == 1


def test_the_cost_follows_page_sizes_and_variables() -> None:
    engine = _engine()
    query = "query($n: Int) { diseases(first: $n) { nodes { id claims(first: 2) { nodes { id } } } } }"
    costs = {n: engine.prepare(Request(query, {"n": n})).cost for n in (1, 10, None)}
    # the connection, its nodes, and for each the claims' connection and claims
    per_item = 1 + 1 + 2 * (1 + 1)
    assert costs == {1: per_item, 10: 10 * per_item, None: 25 * per_item}


def test_quadratic_validation_is_bounded() -> None:
    fields = " ".join("ancestors { id name }" for _ in range(300))
    text = "{ entities(first: 1) { nodes { " + fields + " } } }"
    with pytest.raises(RequestRefused) as refused:
        _engine(Limits(tokens=100_000, cost=1 << 40)).prepare(Request(text))
    assert refused.value.code == "GRAPHQL_VALIDATION_FAILED"


def test_introspection_and_suggestions_can_be_switched_off() -> None:
    closed = _engine(introspection=False, suggestions=False)
    with pytest.raises(RequestRefused, match="introspection"):
        closed.prepare(Request("{ __schema { types { name } } }"))
    with pytest.raises(RequestRefused) as refused:
        closed.prepare(Request("{ diseasse { nodes { id } } }"))
    assert "Did you mean" not in str(refused.value)
    with pytest.raises(RequestRefused, match="Did you mean"):
        _engine().prepare(Request("{ diseasse { nodes { id } } }"))


def test_a_mutation_or_subscription_is_refused() -> None:
    for text in ("mutation { x }", "subscription { x }"):
        with pytest.raises(RequestRefused):
            _engine().prepare(Request(text))


def test_every_field_has_a_rule_and_every_filter_a_test() -> None:
    """The compiler is total over its own schema: what it has no rule for is found here, not by a user."""
    types = schema().type_map
    for name, tests in TESTS.items():
        input_type = types[name]
        assert isinstance(input_type, GraphQLInputObjectType)
        assert set(tests) == set(input_type.fields) - {"and", "or", "not", "role"}, name
    # types of the model by the types of the schema that are read from them; pages are made in connections.py
    models = {"Citation": ("Citation", "ClaimCitation"), "ClaimContext": ("Claim",)}
    for name, type_ in types.items():
        if not isinstance(type_, GraphQLObjectType) or name.startswith("__"):
            continue
        if name.endswith(("Connection", "Edge")) or name == "PageInfo":
            continue
        entity = any(interface.name == "Entity" for interface in type_.interfaces)
        for model in models.get(name, ("Entity",) if entity else (name,)):
            for field, definition in type_.fields.items():
                leaf = is_leaf_type(get_named_type(definition.type)) and field in LEAVES.get(model, {})
                link = field in LINKS.get(model, {})
                assert (model, field) in FIELDS or leaf or link, f"{model}.{field}"


def test_a_field_without_a_rule_is_an_error_that_names_it() -> None:
    selections = Selections(schema(), {}, {})
    compiler = Compiler(selections, {}, {}, Limits())
    (operation,) = parse("{ claims { totalCount } }").definitions
    assert isinstance(operation, OperationDefinitionNode)
    query = schema().query_type
    assert query is not None
    with pytest.raises(Unsupported, match=r"Query\.claims has no rule"):
        compiler.root(query, selections.fields(query, [operation.selection_set]), Row(), {})
