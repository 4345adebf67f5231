"""The graph as a notebook has it: on the Neo4j of this run, and behind its service."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import mscev
from graph.target import Target
from graph.writer import LoadReport
from tests.conftest import Service


@pytest.fixture(scope="module")
def over_bolt(target: Target, loaded: LoadReport) -> Iterator[mscev.Graph]:
    """A graph by Bolt."""
    with mscev.connect(target.uri, username=target.username, password=target.password) as graph:
        yield graph


@pytest.fixture(scope="module")
def over_http(service: Service, loaded: LoadReport) -> Iterator[mscev.Graph]:
    """A graph behind the service."""
    with mscev.connect(service.url) as graph:
        yield graph


@pytest.fixture(params=["over_bolt", "over_http"])
def graph(request: pytest.FixtureRequest) -> mscev.Graph:
    """The same graph by either way."""
    found: mscev.Graph = request.getfixturevalue(request.param)
    return found
