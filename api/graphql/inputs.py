"""Arguments as trees: what was given, and how to take each value from the variables of a later request.

A plan is kept and run again with other variables. So a value that comes from a variable is not put into the
plan, only the way to it (`Slot`); what shapes the plan (fields of filters, nulls, enums) is read at once and
belongs to the plan's key.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    EnumValueNode,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    ListValueNode,
    Node,
    NullValueNode,
    ObjectValueNode,
    Undefined,
    ValueNode,
    VariableNode,
    get_nullable_type,
    value_from_ast,
)

from api.graphql.enums import STORED
from schema.errors import InvalidQuery, MscevError

Variables = Mapping[str, Any]
Take = Callable[[Variables], Any]
Then = Callable[[Any], Any]


class ArgumentError(Exception):
    """A value is not allowed; `node` is where it stands in the document."""

    def __init__(self, error: MscevError, node: Node) -> None:
        super().__init__(error.message)
        self.error = error
        self.node = node


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """A value that is taken from the variables when the plan runs."""

    take: Take
    then: Then | None
    node: Node

    def value(self, variables: Variables) -> Any:
        """Return the value; raises `ArgumentError`."""
        return checked(self.take(variables), self.then, self.node)


def checked(value: Any, then: Then | None, node: Node) -> Any:
    """Return what `then` makes of a value; what it refuses is told with the place."""
    try:
        return then(value) if then else value
    except MscevError as error:
        raise ArgumentError(error, node) from None


class Given:
    """One value that was given: a leaf, an input object (`fields`) or a list of input objects (`items`).

    `value` is the value of this request. `take` is None where it stands in the document. `tests` and `depth`
    tell how much is in it.
    """

    def __init__(
        self,
        node: Node,
        value: Any,
        take: Take | None = None,
        fields: dict[str, Given] | None = None,
        items: list[Given] | None = None,
    ) -> None:
        self.node = node
        self.value = value
        inner = [*(fields or {}).values(), *(items or ())]
        self.tests = sum(part.tests for part in inner) if inner else 1
        self.depth = 1 + max((part.depth for part in inner), default=0)
        self.fields = fields
        self.items = items
        self._take = take

    @property
    def is_variable(self) -> bool:
        """Whether the value comes from a variable."""
        return self._take is not None

    def dynamic(self, then: Then | None = None) -> object:
        """Return the value for use as a parameter: a constant, or a slot."""
        if self._take is None or self.value is None:
            return checked(self.value, then, self.node)
        checked(self.value, then, self.node)
        return Slot(self._take, then, self.node)

    def constant(self, then: Then | None = None) -> Any:
        """Return the value for use in the shape of the plan."""
        return checked(self.value, then, self.node)


def read(type_: GraphQLInputType, node: ValueNode, variables: Variables) -> Given | None:
    """Return what a value node gives; None where it is a variable without a value."""
    plain: Any = get_nullable_type(type_)
    if isinstance(node, VariableNode):
        name = node.name.value
        if name not in variables:
            return None
        return _bound(plain, variables[name], lambda given: given[name], node)
    if isinstance(node, NullValueNode):
        return Given(node, None)
    if isinstance(plain, GraphQLList):
        return _list(plain, node, variables)
    if isinstance(node, ObjectValueNode):
        parts = {
            field.name.value: read(plain.fields[field.name.value].type, field.value, variables)
            for field in node.fields
        }
        fields = {name: part for name, part in parts.items() if part is not None}
        return Given(node, fields, fields=fields)
    return Given(
        node,
        STORED[plain.name][node.value] if isinstance(node, EnumValueNode) else _literal(plain, node),
    )


def _literal(plain: Any, node: ValueNode) -> Any:
    value = value_from_ast(node, plain)
    if value is Undefined:  # a number that the type cannot hold
        raise ArgumentError(InvalidQuery(f"{plain} cannot hold {getattr(node, 'value', '')[:40]}"), node)
    return value


def _list(type_: GraphQLList[Any], node: ValueNode, variables: Variables) -> Given:
    nodes = node.values if isinstance(node, ListValueNode) else (node,)
    parts = [read(type_.of_type, part, variables) or Given(part, None) for part in nodes]
    if isinstance(get_nullable_type(type_.of_type), GraphQLInputObjectType):
        return Given(node, parts, items=parts)
    values = [part.value for part in parts]
    if isinstance(type_.of_type, GraphQLNonNull) and None in values:
        at = parts[values.index(None)].node
        raise ArgumentError(InvalidQuery("a list of values has no place for null"), at)
    if all(part._take is None for part in parts):
        return Given(node, values)

    def take(given: Variables) -> list[Any]:
        return [part._take(given) if part._take else part.value for part in parts]

    return Given(node, values, take)


def _bound(plain: Any, value: Any, take: Take, node: Node) -> Given:
    """Return what a variable, or a part of one, gives."""
    if value is None:
        return Given(node, None)
    if isinstance(plain, GraphQLInputObjectType):
        fields = {
            name: _bound(get_nullable_type(plain.fields[name].type), part, _step(take, name), node)
            for name, part in value.items()
        }
        return Given(node, fields, fields=fields)
    if isinstance(plain, GraphQLList):
        return _bound_list(plain, value, take, node)
    if isinstance(plain, GraphQLEnumType):
        # part of the plan's key
        return Given(node, STORED[plain.name][value])
    return Given(node, value, take)


def _bound_list(plain: Any, value: Any, take: Take, node: Node) -> Given:
    item: Any = get_nullable_type(plain.of_type)
    if isinstance(item, GraphQLInputObjectType):
        items = [_bound(item, part, _step(take, i), node) for i, part in enumerate(value)]
        return Given(node, items, items=items)
    if isinstance(item, GraphQLEnumType):
        return Given(node, [STORED[item.name][part] for part in value])
    return Given(node, value, take)


def _step(take: Take, key: str | int) -> Take:
    return lambda given: take(given)[key]


def shape_of(type_: GraphQLInputType, value: Any) -> object:
    """Return what of a variable's value shapes a plan: nulls, fields, enums, booleans, empty lists.

    Numbers and texts do not. Where one does after all (`structural` variables of a plan) its value is added.
    """
    plain: Any = get_nullable_type(type_)
    if value is None:
        return None
    if isinstance(plain, GraphQLInputObjectType):
        return tuple((name, shape_of(plain.fields[name].type, part)) for name, part in value.items())
    if isinstance(plain, GraphQLList):
        item: Any = get_nullable_type(plain.of_type)
        if isinstance(item, GraphQLInputObjectType | GraphQLEnumType):
            return tuple(shape_of(item, part) for part in value)
        return bool(value)
    if isinstance(plain, GraphQLEnumType) or plain.name == "Boolean":
        return value
    return 1
