"""What the service tells of itself, over the real graph: ids, metrics, and the doctor's findings."""

from __future__ import annotations

import http.server
import json
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from prometheus_client import Metric
from prometheus_client.parser import text_string_to_metric_families
from typer.testing import CliRunner, Result

from api.cli import app
from graph.connection import Database
from graph.indexes import statements
from graph.statement import Statement
from graph.target import Target
from graph.writer import LoadReport
from tests.conftest import NOWHERE, Service

OPERATIONS = (Path(__file__).parents[2] / "docs/operations.md").read_text(encoding="utf-8")


def _metrics(service: Service) -> list[Metric]:
    answer = httpx.get(f"{service.url}/metrics", timeout=60)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=")
    return list(text_string_to_metric_families(answer.text))


def _value(service: Service, name: str, **labels: str) -> float:
    return sum(
        sample.value
        for family in _metrics(service)
        for sample in family.samples
        if sample.name == name and labels.items() <= sample.labels.items()
    )


@pytest.mark.usefixtures("loaded")
class TestMetrics:
    def test_every_metric_is_described(self, service: Service) -> None:
        found = {
            f"{family.name}_total" if family.type == "counter" else family.name
            for family in _metrics(service)
        }
        table = OPERATIONS.partition("## Metrics")[2].partition("\n## ")[0]
        told = {
            name
            for row in re.findall(r"^\| (`[^|]*) \|", table, re.MULTILINE)
            for name in re.findall(r"`(\w+)`", row)
        }
        of_a_managed_one = {"mscev_neo4j_resident_memory_bytes", "mscev_neo4j_cpu_seconds"}
        assert told - of_a_managed_one == found

    def test_requests_are_told_apart_by_what_they_ask_for(self, service: Service) -> None:
        name, route = "mscev_request_seconds_count", "/graphql"
        before = {
            kind: _value(service, name, route=route, operation=kind)
            for kind in ("graph", "several", "refused")
        }
        service.ask("{ graph { release } }")
        service.ask("{ graph { release } articles { id } }")
        service.post("{ nothing }")
        after = {kind: _value(service, name, route=route, operation=kind) for kind in before}
        assert after == {kind: number + 1 for kind, number in before.items()}

    def test_kept_answers_and_plans_are_counted(self, service: Service) -> None:
        query = "{ diseases(first: 3) { nodes { id aKeptAnswer: name } } }"
        names = ("mscev_answer_cache_hits_total", "mscev_answer_cache_misses_total")
        before = [_value(service, name) for name in names]
        service.ask(query)
        service.ask(query)
        hits, misses = (_value(service, name) - b for name, b in zip(names, before, strict=True))
        assert hits + misses == 2
        assert misses == 1
        assert _value(service, "mscev_answer_cache_bytes") > 0
        assert _value(service, "mscev_plan_cache_plans") > 0

    def test_the_graph_is_told(self, service: Service, loaded: LoadReport) -> None:
        assert _value(service, "mscev_neo4j_up") == 1
        assert _value(service, "mscev_graph_info", release=loaded.release) == 1
        assert _value(service, "mscev_graph_generation") == loaded.generation
        in_use, idle = (
            _value(service, "mscev_neo4j_connections", state=state) for state in ("in_use", "idle")
        )
        assert in_use + idle >= 1

    def test_steps_of_cypher_are_counted(self, service: Service) -> None:
        path = "/db/{database}/query/v2"
        before = _value(service, "mscev_request_seconds_count", route=path, operation="run")
        body = {"statement": "RETURN 1 AS n"}
        assert httpx.post(f"{service.url}/db/neo4j/query/v2", json=body, timeout=60).status_code == 202
        assert _value(service, "mscev_request_seconds_count", route=path, operation="run") == before + 1


@pytest.mark.usefixtures("loaded")
class TestIds:
    def test_errors_of_graphql_name_their_request(self, service: Service) -> None:
        answer = httpx.post(
            f"{service.url}/graphql",
            json={"query": "{ nothing }"},
            headers={"X-Request-ID": "mine"},
            timeout=60,
        )
        assert answer.headers["x-request-id"] == "mine"
        assert {error["extensions"]["requestId"] for error in answer.json()["errors"]} == {"mine"}

    def test_errors_of_cypher_name_their_request(self, service: Service) -> None:
        answer = httpx.post(
            f"{service.url}/db/neo4j/query/v2",
            json={"statement": "CREATE (n)"},
            headers={"X-Request-ID": "mine"},
            timeout=60,
        )
        assert [error["requestId"] for error in answer.json()["errors"]] == ["mine"]

    def test_an_answer_without_errors_is_as_before(self, service: Service) -> None:
        assert "requestId" not in json.dumps(service.post("{ graph { release } }"))


