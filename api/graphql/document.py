"""Documents: parsed, measured and validated once, kept with the plans of their operations."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import graphql.validation.rules.overlapping_fields_can_be_merged as overlapping
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    OperationType,
    parse,
    specified_rules,
    type_from_ast,
    validate,
)
from graphql.execution.values import get_variable_values

from api.graphql.limits import Limits, Measure, Totals, exceeded
from schema.errors import InvalidQuery, LimitExceeded, MscevError

# Comparing fields pair by pair is quadratic: more than this is refused; normal queries need hundreds.
overlapping.MAX_COMPLEXITY_BUDGET = 20_000
MAX_ERRORS = 5
# What the parser says when it gives up, and the limit that it means.
_PARSER_LIMITS = {" tokens. Parsing aborted": "tokens", "nested too deeply": "depth"}

Key = TypeVar("Key")
Kept = TypeVar("Kept")


class Recent(Generic[Key, Kept]):
    """The most recently used values, at most `size` of them."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._values: OrderedDict[Key, Kept] = OrderedDict()

    def __len__(self) -> int:
        return len(self._values)

    def get(self, key: Key) -> Kept | None:
        """Return a value and count it as used."""
        value = self._values.get(key)
        if value is not None:
            self._values.move_to_end(key)
        return value

    def put(self, key: Key, value: Kept) -> Kept:
        """Keep a value; the one that was used longest ago may go."""
        self._values[key] = value
        if len(self._values) > self._size:
            self._values.popitem(last=False)
        return value


class RequestRefused(Exception):
    """A request that is refused before anything is read; one or more errors with codes."""

    def __init__(self, errors: list[GraphQLError], code: str, error: MscevError | None = None) -> None:
        super().__init__(errors[0].message)
        self.errors = errors
        self.code = code
        self.error = error


@dataclass
class Operation:
    """One operation of a document, with what was learnt of it."""

    node: OperationDefinitionNode
    fragments: dict[str, FragmentDefinitionNode]
    measured: Recent[tuple[Any, ...], Totals] = field(default_factory=lambda: Recent(50))
    size_variables: frozenset[str] | None = None
    structural: set[str] = field(default_factory=set)
    _types: dict[str, Any] | None = None

    def variable_types(self, schema: GraphQLSchema) -> dict[str, Any]:
        """Return the type of each variable."""
        if self._types is None:
            self._types = {
                one.variable.name.value: type_from_ast(schema, one.type)
                for one in self.node.variable_definitions or ()
            }
        return self._types


@dataclass
class Document:
    """A document that passed validation."""

    operations: dict[str | None, Operation]
    fragments: dict[str, FragmentDefinitionNode]

    def operation(self, name: str | None) -> Operation:
        """Return the operation of this name; without a name the only one."""
        if name is None and len(self.operations) == 1:
            return next(iter(self.operations.values()))
        try:
            return self.operations[name]
        except KeyError:
            known = ", ".join(str(one) for one in self.operations if one)
            problem = (
                f"operationName: there is no operation {name!r}; there are: {known or 'one without a name'}"
            )
            if name is None:
                problem = f"operationName: the document has several operations; name one of: {known}"
            raise refused(InvalidQuery(problem)) from None


def refused(error: MscevError, nodes: list[Any] | None = None) -> RequestRefused:
    """Return an error of ours as the refusal of a request."""
    return RequestRefused([GraphQLError(error.message, nodes)], error.code, error)


