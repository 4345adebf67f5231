"""Competency questions: what people ask of the graph, each in GraphQL and in Cypher.

One file a question, `NN-name.toml`: NN gives the order, `name` is the question's name and stays.

    title       a few words for a menu
    asks        the question as a person asks it
    graphql     the document, with `variables`
    cypher      the statement, with `parameters`; it returns `columns`, in their order
    rows        where the rows are in the GraphQL answer: names joined by dots, each list is gone through
    columns     name and path of each value of a row; a list on the path gives a list

A name that is not found in the place reached so far is looked for in what encloses it.
"""

from __future__ import annotations

import json
import tomllib
from collections import ChainMap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlencode


@dataclass(frozen=True, slots=True)
class Question:
    """One question; both queries give the same rows in the same order."""

    name: str
    title: str
    asks: str
    graphql: str
    variables: Mapping[str, Any]
    cypher: str
    parameters: Mapping[str, Any]
    rows: str
    columns: Mapping[str, str]

    @property
    def graphql_address(self) -> str:
        """Where GraphiQL opens with it, below the service's address."""
        given = {"variables": json.dumps(self.variables, ensure_ascii=False)} if self.variables else {}
        return f"/graphql?{urlencode({'query': self.graphql} | given)}"

    @property
    def cypher_address(self) -> str:
        """Where the page for Cypher opens with it, below the service's address."""
        return f"/cypher#{urlencode({'question': self.name})}"

    def rows_of(self, data: Mapping[str, Any]) -> list[list[Any]]:
        """Return the rows in the `data` of a GraphQL answer, each value in the place of its column."""
        steps = self.rows.split(".") if self.rows else []
        return [
            [_value(row, path.split(".")) for path in self.columns.values()]
            for row in _inside(ChainMap(dict(data)), steps)
        ]


@cache
def questions() -> tuple[Question, ...]:
    """Return all questions in their order."""
    paths = sorted((path for path in files(__package__).iterdir() if path.name.endswith(".toml")), key=str)
    return tuple(_read(path.name, path.read_text(encoding="utf-8")) for path in paths)


def _read(file: str, text: str) -> Question:
    name = file.removesuffix(".toml").partition("-")[2]
    return Question(name, **({"variables": {}, "parameters": {}} | tomllib.loads(text)))


def _inside(row: ChainMap[str, Any], steps: list[str]) -> Iterator[ChainMap[str, Any]]:
    """Yield a scope for each thing at the end of the steps; it sees what encloses it."""
    if not steps:
        yield row
        return
    found = row[steps[0]]
    for item in found if isinstance(found, list) else [] if found is None else [found]:
        yield from _inside(row.new_child(item), steps[1:])


def _value(start: Any, steps: list[str]) -> Any:
    if start is None or not steps:
        return start
    if isinstance(start, list):
        values = [_value(item, steps) for item in start]
        return [inner for value in values for inner in (value if isinstance(value, list) else [value])]
    return _value(start[steps[0]], steps[1:])
