"""Limits of a request, and the one pass that measures it: linear in the size of the document.

A fragment is measured once, however often it is spread. Visits are counted, so that a test can hold the pass
to its promise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
    is_composite_type,
    is_list_type,
)

from api.graphql.schema import default_of
from schema.errors import LimitExceeded


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may ask for; each is a setting (api/settings.py)."""

    tokens: int = 2_000
    depth: int = 15
    aliases: int = 30
    directives: int = 50
    fields: int = 2_000
    introspections: int = 2
    cost: int = 100_000
    first: int = 500
    ids: int = 1_000
    nodes: int = 2_000
    tests: int = 200
    filter_depth: int = 10


@dataclass(frozen=True, slots=True)
class Totals:
    """Figures of a selection, as it is with every fragment in its place.

    `fields` counts every selected field; `cost` the objects that the answer may hold, by real page sizes, and
    the extra work of some fields. `sizes` names the variables that the cost depends on.
    """

    depth: int = 0
    aliases: int = 0
    directives: int = 0
    fields: int = 0
    cost: int = 0
    introspections: int = 0
    sizes: frozenset[str] = frozenset()

    def check(self, limits: Limits) -> None:
        """Raise `LimitExceeded` for the first figure that is too high."""
        for name in ("depth", "aliases", "directives", "fields", "introspections", "cost"):
            given, allowed = getattr(self, name), getattr(limits, name)
            if given > allowed:
                raise exceeded(name, given, allowed)


def exceeded(name: str, given: int, allowed: int) -> LimitExceeded:
    """Return the error of a limit."""
    return LimitExceeded(
        f"{name}: the request has {given}{'+' * (given >= MANY)}, allowed are {allowed}",
        limit=name,
        given=given,
        allowed=allowed,
    )


# Fragments inside fragments can count up to numbers that nobody needs to see.
MANY = 10**9
# How many items to expect of a list that cannot be paged; what holds a page counts its items by the page.
_LISTS = {"ancestors": 10, "descendants": 25, "sections": 10, "references": 25, "kinds": 25, "predicates": 40}
_OTHER_LIST = 3
_IN_PAGE = {"edges", "nodes"}
_SIZES = ("first", "limit", "ids", "texts")
_WORK = {"paths": 200, "neighborhood": 50, "between": 20, "search": 10, "resolve": 10}


class Measure:
    """Measures one operation of a document for some variables."""

    def __init__(
        self,
        schema: GraphQLSchema,
        fragments: Mapping[str, FragmentDefinitionNode],
        variables: Mapping[str, Any],
        limits: Limits,
    ) -> None:
        self.visits = 0
        self._schema = schema
        self._fragments = fragments
        self._variables = variables
        self._limits = limits
        self._known: dict[str, Totals] = {}
        self._open: set[str] = set()

    def operation(self, operation: OperationDefinitionNode) -> Totals:
        """Return the figures of an operation."""
        return self._set(operation.selection_set, self._schema.query_type, len(operation.directives or ()))

    def _set(self, node: SelectionSetNode, type_: Any, directives: int = 0) -> Totals:
        depth = aliases = fields = cost = introspections = 0
        sizes: frozenset[str] = frozenset()
        for selection in node.selections:
            self.visits += 1
            part = self._selection(selection, type_)
            depth = max(depth, part.depth)
            aliases += part.aliases
            directives += part.directives + len(selection.directives or ())
            fields += part.fields
            cost += part.cost
            introspections += part.introspections
            sizes |= part.sizes
        return Totals(
            depth,
            min(aliases, MANY),
            min(directives, MANY),
            min(fields, MANY),
            min(cost, MANY),
            introspections,
            sizes,
        )

    def _selection(self, node: Any, type_: Any) -> Totals:
        if isinstance(node, FieldNode):
            return self._field(node, type_)
        if isinstance(node, InlineFragmentNode):
            condition = node.type_condition
            inner = self._schema.type_map.get(condition.name.value) if condition else type_
            return self._set(node.selection_set, inner)
        assert isinstance(node, FragmentSpreadNode)  # noqa: S101 - the grammar has no others
        return self._fragment(node.name.value)

    def _fragment(self, name: str) -> Totals:
        if name in self._known:
            return self._known[name]
        fragment = self._fragments.get(name)
        if fragment is None or name in self._open:
            return Totals()  # validation tells of both
        self._open.add(name)
        type_ = self._schema.type_map.get(fragment.type_condition.name.value)
        self._known[name] = self._set(fragment.selection_set, type_, len(fragment.directives or ()))
        self._open.remove(name)
        return self._known[name]

    def _field(self, node: FieldNode, type_: Any) -> Totals:
        alias = int(node.alias is not None)
        name = node.name.value
        field = getattr(type_, "fields", {}).get(name)
        if node.selection_set is None:
            return Totals(1, alias, 0, 1, 0)
        inner_type = get_named_type(field.type) if field else None
        inner = self._set(node.selection_set, inner_type)
        if name.startswith("__"):
            # the schema is small and known; validation bounds how deep it may be asked
            return Totals(1, inner.aliases + alias, inner.directives, inner.fields + 1, inner.fields, 1)
        size, variable = self._size(node, field, type_)
        sizes = inner.sizes | {variable} if variable else inner.sizes
        own = _WORK.get(name, 0) if type_ is self._schema.query_type else 0
        return Totals(
            inner.depth + 1,
            inner.aliases + alias,
            inner.directives,
            inner.fields + 1,
            own + size * (1 + inner.cost),
            inner.introspections,
            sizes,
        )

    def _size(self, node: FieldNode, field: GraphQLField | None, parent: Any) -> tuple[int, str | None]:
        """Return how many objects a field may hold, and the variable that says so."""
        if field is None or not is_composite_type(get_named_type(field.type)):
            return 1, None
        for name in _SIZES:
            if name in field.args:
                return self._argument(node, field, name)
        if not is_list_type(get_nullable_type(field.type)) or _holds_page(parent, node.name.value):
            return 1, None
        return _LISTS.get(node.name.value, _OTHER_LIST), None

    def _argument(self, node: FieldNode, field: GraphQLField, name: str) -> tuple[int, str | None]:
        value: Any = next((arg.value for arg in node.arguments or () if arg.name.value == name), None)
        variable = value.name.value if isinstance(value, VariableNode) else None
        default = default_of(field.args[name])
        given: Any = default if isinstance(default, int) else 1
        if isinstance(value, IntValueNode):
            given = int(value.value)
        elif isinstance(value, ListValueNode):
            given = len(value.values)
        elif variable is not None:
            stated = self._variables.get(variable)
            given = len(stated) if isinstance(stated, list) else stated if isinstance(stated, int) else given
        # more than a page may hold is refused when the argument is read
        highest = {"first": self._limits.first, "limit": self._limits.nodes}.get(name, self._limits.ids)
        return min(max(given, 1), highest), variable


def _holds_page(parent: Any, name: str) -> bool:
    type_name = str(getattr(parent, "name", ""))
    return (name in _IN_PAGE and type_name.endswith("Connection")) or (
        type_name == "Subgraph" and name == "nodes"
    )
