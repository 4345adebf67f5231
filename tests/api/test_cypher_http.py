"""Neo4j's Query API through the gate: formats, limits, transactions, the driver's http form, discovery."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import httpx
import neo4j
import pytest
from neo4j.exceptions import ClientError, Forbidden

from api.app import create_app
from api.observe.logs import CYPHER as LOGGER
from api.settings import ServiceSettings
from graph.connection import Database
from graph.statement import Statement
from graph.target import Target
from tests.conftest import Service, served

pytestmark = pytest.mark.usefixtures("loaded")
PATH = "/db/neo4j/query/v2"
OPEN = Statement(
    "SHOW TRANSACTIONS YIELD transactionId, currentQuery WHERE NOT currentQuery STARTS WITH 'SHOW' "
    "RETURN transactionId"
)
STREAMED = "UNWIND [1, 2, 3] AS x RETURN x"
CAPPED = "UNWIND range(1, 101) AS y RETURN y"
TYPED, LINES = "application/vnd.neo4j.query", "application/jsonl"


def ask(url: str, statement: str, accept: str = "application/json", **fields: Any) -> httpx.Response:
    return httpx.post(
        url + PATH, json={"statement": statement, **fields}, headers={"accept": accept}, timeout=60
    )


def direct(target: Target, statement: str, accept: str, **fields: Any) -> httpx.Response:
    """What Neo4j itself answers."""
    body = {"statement": statement, "accessMode": "Read", **fields}
    return httpx.post(
        f"{target.http_uri}{PATH}", json=body, headers={"accept": accept}, auth=target.auth, timeout=60
    )


@pytest.fixture(scope="module")
def strict(target: Target, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A service with narrow limits and a log."""
    log = tmp_path_factory.mktemp("log") / "cypher.log"
    settings = ServiceSettings(
        cypher_timeout=2,
        cypher_max_rows=100,
        cypher_max_bytes=20_000,
        cypher_max_body=2_000,
        cypher_client_concurrency=2,
        cypher_client_transactions=2,
        cypher_transaction_seconds=1.5,
        cypher_log=log,
        cypher_log_text=True,
    )
    with served(create_app(target, settings)) as url:
        yield url, log
    for handler in list(LOGGER.handlers):
        handler.close()
        LOGGER.removeHandler(handler)
    LOGGER.setLevel(logging.NOTSET)


STATEMENT = (
    "MATCH (c:Claim)-[r:SUBJECT]->(e) RETURN c.id AS id, e, r, 1.5 AS f, date('2026-01-02') AS d "
    "ORDER BY id LIMIT 3"
)


@pytest.mark.parametrize("accept", ["application/json", TYPED, "application/vnd.neo4j.query.v1.1", LINES])
def test_an_answer_is_that_of_neo4j(service: Service, target: Target, accept: str) -> None:
    ours, theirs = ask(service.url, STATEMENT, accept), direct(target, STATEMENT, accept)
    assert ours.status_code == theirs.status_code == 202
    assert ours.headers["content-type"] == theirs.headers["content-type"]
    timings = ("resultAvailableAfter", "resultConsumedAfter", "bookmarks", "Summary")
    for a, b in zip(ours.text.splitlines(), theirs.text.splitlines(), strict=True):
        left, right = json.loads(a), json.loads(b)
        if left.get("$event") == "Summary":
            assert set(left["_body"]) == set(right["_body"])
            continue
        for name in timings:
            assert (name in left) == (name in right)
            left.pop(name, None)
            right.pop(name, None)
        assert left == right


def test_parameters_counters_and_plans(service: Service) -> None:
    asked: dict[str, Any] = {
        "parameters": {"id": "HGNC:6018", "n": {"a": [1, None, "x"]}},
        "includeCounters": True,
    }
    answer = ask(service.url, "MATCH (e:Entity {id: $id}) RETURN e.name, $n", **asked).json()
    assert answer["data"]["values"] == [["IL6", {"a": [1, None, "x"]}]]
    assert answer["counters"]["containsUpdates"] is False
    assert ask(service.url, "EXPLAIN MATCH (n) RETURN n").json()["queryPlan"]["operatorType"]


