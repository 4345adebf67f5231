"""A client in TypeScript: typed by the schema and the stored queries, compiled strictly, run for real."""

from __future__ import annotations

import json

import pytest

from tests.clients.stored import FOLDER, QUERIES, SDL
from tests.conftest import Service
from tests.node.run import node

pytestmark = pytest.mark.tools


@pytest.fixture(scope="module")
def compiled() -> None:
    """The client, compiled with the types of the checked-in schema."""
    node("generate.mjs", str(SDL), str(FOLDER))
    node("node_modules/typescript/bin/tsc", "--project", ".")


@pytest.mark.usefixtures("loaded", "compiled")
def test_the_client_gets_what_its_types_promise(service: Service) -> None:
    report = json.loads(node("build/js/client/main.js", f"{service.url}/graphql"))
    assert report == {"checked": len(QUERIES) + 1, "failed": {}}
