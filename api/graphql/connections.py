"""Connections: which page to read, and how it becomes edges, nodes, page information and a total."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from graphql import FieldNode, GraphQLObjectType, get_named_type, is_non_null_type

from api.graphql.answer import Constant, InRow, ListOf, Part, Record, Shape
from api.graphql.compile import Field, Row
from api.graphql.cursors import position_of
from api.graphql.paging import Cursor, Info, Items, Pending, Window, end_cursor, has_next, has_previous
from api.graphql.selection import Fields
from graph.cypher import target_of
from graph.query import EVERYTHING, Condition, Count, Leaf, Order, Page, Value
from graph.query import Window as Wanted
from schema.errors import Unsupported


@dataclass(frozen=True, slots=True)
class Listing:
    """What a connection lists: a link of the model, with a condition, in an order."""

    link: str
    order: Order
    condition: Condition = EVERYTHING
    arguments: tuple[tuple[str, object], ...] = ()


def connection(field: Field, listing: Listing) -> Shape:
    """Read a page of what the listing names; nothing is counted or looked ahead that is not selected."""
    return _Builder(field, listing).shape()


Make = Callable[[GraphQLObjectType, list[FieldNode]], Shape]


class _Builder:
    def __init__(self, field: Field, listing: Listing) -> None:
        target = target_of(field.model, listing.link)
        assert target is not None, listing  # noqa: S101 - rules name links of the model
        self._field = field
        self._listing = listing
        self._model = target
        self._rows = Row()
        self._selections = field.compiler.selections
        self._looks_ahead = False
        self._window = Pending()
        self._reads_page = False

    def shape(self) -> Shape:
        """Return the shape of the connection, after its fields have said what they need."""
        type_: Any = get_named_type(self._field.definition.type)
        self._keyset()  # what is not allowed is an error, whether it is read or not
        record = self._record(type_, self._selections.fields(type_, self._field.sets), self._part)
        if self._reads_page:
            page, listing = self._keyset(), self._listing
            position = self._field.row.add(
                Wanted(
                    listing.link, self._rows.select, listing.order, page, listing.condition, listing.arguments
                )
            )
            limit = self._field.row.add(Value(self._first(0))) if self._looks_ahead else None
            self._window.window = Window(position, limit, page.after is not None)
        return record

    def _record(self, type_: GraphQLObjectType, fields: Fields, make: Make) -> Record:
        parts = []
        for key, nodes in fields.items():
            name = nodes[0].name.value
            if name == "__typename":
                parts.append(Part(key, Constant(type_.name), required=True))
            else:
                required = is_non_null_type(type_.fields[name].type)
                parts.append(Part(key, make(type_, nodes), required))
        return Record(tuple(parts))

    def _part(self, type_: GraphQLObjectType, nodes: list[FieldNode]) -> Shape:
        name = nodes[0].name.value
        sets = [node.selection_set for node in nodes]
        named: Any = get_named_type(type_.fields[name].type)
        if name == "totalCount":
            listing = self._listing
            return InRow(self._field.row.add(Count(listing.link, listing.condition, listing.arguments)))
        self._reads_page = True
        match name:
            case "nodes":
                return Items(self._window, ListOf(self._node(named, sets)))
            case "edges":
                fields = self._selections.fields(named, sets)
                return Items(self._window, ListOf(self._record(named, fields, self._edge)))
            case "pageInfo":
                return self._record(named, self._selections.fields(named, sets), self._info)
            case _:
                raise _unsupported(type_, name)

    def _node(self, type_: Any, sets: Any) -> Shape:
        """Return the shape of an item: the element itself, or what its `node` link leads to."""
        if target_of(self._model, "node") is None:
            return self._field.compiler.record(type_, sets, self._model, self._rows)
        return self._field.compiler.record(type_, sets, "Entity", self._rows.through("node"))

    def _edge(self, type_: GraphQLObjectType, nodes: list[FieldNode]) -> Shape:
        name = nodes[0].name.value
        definition = type_.fields[name]
        match name:
            case "cursor":
                return self._cursor()
            case "node":
                return self._node(get_named_type(definition.type), [node.selection_set for node in nodes])
            case "score":
                return InRow(self._rows.add(Leaf(name)))
            case "relations":
                inner = Field(self._field.compiler, nodes, definition, self._model, self._rows)
                return inner.whole("Relation", *self._listing.arguments, sort="id")
            case _:
                raise _unsupported(type_, name)

    def _info(self, type_: GraphQLObjectType, nodes: list[FieldNode]) -> Shape:
        match nodes[0].name.value:
            case "hasNextPage":
                self._looks_ahead = True
                return Info(self._window, has_next)
            case "hasPreviousPage":
                return Info(self._window, has_previous)
            case "startCursor":
                return Info(self._window, end_cursor(self._cursor(), 0))
            case "endCursor":
                return Info(self._window, end_cursor(self._cursor(), -1))
            case name:
                raise _unsupported(type_, name)

    def _cursor(self) -> Cursor:
        order = self._listing.order
        return Cursor(order, self._rows.add(Leaf(order.key)), self._rows.add(Leaf("id")))

    def _keyset(self) -> Page:
        first = self._first(int(self._looks_ahead))
        given = self._field.given("after")
        if given is None:
            return Page(first)
        order = self._listing.order
        value = given.dynamic(lambda cursor: position_of(cursor, order)[0])
        id_ = given.dynamic(lambda cursor: position_of(cursor, order)[1])
        return Page(first, (value, id_))

    def _first(self, plus: int) -> object:
        return self._field.number("first", 1, self._field.compiler.limits.first, plus=plus)


def _unsupported(type_: GraphQLObjectType, name: str) -> Unsupported:
    return Unsupported(f"{type_.name}.{name} has no rule in api/graphql/connections.py")