def test_an_error_is_neo4js_with_our_reason(service: Service) -> None:
    answer = ask(service.url, "RETURN x")
    assert answer.status_code == 400
    error = answer.json()["errors"][0]
    assert error["code"] == "Neo.ClientError.Statement.SyntaxError"
    assert "column 8" in error["message"]
    assert error["reason"] == "DATABASE_REJECTED"
    late = ask(service.url, "UNWIND [1, 0] AS x RETURN 1 / x")
    assert late.json()["errors"][0]["code"] == "Neo.ClientError.Statement.ArithmeticError"
    assert "data" not in late.json()
    events = [
        json.loads(line)
        for line in ask(service.url, "UNWIND [1, 0] AS x RETURN 1 / x", LINES).text.splitlines()
    ]
    assert [event["$event"] for event in events] == ["Header", "Record", "Error"]


def test_texts_that_look_like_errors_are_data(service: Service) -> None:
    words = '{"errors":[{"code":"x"}]} {"$event":"Error"}'
    assert ask(service.url, "RETURN $w", parameters={"w": words}).json()["data"]["values"] == [[words]]
    lines = ask(service.url, "UNWIND [1, 2] AS x RETURN $w", LINES, parameters={"w": words}).text.splitlines()
    assert [json.loads(line)["$event"] for line in lines] == ["Header", "Record", "Record", "Summary"]


@pytest.mark.parametrize(
    ("statement", "limit"),
    [
        ("UNWIND range(1, 101) AS x RETURN x", "rows"),
        ("UNWIND range(1, 90) AS x RETURN [y IN range(1, 200) | y]", "bytes"),
    ],
)
def test_caps_end_in_an_error_that_names_them(strict: tuple[str, Path], statement: str, limit: str) -> None:
    url, _ = strict
    whole = ask(url, statement)
    assert whole.status_code == 400
    error = whole.json()["errors"][0]
    assert (error["reason"], error["message"].partition(":")[0]) == ("LIMIT_EXCEEDED", limit)
    events = [json.loads(line) for line in ask(url, statement, LINES).text.splitlines()]
    assert events[-1]["$event"] == "Error"
    assert events[-1]["_body"] == [error | {"requestId": events[-1]["_body"][0]["requestId"]}]
    records = [event for event in events if event["$event"] == "Record"]
    assert len(records) == 100 if limit == "rows" else len(records) < 90


def test_an_answer_at_the_cap_is_whole(strict: tuple[str, Path]) -> None:
    url, _ = strict
    assert len(ask(url, "UNWIND range(1, 100) AS x RETURN x, [1, 2]").json()["data"]["values"]) == 100
    events = ask(url, "UNWIND range(1, 100) AS x RETURN x", LINES).text.splitlines()
    assert json.loads(events[-1])["$event"] == "Summary"
    assert len(events) == 102


@pytest.mark.parametrize("accept", ["application/json", LINES])
def test_a_long_query_is_ended(strict: tuple[str, Path], accept: str) -> None:
    url, _ = strict
    answer = ask(url, "UNWIND range(1, 1000000000000) AS x RETURN max(x)", accept)
    last = json.loads(answer.text.splitlines()[-1])
    error = (last.get("errors") or last["_body"])[0]
    assert error["reason"] == "QUERY_TIMEOUT"
    assert "2 s" in error["message"]


def test_a_client_has_so_many_under_way(strict: tuple[str, Path]) -> None:
    url, _ = strict
    with ThreadPoolExecutor(6) as pool:
        slow = "UNWIND range(1, 1000000000000) AS x RETURN max(x)"
        answers = list(pool.map(lambda _: ask(url, slow), range(6)))
    refused = [answer for answer in answers if answer.status_code == 429]
    assert len(refused) >= 3
    assert refused[0].headers["retry-after"] == "1"
    assert refused[0].json()["errors"][0]["reason"] == "TOO_MANY_REQUESTS"
    assert ask(url, "RETURN 1").status_code == 202


