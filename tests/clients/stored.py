"""The stored queries and the variables they are asked with; each file holds one operation."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from graphql import GraphQLSchema, OperationDefinitionNode, build_schema, parse

ROOT = Path(__file__).parents[2]
SDL = ROOT / "api" / "graphql" / "schema.graphql"
FOLDER = Path(__file__).parent / "queries"
VARIABLES: dict[str, dict[str, Any]] = json.loads((Path(__file__).parent / "variables.json").read_bytes())


@dataclass(frozen=True, slots=True)
class Stored:
    """One stored query."""

    name: str
    text: str

    @property
    def variables(self) -> dict[str, Any]:
        """The variables that the tests ask it with."""
        return VARIABLES[self.name]


def _read(path: Path) -> Stored:
    text = path.read_text(encoding="utf-8")
    (operation,) = parse(text).definitions
    assert isinstance(operation, OperationDefinitionNode), f"{path.name}: no operation"
    assert operation.name, f"{path.name}: the operation has no name"
    return Stored(operation.name.value, text)


QUERIES = {one.name: one for one in map(_read, sorted(FOLDER.glob("*.graphql")))}


@cache
def schema() -> GraphQLSchema:
    """Return the checked-in schema."""
    return build_schema(SDL.read_text(encoding="utf-8"))
