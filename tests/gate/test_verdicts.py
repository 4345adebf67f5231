"""Text and plan together, on the real Neo4j: what passes, what does not, and that nothing is done."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.connection import Database
from graph.gate import Explained, Gate, judge
from schema.errors import DatabaseRejected, MscevError, StatementRefused
from tests.gate.state import everything
from tests.gate.statements import FETCHES, READS, REVEALS, WRITES

SECONDS = 20.0
REFUSED = [*WRITES, *(text.format(url="http://127.0.0.1:1/") for text in FETCHES), *REVEALS]


@pytest.fixture(scope="module", autouse=True)
def _unchanged(database: Database, loaded: object) -> Iterator[None]:
    """Whatever these tests ask, the graph stays as it is."""
    before = everything(database)
    yield
    assert everything(database) == before


def passes(database: Database, text: str) -> None:
    """Raise where the gate does not let a text through."""
    judge(database.explain(text, SECONDS))


@pytest.mark.parametrize("text", READS)
def test_a_read_passes(database: Database, text: str) -> None:
    passes(database, text)


@pytest.mark.parametrize("text", REFUSED)
def test_what_does_more_does_not_pass(database: Database, text: str) -> None:
    with pytest.raises((StatementRefused, DatabaseRejected)) as raised:
        passes(database, text)
    if isinstance(raised.value, DatabaseRejected):
        # then it is no Cypher at all, and Neo4j would say the same without the gate
        assert str(raised.value.values["neo4j_code"]).startswith("Neo.ClientError.Statement.")


WRAPPERS = (
    "{}",
    "CALL {{ {} }} RETURN 1 AS one",
    "UNWIND [1] AS x CALL (x) {{ {} }} RETURN x",
    "MATCH (a:Claim) WITH a LIMIT 1 CALL {{ {} }} RETURN a.id",
    "RETURN EXISTS {{ {} }} AS x",
    "RETURN COUNT {{ {} }} AS x",
    "RETURN COLLECT {{ {} }} AS x",
    "RETURN [x IN [1] WHERE EXISTS {{ {} }} | x] AS x",
    "RETURN reduce(a = 0, x IN [1] | a + COUNT {{ {} }}) AS x",
    "RETURN CASE WHEN true THEN COLLECT {{ {} }} ELSE [] END AS x",
    "RETURN 1 AS one UNION ALL {}",
    "EXPLAIN {}",
    "CYPHER 25 {}",
    "CYPHER 5 EXPLAIN {}",
    "RETURN 1 AS one; {}",
    "/* a */ {} // b",
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from([text for text in REFUSED if not text.startswith(("EXPLAIN", "CYPHER"))]),
    st.lists(st.sampled_from(WRAPPERS), min_size=1, max_size=3),
)
def test_no_statement_with_a_forbidden_part_passes(
    database: Database, part: str, wrappers: list[str]
) -> None:
    text = part
    for wrapper in wrappers:
        text = wrapper.format(text)
    with pytest.raises(MscevError):
        passes(database, text)


def test_a_write_has_the_code_of_neo4j(database: Database) -> None:
    with pytest.raises(StatementRefused) as raised:
        passes(database, "CREATE (n)")
    assert raised.value.values["neo4j_code"] == "Neo.ClientError.Statement.AccessMode"


def test_what_no_list_knows_is_refused() -> None:
    plan = {"operatorType": "ProduceResults@neo4j", "children": [{"operatorType": "Teleport@neo4j"}]}
    with pytest.raises(StatementRefused, match="Teleport"):
        judge(Explained("r", plan))
    locking = {"operatorType": "NodeUniqueIndexSeek(Locking)@neo4j"}
    with pytest.raises(StatementRefused, match="Locking"):
        judge(Explained("r", locking))
    called = {"operatorType": "ProcedureCall@neo4j", "arguments": {"Details": "my.own() :: (x :: STRING)"}}
    with pytest.raises(StatementRefused, match=r"my\.own"):
        judge(Explained("r", called))
    function = {"operatorType": "Projection@neo4j", "arguments": {"Details": "my.own($x) AS y"}}
    with pytest.raises(StatementRefused, match=r"my\.own"):
        judge(Explained("r", function))
    with pytest.raises(StatementRefused):
        judge(Explained("", {"operatorType": "ProduceResults"}))


def test_a_text_in_a_plan_is_no_function() -> None:
    details = "n.name = 'my.own(' AND n.x = \"a.b(\""
    judge(Explained("r", {"operatorType": "Filter@neo4j", "arguments": {"Details": details}}))


def test_verdicts_are_kept_and_bounded() -> None:
    gate = Gate(kept=2)
    plan = Explained("r", {"operatorType": "ProduceResults@neo4j"})
    for number in range(3):
        gate.admit(f"RETURN {number}", plan)
    assert [gate.knows(f"RETURN {number}") for number in range(3)] == [False, True, True]
    with pytest.raises(StatementRefused):
        gate.admit("CREATE (n)", Explained("w", plan.plan))
    assert not gate.knows("CREATE (n)")
