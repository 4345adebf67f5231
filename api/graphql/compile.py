"""From an operation to its plan: a selection of the model for Neo4j, and the shape of the answer.

The walk follows the schema. Each field is read by the rule in api/graphql/fields.py, or, without one there,
by the leaf or link of the same name in the model; a field that has neither is an error that names it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    SelectionSetNode,
    VariableNode,
    get_named_type,
    is_enum_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
    is_object_type,
)

from api.graphql.answer import (
    Choice,
    Constant,
    FirstOf,
    InRow,
    ListOf,
    Mapped,
    Part,
    Record,
    Shape,
    Sorted,
)
from api.graphql.enums import FOREIGN_KIND, NAMES
from api.graphql.inputs import ArgumentError, Given, Then, read
from api.graphql.limits import Limits, exceeded
from api.graphql.schema import default_of
from api.graphql.selection import Fields, Selections
from graph.cypher import is_bound, target_of
from graph.query import Item, Leaf, Select, Through, Whole
from schema.errors import InvalidQuery, Unsupported
from schema.kinds import KIND_BY_NAME

# A node that any id may name is looked for in each of these: link, GraphQL type, type of the model.
BRANCHES = (
    ("entity", "Entity", "Entity"),
    ("claim", "Claim", "Claim"),
    ("reference", "Reference", "Reference"),
    ("citation", "Citation", "Citation"),
    ("article", "Article", "Article"),
)
TYPE_NAMES = {kind: kind for kind in KIND_BY_NAME} | {FOREIGN_KIND: FOREIGN_KIND}


class Row:
    """The items that are read of one element; the same item is read once."""

    def __init__(self, positions: dict[Item, int] | None = None, links: tuple[str, ...] = ()) -> None:
        self._positions = {} if positions is None else positions
        self._links = links

    def add(self, item: Item) -> int:
        """Return the position of an item."""
        for link in reversed(self._links):
            item = Through(link, item)
        return self._positions.setdefault(item, len(self._positions))

    def through(self, link: str) -> Row:
        """Return this row as that of an element that a link leads to and is bound already."""
        return Row(self._positions, (*self._links, link))

    @property
    def select(self) -> Select:
        """The items in their order."""
        return Select(tuple(self._positions))


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the answer: where it is selected, of what, and what to read it into."""

    compiler: Compiler
    nodes: list[FieldNode]
    definition: GraphQLField
    model: str
    row: Row
    inherited: Arguments = ()

    @property
    def name(self) -> str:
        """The name in the schema."""
        return self.nodes[0].name.value

    @property
    def sets(self) -> list[SelectionSetNode | None]:
        """The selections of everything that was merged into this field."""
        return [node.selection_set for node in self.nodes]

    def given(self, name: str) -> Given | None:
        """Return an argument; None where it is absent or null."""
        argument = self.definition.args[name]
        for node in self.nodes[0].arguments or ():
            if node.name.value == name:
                given = read(argument.type, node.value, self.compiler.variables)
                if given is not None and given.value is None:
                    self.compiler.require_nullable(argument.type, name, node)
                    return None
                return given
        return None

    def filter(self) -> Given | None:
        """Return the filter argument; `LimitExceeded` where it holds too many tests, or too deep ones."""
        given = self.given("filter")
        if given is not None:
            limits = self.compiler.limits
            for name, found, allowed in (
                ("tests", given.tests, limits.tests),
                ("filter_depth", given.depth, limits.filter_depth),
            ):
                if found > allowed:
                    raise ArgumentError(exceeded(name, found, allowed), given.node)
        return given

    def parameter(self, name: str, then: Then | None = None) -> object:
        """Return an argument that must be there as a parameter."""
        given = self.given(name)
        assert given is not None, name  # noqa: S101 - the document was validated
        return given.dynamic(then)

    def number(self, name: str, low: int, high: int, *, plus: int = 0) -> object:
        """Return a number as a parameter, within its limits; the default of the schema where it is absent."""
        given = self.given(name)
        if given is None:
            return self._default(name) + plus
        return given.dynamic(within(name, low, high, plus))

    def structural_number(self, name: str, low: int, high: int) -> int:
        """Return a number that stands in the text of the statement."""
        given = self.given(name)
        if given is None:
            return self._default(name)
        self.compiler.note_structural(given)
        return int(given.constant(within(name, low, high, 0)))

    def _default(self, name: str) -> int:
        return int(str(default_of(self.definition.args[name])))

    def names(self, name: str) -> tuple[str, ...] | None:
        """Return a list of enum values; None where it is absent."""
        given = self.given(name)
        return None if given is None else tuple(given.value)

    def record(self, model: str, row: Row) -> Shape:
        """Return the shape of this field's object, read from `row`, an element of `model`."""
        return self.compiler.record(get_named_type(self.definition.type), self.sets, model, row)

    def whole(self, model: str, *arguments: tuple[str, object], sort: str | None = None) -> InRow:
        """Read what the link of this name leads to; its fields may use the arguments too (`inherited`).

        `sort` names a leaf by which the rows of a list are sorted here, where that is cheaper.
        """
        row = Row()
        type_ = get_named_type(self.definition.type)
        shape = self.compiler.record(type_, self.sets, model, row, arguments)
        shape = self.compiler.listed(self.definition.type, shape)
        if sort is not None:
            shape = Sorted(row.add(Leaf(sort)), shape)
        return InRow(self.row.add(Whole(self.name, row.select, arguments)), shape)


Rule = Callable[[Field], Shape]
Arguments = tuple[tuple[str, object], ...]
# The parts of an interface's fields by the nodes that select them: read once for all its types.
Shared = dict[tuple[int, ...], Part]