def test_bodies_have_a_size_and_a_form(strict: tuple[str, Path]) -> None:
    url, _ = strict
    large = httpx.post(url + PATH, json={"statement": "RETURN 1 //" + "x" * 3000}, timeout=60)
    assert large.status_code == 413
    assert "2000 bytes" in large.json()["errors"][0]["message"]
    parts = httpx.post(
        url + PATH, content=iter([b"x" * 1500] * 3), headers={"content-type": "application/json"}, timeout=60
    )
    assert parts.status_code == 413
    for body, words in (
        (b"{", "not JSON"),
        (b"[]", "one JSON object"),
        (b"{}", "statement"),
        (b'{"statement": 1}', "statement must be a text"),
        (b'{"statement": "RETURN 1", "parameters": []}', "parameters must be an object"),
        (b'{"statement": "RETURN 1", "maxExecutionTime": 0}', "1 s or more"),
    ):
        answer = httpx.post(
            url + PATH, content=body, headers={"content-type": "application/json"}, timeout=60
        )
        assert answer.status_code == 400
        assert words in answer.json()["errors"][0]["message"]
    plain = httpx.post(
        url + PATH, content=b'{"statement": "RETURN 1"}', headers={"content-type": "text/plain"}, timeout=60
    )
    assert plain.status_code == 415


def test_transactions_run_commit_and_roll_back(service: Service) -> None:
    tx = f"{service.url}{PATH}/tx"
    begun = httpx.post(tx, json={}, timeout=60).json()["transaction"]["id"]
    ran = httpx.post(f"{tx}/{begun}", json={"statement": "RETURN 1 AS x"}, timeout=60)
    assert ran.json()["data"]["values"] == [[1]]
    refused = httpx.post(f"{tx}/{begun}", json={"statement": "CREATE (n)"}, timeout=60)
    assert refused.json()["errors"][0]["code"] == "Neo.ClientError.Statement.AccessMode"
    assert (
        httpx.post(f"{tx}/{begun}/commit", json={"statement": "RETURN 2 AS x"}, timeout=60).status_code == 202
    )
    assert httpx.post(f"{tx}/{begun}/commit", json={}, timeout=60).status_code == 404
    with_statement = httpx.post(tx, json={"statement": "RETURN 3 AS x"}, timeout=60).json()
    assert with_statement["data"]["values"] == [[3]]
    other = with_statement["transaction"]["id"]
    assert httpx.delete(f"{tx}/{other}", timeout=60).status_code == 200
    assert httpx.delete(f"{tx}/{other}", timeout=60).status_code == 404
    assert httpx.post(f"{tx}/abcdef", json={"statement": "RETURN 1"}, timeout=60).status_code == 404


def test_transactions_are_few_and_short(strict: tuple[str, Path]) -> None:
    url, _ = strict
    tx = f"{url}{PATH}/tx"
    ids = [httpx.post(tx, json={}, timeout=60).json()["transaction"]["id"] for _ in range(2)]
    assert httpx.post(tx, json={}, timeout=60).status_code == 429
    with httpx.Client(timeout=60) as client:
        while client.post(f"{tx}/{ids[0]}", json={"statement": "RETURN 1"}).status_code == 202:
            pass
        while (opened := client.post(tx, json={})).status_code == 429:
            pass
    assert opened.status_code == 202
    assert httpx.delete(f"{tx}/{opened.json()['transaction']['id']}", timeout=60).status_code == 200


def test_a_capped_answer_ends_its_transaction_in_neo4j_too(
    strict: tuple[str, Path], database: Database
) -> None:
    url, _ = strict
    tx = f"{url}{PATH}/tx"
    opened = httpx.post(tx, json={}, timeout=60)
    while opened.status_code == 429:  # those of other tests end by themselves
        sleep(0.1)
        opened = httpx.post(tx, json={}, timeout=60)
    address = f"{tx}/{opened.json()['transaction']['id']}"
    before = database.rows(OPEN)[1]
    assert before
    body = {"statement": "UNWIND range(1, 101) AS x RETURN x"}
    answer = httpx.post(address, json=body, headers={"accept": LINES}, timeout=60)
    assert json.loads(answer.text.splitlines()[-1])["_body"][0]["reason"] == "LIMIT_EXCEEDED"
    assert httpx.post(f"{address}/commit", json={}, timeout=60).status_code == 404
    deadline = monotonic() + 1  # long before its own time is over
    while set(map(tuple, before)) & set(map(tuple, database.rows(OPEN)[1])):
        assert monotonic() < deadline
        sleep(0.05)


