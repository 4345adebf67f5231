"""Plans: what to send to Neo4j for an operation, and how to read what comes back. Made once, run often."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLSchema,
    SelectionSetNode,
    execute_sync,
)

from api.graphql.answer import TRIPS, At, FieldError, NotAsDeclared, Record, compiled
from api.graphql.compile import Compiler, Row
from api.graphql.document import Operation, is_introspection
from api.graphql.fields import FIELDS
from api.graphql.inputs import Slot
from api.graphql.limits import Limits
from api.graphql.selection import Selections
from graph.cypher import statement_of
from graph.query import Leaf, Select, Whole
from graph.statement import Statement
from graph.vocabulary import RELATION_TYPES

STATE = Whole("state", Select((Leaf("release"), Leaf("generation"), Leaf("builtAt"))))


@dataclass(frozen=True, slots=True)
class Plan:
    """One statement (None where nothing is read) and the shape of its answer; `kind` is the root field."""

    text: str | None
    parameters: tuple[tuple[str, object], ...]
    shape: Record
    quick: Callable[[Any], dict[str, Any]]
    kind: str

    def statement(self, variables: Mapping[str, Any]) -> Statement:
        """Return the statement for some variables; raises `ArgumentError`."""
        assert self.text is not None  # noqa: S101 - the caller looks
        return Statement(
            self.text,
            {
                name: value.value(variables) if isinstance(value, Slot) else value
                for name, value in self.parameters
            },
        )

    def data(self, row: Any) -> tuple[dict[str, Any] | None, list[FieldError]]:
        """Return the data of a record's value, and the errors of fields that are not as declared."""
        try:
            return self.quick(row), []
        except TRIPS:
            errors: list[FieldError] = []
            try:
                return self.shape.read(row, At(errors)), errors
            except NotAsDeclared:
                return None, errors


def plan_of(
    schema: GraphQLSchema,
    operation: Operation,
    variables: Mapping[str, Any],
    limits: Limits,
    types: tuple[str, ...] = RELATION_TYPES,
) -> tuple[Plan, set[str]]:
    """Return the plan of an operation, and the variables whose very values are part of it."""
    selections = Selections(schema, operation.fragments, variables)
    compiler = Compiler(selections, variables, FIELDS, limits)
    root = schema.query_type
    assert root is not None  # noqa: S101 - the schema has one
    fields = selections.fields(root, [operation.node.selection_set])
    asked = {key: nodes for key, nodes in fields.items() if is_introspection(nodes[0])}
    known = _introspected(schema, operation, variables, asked) if asked else {}
    row = Row()
    row.add(STATE)
    shape = compiler.root(root, fields, row, known)
    roots = {nodes[0].name.value for nodes in fields.values()}
    kind = roots.pop() if len(roots) == 1 else "several"
    if len(row.select.items) == 1:
        return Plan(None, (), shape, compiled(shape), kind), compiler.structural
    statement = statement_of(row.select, types)
    return Plan(
        statement.text, tuple(statement.parameters.items()), shape, compiled(shape), kind
    ), compiler.structural


def _introspected(
    schema: GraphQLSchema,
    operation: Operation,
    variables: Mapping[str, Any],
    asked: Mapping[str, list[FieldNode]],
) -> dict[str, Any]:
    """Answer questions about the schema with graphql-core: they are the same for every state of the graph."""
    nodes = tuple(node for nodes in asked.values() for node in nodes)
    asking = _with_fields(operation, nodes)
    document = DocumentNode(definitions=(asking, *operation.fragments.values()))
    result = execute_sync(schema, document, variable_values=dict(variables))
    if result.errors:
        raise result.errors[0]
    return dict(result.data or {})


def _with_fields(operation: Operation, nodes: tuple[FieldNode, ...]) -> Any:
    values = {key: getattr(operation.node, key) for key in operation.node.keys}
    values["selection_set"] = SelectionSetNode(selections=nodes)
    return type(operation.node)(**values)
