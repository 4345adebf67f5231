"""A failing query made small: whatever can be left out without losing the failure is left out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

from graphql import (
    REMOVE,
    ArgumentNode,
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLSchema,
    InlineFragmentNode,
    Node,
    ObjectFieldNode,
    SelectionSetNode,
    VariableDefinitionNode,
    VariableNode,
    Visitor,
    parse,
    print_ast,
    validate,
    visit,
)

from tests.oracle.queries import Case

REMOVABLE = (
    FieldNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    ArgumentNode,
    ObjectFieldNode,
    DirectiveNode,
    VariableDefinitionNode,
    FragmentDefinitionNode,
)
SECONDS = 60.0


def shrunk(
    schema: GraphQLSchema, case: Case, fails: Callable[[Case], bool], seconds: float = SECONDS
) -> Case:
    """The smallest case that is found to fail still, in the time that is given."""
    end = time.monotonic() + seconds
    smaller = _smaller(schema, case)
    while time.monotonic() < end and (trial := next(smaller, None)):
        if fails(trial):
            case, smaller = trial, _smaller(schema, trial)
    return case


def _smaller(schema: GraphQLSchema, case: Case) -> Iterator[Case]:
    document = parse(case.query)
    for index in range(len(_Nodes.of(document).removable)):
        less = _tidy(visit(document, _Nodes(without=index)))
        if not _Nodes.of(less).empty and not validate(schema, less):
            names = _Nodes.of(less).declared
            sets = [{name: value for name, value in one.items() if name in names} for one in case.sets]
            yield Case(print_ast(less), sets)


def _tidy(document: DocumentNode) -> DocumentNode:
    """Leave out fragments and variables that are no longer used."""
    nodes = _Nodes.of(document)
    for index, node in enumerate(nodes.removable):
        match node:
            case FragmentDefinitionNode():
                unused = node.name.value not in nodes.spread
            case VariableDefinitionNode():
                unused = nodes.used.count(node.variable.name.value) < 2
            case _:
                unused = False
        if unused:
            return _tidy(visit(document, _Nodes(without=index)))
    return document


class _Nodes(Visitor):
    """Collects what is in a document, and removes the removable node with one number."""

    def __init__(self, without: int = -1) -> None:
        super().__init__()
        self.without = without
        self.removable: list[Node] = []
        self.spread, self.declared = set[str](), set[str]()
        self.used: list[str] = []  # a variable's definition counts too
        self.empty = False

    @classmethod
    def of(cls, document: DocumentNode) -> _Nodes:
        nodes = cls()
        visit(document, nodes)
        return nodes

    def enter(self, node: Node, *_: Any) -> Any:
        match node:
            case FragmentSpreadNode():
                self.spread.add(node.name.value)
            case VariableDefinitionNode():
                self.declared.add(node.variable.name.value)
            case SelectionSetNode():
                self.empty |= not node.selections
            case VariableNode():
                self.used.append(node.name.value)
        if isinstance(node, REMOVABLE):
            self.removable.append(node)
            if len(self.removable) - 1 == self.without:
                return REMOVE
        return None
