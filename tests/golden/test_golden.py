"""Each golden query still becomes its statement, which runs on the real Neo4j and gives its answer."""

from __future__ import annotations

import json

import pytest

from api.graphql.answer import At, FieldError
from api.graphql.engine import Engine, Request
from graph.connection import Database
from graph.statement import Statement
from tests.conftest import Service
from tests.golden.case import Case, cases, statement_of, told, written

pytestmark = pytest.mark.usefixtures("loaded")
CASES = cases()
RENEW = "renew with: .venv/bin/python -m tests.golden"


@pytest.fixture(scope="module")
def engine() -> Engine:
    """An engine that only makes plans."""
    return Engine(None)  # type: ignore[arg-type]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_query_becomes_its_statement(case: Case, engine: Engine) -> None:
    statement = statement_of(case, engine)
    assert written(statement) == case.cypher.read_text(encoding="utf-8"), RENEW


def test_a_page_beside_the_field_of_one_type_is_read_once(engine: Engine) -> None:
    """Its page size and filter come from variables, which are new objects each time that they are read."""
    page = "claims(first: $n, filter: $f) { totalCount nodes { id evidence { section } } }"
    ask = 'query($n: Int, $f: ClaimFilter) {{ entity(id: "GO:0070062") {{ id {0} {1} }} }}'
    variables = {"n": 3, "f": {"evidenceLevel": {"eq": "CLINICAL"}}}
    lengths = []
    for fragment in ("", "... on EvSubtype { minDiameterNm }"):
        prepared = engine.prepare(Request(ask.format(fragment, page), variables))
        lengths.append(len(prepared.plan.statement(prepared.variables).text))
    assert lengths[1] < lengths[0] + 100


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_statement_is_planned(case: Case, engine: Engine, database: Database) -> None:
    statement = statement_of(case, engine)
    database.rows(Statement(f"EXPLAIN {case.cypher.read_text(encoding='utf-8')}", statement.parameters))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_statement_gives_its_answer(case: Case, engine: Engine, service: Service) -> None:
    data = service.ask(case.request.query, **case.request.variables)
    expected = case.answer.read_text(encoding="utf-8")
    assert json.loads(told(statement_of(case, engine), data)) == json.loads(expected), RENEW


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_compiled_answer_is_that_of_the_walk(case: Case, engine: Engine, database: Database) -> None:
    """Nothing in a sound graph makes the expression give up, and both say the same in the same order."""
    plan = engine.prepare(case.request).plan
    row = database.value(statement_of(case, engine))
    errors: list[FieldError] = []
    assert json.dumps(plan.quick(row)) == json.dumps(plan.shape.read(row, At(errors)))
    assert errors == []
