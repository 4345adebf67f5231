"""The audits of GraphQL over HTTP by the reference implementation, graphql-http."""

from __future__ import annotations

import json

import pytest

from tests.conftest import Service
from tests.node.run import node

pytestmark = [pytest.mark.tools, pytest.mark.usefixtures("loaded")]


def test_every_audit_of_graphql_over_http_is_met(service: Service) -> None:
    report = json.loads(node("audit.mjs", f"{service.url}/graphql"))
    assert report == {"ok": 61, "notice": 0, "warn": 0, "error": 0, "failing": []}