def within(name: str, low: int, high: int, plus: int) -> Then:
    """Return a check of a number, and what it becomes."""

    def check(value: int) -> int:
        if not low <= value <= high:
            raise InvalidQuery(f"{name}: {value} is not allowed; {low} to {high}", given=value)
        return value + plus

    return check


class Compiler:
    """Makes the plan of one operation for one set of variables."""

    def __init__(
        self,
        selections: Selections,
        variables: Mapping[str, Any],
        rules: Mapping[tuple[str, str], Rule],
        limits: Limits,
    ) -> None:
        self.selections = selections
        self.variables = variables
        self.limits = limits
        self.structural: set[str] = set()
        self._rules = rules

    def record(
        self, type_: Any, sets: list[SelectionSetNode | None], model: str, row: Row, inherited: Arguments = ()
    ) -> Shape:
        """Return the shape of an object; each type of an interface may have a selection of its own."""
        if model == "Node":
            return self._node(sets, row)
        if is_object_type(type_):
            return self._record(type_, self.selections.fields(type_, sets), model, row, inherited)
        assert isinstance(type_, GraphQLInterfaceType)  # noqa: S101 - there are no unions
        return self._entity(type_, sets, model, row)

    def root(self, type_: GraphQLObjectType, fields: Fields, row: Row, known: Mapping[str, Any]) -> Record:
        """Return the shape of the whole answer; `known` holds what needs no graph, by response key."""
        return self._record(type_, fields, "Query", row, known=known)

    def listed(self, type_: Any, shape: Shape) -> Shape:
        """Return the shape in the lists that a type says."""
        if is_non_null_type(type_):
            type_ = type_.of_type
        if is_list_type(type_):
            return ListOf(self.listed(type_.of_type, shape), not is_non_null_type(type_.of_type))
        return shape

    def leaf(self, type_: Any) -> Shape | None:
        """Return the shape of a scalar or enum; None where the value is shown as it is stored."""
        named = get_named_type(type_)
        if not is_enum_type(named):
            return None
        return self.listed(type_, Mapped(NAMES[named.name], named.name))

    def require_nullable(self, type_: Any, name: str, node: Any) -> None:
        """Refuse null where the argument cannot be null."""
        if is_non_null_type(type_):
            raise ArgumentError(InvalidQuery(f"{name}: null is not allowed"), node)

    def note_structural(self, given: Given) -> None:
        """Remember the variable that a value of the text came from: it is part of the plan's key."""
        if given.is_variable and isinstance(given.node, VariableNode):
            self.structural.add(given.node.name.value)

    def _node(self, sets: list[SelectionSetNode | None], row: Row) -> Shape:
        branches = []
        for link, type_name, model in BRANCHES:
            inner = Row()
            shape = self.record(self.selections.schema.type_map[type_name], sets, model, inner)
            branches.append(InRow(row.add(Whole(link, inner.select)), shape))
        return FirstOf(tuple(branches))

    def _entity(
        self, type_: GraphQLInterfaceType, sets: list[SelectionSetNode | None], model: str, row: Row
    ) -> Shape:
        possible = self.selections.schema.get_possible_types(type_)
        by_type = {one: self.selections.fields(one, sets) for one in possible if one.name in TYPE_NAMES}
        first, *others = by_type.values()
        if all(_same(first, fields) for fields in others):
            return self._record(next(iter(by_type)), first, model, row, any_kind=True)
        shared: Shared = {}
        records = {
            one.name: self._record(one, fields, model, row, shared=shared) for one, fields in by_type.items()
        }
        return Choice(row.add(Leaf("kind")), records, records[FOREIGN_KIND])

    def _record(
        self,
        type_: GraphQLObjectType,
        fields: Fields,
        model: str,
        row: Row,
        inherited: Arguments = (),
        *,
        any_kind: bool = False,
        known: Mapping[str, Any] | None = None,
        shared: Shared | None = None,
    ) -> Record:
        """Return the shape of an object; `shared` holds what was read for another type of the interface."""
        shared = {} if shared is None else shared
        parts = []
        for key, nodes in fields.items():
            name = nodes[0].name.value
            if known and key in known:
                parts.append(Part(key, Constant(known[key]), required=False))
            elif name == "__typename":
                parts.append(Part(key, self._typename(type_, row, any_kind=any_kind), required=True))
            else:
                field = Field(self, nodes, type_.fields[name], model, row, inherited)
                selected = tuple(map(id, nodes))
                if selected not in shared:
                    shared[selected] = self._part(key, field)
                parts.append(shared[selected])
        return Record(tuple(parts))

    def _typename(self, type_: GraphQLObjectType, row: Row, *, any_kind: bool) -> Shape:
        if not any_kind:
            return Constant(type_.name)
        return InRow(row.add(Leaf("kind")), Mapped(TYPE_NAMES, "Entity"))

    def _part(self, key: str, field: Field) -> Part:
        type_ = field.definition.type
        required = is_non_null_type(type_)
        rule = self._rules.get((field.model, field.name))
        if rule is not None:
            return Part(key, rule(field), required)
        if is_leaf_type(get_named_type(type_)):
            leaf = self.leaf(type_)
            return Part(key, InRow(field.row.add(Leaf(field.name)), leaf), required, plain=leaf is None)
        target = target_of(field.model, field.name)
        if target is None or field.definition.args:
            raise Unsupported(f"{field.model}.{field.name} has no rule in api/graphql/fields.py")
        if is_bound(field.model, field.name):
            return Part(key, field.record(target, field.row.through(field.name)), required)
        return Part(key, field.whole(target), required)


def _same(one: Fields, other: Fields) -> bool:
    return one.keys() == other.keys() and all(
        len(one[key]) == len(other[key]) and all(a is b for a, b in zip(one[key], other[key], strict=True))
        for key in one
    )
