"""Every stored query fits the checked-in schema, and answers with something."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import parse, validate

from tests.clients.stored import QUERIES, VARIABLES, Stored, schema
from tests.conftest import Service

every_query = pytest.mark.parametrize("stored", QUERIES.values(), ids=lambda stored: stored.name)


def test_each_query_has_its_variables() -> None:
    assert QUERIES.keys() == VARIABLES.keys()


@every_query
def test_it_fits_the_schema(stored: Stored) -> None:
    assert [error.message for error in validate(schema(), parse(stored.text))] == []


@every_query
@pytest.mark.usefixtures("loaded")
def test_it_answers_with_something(service: Service, stored: Stored) -> None:
    for root, value in service.ask(stored.text, **stored.variables).items():
        assert has_content(value), f"{root} is empty"


def has_content(value: Any) -> bool:
    """Say whether an answer holds an item: a page is as empty as its list of nodes or edges."""
    if isinstance(value, dict):
        lists = [value[name] for name in ("nodes", "edges", "relations") if name in value]
        return all(lists) if lists else any(map(has_content, value.values()))
    if isinstance(value, list):
        return any(map(has_content, value))
    return value is not None