class Documents:
    """Reads documents; keeps the recent ones, and the refusals of the recent bad ones."""

    def __init__(
        self, schema: GraphQLSchema, limits: Limits, *, introspection: bool, suggestions: bool
    ) -> None:
        self._schema = schema
        self._limits = limits
        self._suggestions = suggestions
        self._rules = (
            [*specified_rules] if introspection else [*specified_rules, NoSchemaIntrospectionCustomRule]
        )
        self._kept: Recent[str, Document | RequestRefused] = Recent(1000)
        self.measures: Callable[[Measure], None] = lambda _: None

    def read(self, text: str) -> Document:
        """Return a document; raises `RequestRefused`, again for the same text without reading it again."""
        known = self._kept.get(text)
        if known is None:
            try:
                known = self._read(text)
            except RequestRefused as error:
                known = error
            if len(text) <= 100_000:
                self._kept.put(text, known)
        if isinstance(known, RequestRefused):
            raise known.with_traceback(None)
        return known

    def measured(self, operation: Operation, variables: dict[str, Any]) -> Totals:
        """Return the figures of an operation; raises `RequestRefused` where one is too high."""
        names = operation.size_variables
        key = None if names is None else tuple(_size(variables.get(one)) for one in sorted(names))
        totals = operation.measured.get(key) if key is not None else None
        if totals is None:
            totals = self._measure(operation.fragments, variables).operation(operation.node)
            operation.size_variables = totals.sizes
            operation.measured.put(tuple(_size(variables.get(one)) for one in sorted(totals.sizes)), totals)
        self._check(totals)
        return totals

    def variables(self, operation: Operation, given: dict[str, Any]) -> dict[str, Any]:
        """Return the variables of an operation, coerced; raises `RequestRefused`."""
        definitions = operation.node.variable_definitions or ()
        if not definitions:
            return {}
        try:
            found: Any = get_variable_values(
                self._schema,
                definitions,
                given,
                max_errors=MAX_ERRORS,
                hide_suggestions=not self._suggestions,
            )
        except RecursionError:
            raise refused(
                exceeded("filter_depth", self._limits.filter_depth + 1, self._limits.filter_depth)
            ) from None
        if isinstance(found, list):
            raise RequestRefused(found, InvalidQuery.code)
        return dict(getattr(found, "coerced", found))

    def _measure(self, fragments: dict[str, FragmentDefinitionNode], variables: dict[str, Any]) -> Measure:
        measure = Measure(self._schema, fragments, variables, self._limits)
        self.measures(measure)
        return measure

    def _check(self, totals: Totals) -> None:
        try:
            totals.check(self._limits)
        except LimitExceeded as error:
            raise refused(error) from None

    def _read(self, text: str) -> Document:
        tree = self._parsed(text)
        document = _document(tree)
        # what is too large is not validated
        measure = self._measure(document.fragments, {})
        for operation in document.operations.values():
            self._check(measure.operation(operation.node))
        try:
            errors = validate(
                self._schema,
                tree,
                self._rules,
                max_errors=MAX_ERRORS,
                hide_suggestions=not self._suggestions,
                allow_empty_selection_sets=False,
            )
        except RecursionError:
            raise refused(exceeded("depth", self._limits.depth + 1, self._limits.depth)) from None
        if errors:
            raise RequestRefused(errors, "GRAPHQL_VALIDATION_FAILED")
        return document

    def _parsed(self, text: str) -> DocumentNode:
        try:
            return parse(text, max_tokens=self._limits.tokens, allow_empty_selection_sets=False)
        except RecursionError:
            raise refused(exceeded("depth", self._limits.depth + 1, self._limits.depth)) from None
        except GraphQLError as error:
            for words, name in _PARSER_LIMITS.items():
                if words in error.message:
                    allowed = getattr(self._limits, name)
                    raise refused(exceeded(name, allowed + 1, allowed)) from None
            raise RequestRefused([error], "GRAPHQL_PARSE_FAILED") from None


def _size(value: Any) -> Any:
    return len(value) if isinstance(value, list) else value


def _document(tree: DocumentNode) -> Document:
    fragments = {
        node.name.value: node for node in tree.definitions if isinstance(node, FragmentDefinitionNode)
    }
    operations = {
        node.name.value if node.name else None: Operation(node, fragments)
        for node in tree.definitions
        if isinstance(node, OperationDefinitionNode) and node.operation is OperationType.QUERY
    }
    return Document(operations, fragments)


def is_introspection(node: FieldNode) -> bool:
    """Say whether a field of the root asks about the schema."""
    return node.name.value in {"__schema", "__type"}