def test_discovery_is_for_clients_and_the_explorer_for_people(service: Service) -> None:
    found = httpx.get(service.url, headers={"accept": "application/json"}, timeout=60)
    assert found.json()["query"] == f"{service.url}/db/{{databaseName}}/query/v2"
    assert found.json()["neo4j_version"].startswith("2026.")
    assert "bolt" not in found.text
    assert "<html" in httpx.get(service.url, timeout=60).text
    assert (
        "<html" in httpx.get(service.url, headers={"accept": "text/html,application/json"}, timeout=60).text
    )


@pytest.mark.filterwarnings("ignore::neo4j.warnings.PreviewWarning")
def test_the_driver_speaks_to_it_by_http(service: Service) -> None:
    with neo4j.GraphDatabase.driver(service.url, auth=("anybody", "anything")) as driver:
        found = driver.execute_query(
            "MATCH (e:Entity {id: $id}) RETURN e, e.name AS name", id="HGNC:6018", database_="neo4j"
        )
        assert found.records[0]["name"] == "IL6"
        assert "Cytokine" in found.records[0]["e"].labels
        with driver.session(database="neo4j") as session:
            record = session.run("RETURN $x AS x", x=[1, 2.5, None, {"a": "b"}]).single(strict=True)
            assert record["x"] == [1, 2.5, None, {"a": "b"}]
            twice = session.execute_read(
                lambda tx: [tx.run(f"RETURN {n} AS x").single(strict=True)[0] for n in (1, 2)]
            )
            assert twice == [1, 2]
            with pytest.raises(ClientError) as raised:
                session.execute_write(lambda tx: tx.run("CREATE (n)").consume())
            assert raised.value.code == "Neo.ClientError.Statement.AccessMode"
            with pytest.raises(Forbidden, match="LOAD CSV"):
                session.run("LOAD CSV FROM 'http://127.0.0.1:1/' AS l RETURN l").consume()


@pytest.mark.parametrize("http_uri", [None, "http://127.0.0.1:1"])
def test_without_the_http_port_the_setting_is_named(target: Target, http_uri: str | None) -> None:
    with served(create_app(replace(target, http_uri=http_uri))) as url:
        answer = ask(url, "RETURN 1")
        assert answer.status_code == 503
        assert answer.headers["retry-after"] == "5"
        error = answer.json()["errors"][0]
        assert error["reason"] == "DATABASE_UNAVAILABLE"
        assert "NEO4J_HTTP_URI" in error["message"]
        assert "127.0.0.1" not in error["message"]
        assert httpx.get(url, headers={"accept": "application/json"}, timeout=60).status_code == 503
        assert httpx.get(f"{url}/health/ready", timeout=60).status_code == 200


def test_the_log_says_what_was_asked(strict: tuple[str, Path]) -> None:
    url, log = strict
    ask(url, "RETURN 12321 AS logged")
    ask(url, STREAMED, LINES)
    ask(url, CAPPED, LINES)
    ask(url, "CALL dbms.listConfig()")
    lines: list[dict[str, Any]] = []
    deadline = monotonic() + 30
    while "CALL dbms.listConfig()" not in {line.get("text") for line in lines}:  # written after the answer
        assert monotonic() < deadline
        lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    passed = next(line for line in lines if line.get("text") == "RETURN 12321 AS logged")
    assert (passed["verdict"], passed["step"], passed["client"]) == ("PASSED", "run", "127.0.0.1")
    assert passed["bytes"] > 0
    assert passed["rows"] == 1
    assert passed["ms"] > 0
    rows = {line.get("text"): line["rows"] for line in lines}
    assert (rows[STREAMED], rows[CAPPED]) == (3, 100)
    refused = next(line for line in lines if line.get("text") == "CALL dbms.listConfig()")
    assert refused["verdict"] == "STATEMENT_REFUSED"
    assert len(refused["statement"]) == 16
