"""No query makes the service fail: schemathesis asks each root field with right and with wrong arguments."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import strawberry
from fastapi import FastAPI
from strawberry.fastapi import GraphQLRouter

from tests.clients.stored import schema
from tests.conftest import Service, served
from tests.contract.fuzz import schemathesis
from tests.fuzz.counted import COUNTED

CASES = int(os.environ.get("MSCEV_FUZZ_CASES", "20"))
IDS = ("HGNC:6018", "MONDO:0005178", "mscev:msc-ev", "CL:0000863", "mscev.ref:msc-ev/3", "nope", "")
TEXTS = ("IL-6", "macrophage", "Sjögren", "\\ \" ' ` $ {} \u2028 \U0001f9ec")


@pytest.mark.usefixtures("loaded")
@pytest.mark.tools  # a minute
def test_no_query_makes_the_service_fail(service: Service, tmp_path: Path) -> None:
    cursors = service.ask(
        """{ entities { pageInfo { endCursor } } claims { pageInfo { endCursor } }
             references { pageInfo { endCursor } } relations { pageInfo { endCursor } } }"""
    )
    values = {
        **dict.fromkeys(("id", "a", "b", "from", "to", "article", "ids[*]"), IDS),
        **dict.fromkeys(("text", "texts[*]"), TEXTS),
        **dict.fromkeys(("first", "limit"), (1, 2, 25, 100, 500)),
        **dict.fromkeys(("hops", "maxHops"), (1, 2, 3, 4)),
        "marker": (1, 33, 999),
        "after": [page["pageInfo"]["endCursor"] for page in cursors.values()],
    }
    run = schemathesis(f"{service.url}/graphql", tmp_path, CASES, values)
    query = schema().query_type
    assert query
    print(run.figures)  # noqa: T201 - `make fuzz` shows it
    COUNTED["GraphQL: schemathesis"] += run.figures["cases"]
    assert not run.failures, run.output
    assert run.figures["fields"] == len(query.fields), run.output
    assert run.figures["cases"] >= CASES * len(query.fields) // 2, run.output
    assert run.figures["well-formed and answered"] > 0, run.output


@strawberry.type
class Query:
    @strawberry.field
    def halved(self, number: int) -> float:
        return 1 / (number - 1)


@pytest.mark.tools
def test_a_service_that_fails_is_found(tmp_path: Path) -> None:
    app = FastAPI()
    app.include_router(GraphQLRouter(strawberry.Schema(Query)), prefix="/graphql")
    with served(app) as url:
        run = schemathesis(f"{url}/graphql", tmp_path, 20, {"number": [1, 2]})
    assert run.failures
    assert "division by zero" in run.output