@pytest.fixture
def named(target: Target, monkeypatch: pytest.MonkeyPatch) -> None:
    """The graph of this run as the one that NEO4J_URI names."""
    monkeypatch.setenv("NEO4J_URI", target.uri)
    monkeypatch.setenv("NEO4J_HTTP_URI", target.http_uri or "")
    monkeypatch.setenv("NEO4J_PASSWORD", target.password)


def _doctor(*options: str) -> tuple[Result, dict[str, dict[str, str]]]:
    done = CliRunner().invoke(app, ["doctor", "--json", *options], catch_exceptions=False)
    findings = json.loads(done.stdout)["findings"]
    return done, {finding["what"]: finding for finding in findings}


@pytest.mark.usefixtures("loaded", "named")
class TestDoctor:
    def test_a_good_graph_passes(self, target: Target, loaded: LoadReport) -> None:
        done, found = _doctor()
        assert done.exit_code == 0, found
        assert found["release"]["level"] == found["consistency"]["level"] == "ok"
        assert loaded.release[:16] in found["release"]["found"]
        assert found["indexes"]["level"] == found["packages"]["level"] == "ok"
        assert target.password not in done.stdout

    def test_a_broken_graph_fails_and_says_what_to_do(self, database: Database) -> None:
        read = Statement(
            "MATCH (:Entity)-[r:DECREASES]->() WHERE r.claimIds IS NOT NULL "
            "WITH r ORDER BY r.id LIMIT 1 RETURN [r.id, r.claimIds] AS value"
        )
        id_, old = database.value(read)
        change = "MATCH ()-[r:DECREASES {id: $id}]->() SET r.claimIds = $new"
        database.write(lambda tx: tx.run(change, {"id": id_, "new": ["mscev.claim:0"]}).consume())
        try:
            done, found = _doctor()
        finally:
            database.write(lambda tx: tx.run(change, {"id": id_, "new": old}).consume())
        assert done.exit_code == 1
        assert found["relation-claims"]["level"] == "fail"
        assert found["release"]["level"] == "fail"
        assert "load the source again" in found["relation-claims"]["todo"]

    def test_a_missing_index_fails(self, database: Database) -> None:
        name = "claim_by_place"
        text = dict(statements())[name].text
        database.write(lambda tx: tx.run(f"DROP INDEX {name}").consume())
        try:
            done, found = _doctor()
        finally:
            database.write(lambda tx: tx.run(text).consume())
            database.rows(Statement("CALL db.awaitIndexes(60)"))
        assert done.exit_code == 1
        assert name in found["indexes"]["found"]

    def test_offline_asks_nobody(self) -> None:
        done, found = _doctor("--offline")
        assert done.exit_code == 0
        assert not {"neo4j", "release", "indexes"} & set(found)

    def test_a_neo4j_that_is_not_there_is_one_finding(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("NEO4J_URI", NOWHERE.uri)
        done, found = _doctor()
        assert done.exit_code == 1
        assert found["neo4j"]["level"] == "fail"
        assert "does not answer" in found["neo4j"]["todo"]
        assert found["packages"]["level"] == "ok"


def test_the_port_of_another_program_is_told(served_by_nobody: int) -> None:
    _, found = _doctor("--offline", "--port", str(served_by_nobody))
    assert found["port"]["level"] == "warn"


@pytest.fixture
def served_by_nobody() -> Iterator[int]:
    """A port on which somebody listens and never answers as we do."""
    with http.server.HTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        yield int(other.server_address[1])
        other.shutdown()


@pytest.mark.usefixtures("loaded")
def test_a_load_under_way_is_told(service: Service, database: Database) -> None:
    begun = (
        "CREATE (:Load {id: 'a', state: 'LOADING', startedAt: datetime()}) "
        "WITH 1 AS x UNWIND [5000, 123] AS n CREATE (:LoadPart {id: 'a ' + n, load: 'a', records: n})"
    )
    gone = "MATCH (n) WHERE n:Load OR n:LoadPart DETACH DELETE n"
    database.write(lambda tx: tx.run(begun).consume())
    try:
        end = time.monotonic() + 30  # figures of the graph are read once a second
        while not _value(service, "mscev_load_records", source="a"):
            assert time.monotonic() < end
        assert _value(service, "mscev_load_records", source="a") == 5123
        assert _value(service, "mscev_loads_under_way", source="a", state="loading") == 1
    finally:
        database.write(lambda tx: tx.run(gone).consume())
