"""Selections as the specification collects them: fragments, type conditions, @skip and @include."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from graphql import (
    DirectiveNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLAbstractType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    SelectionNode,
    SelectionSetNode,
    VariableNode,
    is_abstract_type,
)

Fields = dict[str, list[FieldNode]]


class Selections:
    """Collects fields of one document for one set of variables."""

    def __init__(
        self,
        schema: GraphQLSchema,
        fragments: Mapping[str, FragmentDefinitionNode],
        variables: Mapping[str, Any],
    ) -> None:
        self.schema = schema
        self._fragments = fragments
        self._variables = variables

    def fields(self, type_: GraphQLObjectType, sets: Iterable[SelectionSetNode | None]) -> Fields:
        """Return the fields of an object of this type by response key, in their order."""
        found: Fields = {}
        seen: set[str] = set()
        for one in sets:
            if one is not None:
                self._collect(type_, one.selections, found, seen)
        return found

    def _collect(
        self, type_: GraphQLObjectType, nodes: Iterable[SelectionNode], found: Fields, seen: set[str]
    ) -> None:
        for node in nodes:
            if not self._wanted(node.directives):
                continue
            if isinstance(node, FieldNode):
                key = node.alias.value if node.alias else node.name.value
                found.setdefault(key, []).append(node)
            elif isinstance(node, InlineFragmentNode):
                if node.type_condition is None or self._fits(type_, node.type_condition.name.value):
                    self._collect(type_, node.selection_set.selections, found, seen)
            elif isinstance(node, FragmentSpreadNode) and node.name.value not in seen:
                seen.add(node.name.value)
                fragment = self._fragments[node.name.value]
                if self._fits(type_, fragment.type_condition.name.value):
                    self._collect(type_, fragment.selection_set.selections, found, seen)

    def _fits(self, type_: GraphQLObjectType, condition: str) -> bool:
        wanted = self.schema.type_map[condition]
        if wanted is type_:
            return True
        abstract: GraphQLAbstractType | None = wanted if is_abstract_type(wanted) else None
        return abstract is not None and self.schema.is_sub_type(abstract, type_)

    def _wanted(self, directives: Iterable[DirectiveNode] | None) -> bool:
        for directive in directives or ():
            name = directive.name.value
            if name in {"skip", "include"} and self._condition(directive) is (name == "skip"):
                return False
        return True

    def _condition(self, directive: DirectiveNode) -> bool:
        value: Any = (directive.arguments or ())[0].value
        return bool(self._variables[value.name.value] if isinstance(value, VariableNode) else value.value)
