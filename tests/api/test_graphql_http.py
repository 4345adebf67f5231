"""GraphQL over HTTP: methods, media types, statuses, entity tags, compression, trusted documents, time."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.app import create_app
from api.graphql.schema import schema
from api.graphql.trusted import read_trusted
from api.settings import ServiceSettings
from graph.connection import Database
from graph.statement import Statement
from graph.target import Target
from graph.writer import LoadReport
from schema.errors import InvalidSource
from tests.conftest import Service, served

pytestmark = pytest.mark.usefixtures("loaded")

JSON = "application/json"
RESPONSE = "application/graphql-response+json"
QUERY = "query($id: ID!) { entity(id: $id) { name } }"
IL6 = '{"id": "HGNC:6018"}'


@pytest.fixture
def client(service: Service) -> Iterator[httpx.Client]:
    """A client of /graphql."""
    with httpx.Client(base_url=service.url, timeout=60) as made:
        yield made


def _get(client: httpx.Client, query: str = QUERY, variables: str = IL6, **headers: str) -> httpx.Response:
    return client.get("/graphql", params={"query": query, "variables": variables}, headers=headers)


def test_an_answer_carries_its_cost_and_the_release(client: httpx.Client, loaded: LoadReport) -> None:
    answer = client.post("/graphql", json={"query": "{ diseases(first: 2) { nodes { id } } }"}).json()
    assert answer["extensions"] == {"cost": 4, "release": loaded.release}


@pytest.mark.parametrize(("accept", "media"), [(JSON, JSON), (RESPONSE, RESPONSE), ("*/*", JSON), ("", JSON)])
def test_the_media_type_is_what_is_accepted(client: httpx.Client, accept: str, media: str) -> None:
    answer = _get(client, accept=accept)
    assert answer.headers["content-type"] == f"{media}; charset=utf-8"
    assert answer.json()["data"] == {"entity": {"name": "IL6"}}


@pytest.mark.parametrize(
    "query", ["{", "{ nope }", "{ claims(first: 0) { totalCount } }", "query($n: Int!) { graph { release } }"]
)
def test_a_refused_request_has_no_data(client: httpx.Client, query: str) -> None:
    for accept, status in ((JSON, 200), (RESPONSE, 400)):
        answer = client.post("/graphql", json={"query": query}, headers={"accept": accept})
        assert answer.status_code == status
        assert "data" not in answer.json()
        assert answer.json()["errors"][0]["extensions"]["code"]


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"method": "PUT"}, 405, "METHOD_NOT_ALLOWED"),
        ({"headers": {"accept": "image/png"}}, 406, "NOT_ACCEPTABLE"),
        ({"headers": {"content-type": "text/plain"}}, 415, "UNSUPPORTED_MEDIA_TYPE"),
        ({"content": b"{"}, 400, "BAD_REQUEST"),
        ({"content": b'[{"query": "{ graph { release } }"}]'}, 400, "BAD_REQUEST"),
        ({"content": b"{}"}, 400, "BAD_USER_INPUT"),
        ({"content": b'{"query": 1}'}, 400, "BAD_REQUEST"),
        ({"content": b'{"query": "{ graph { release } }", "variables": []}'}, 400, "BAD_REQUEST"),
        ({"content": b"[" * 200_000}, 400, "BAD_REQUEST"),
        ({"content": b" " * 300_000}, 413, "LIMIT_EXCEEDED"),
        ({"content": b'{"documentId": "nope"}'}, 400, "DOCUMENT_NOT_FOUND"),
    ],
)
def test_what_is_no_graphql_request_is_told(
    client: httpx.Client, change: dict[str, Any], status: int, code: str
) -> None:
    headers = {"content-type": JSON} | change.pop("headers", {})
    request = {"method": "POST", "url": "/graphql", "content": b'{"query": "{ graph { release } }"}'}
    answer = client.request(**(request | change), headers=headers)
    assert answer.status_code == status
    assert answer.json()["errors"][0]["extensions"]["code"] == code
    assert (status == 405) == ("allow" in answer.headers)


def test_a_body_without_a_length_is_measured_as_it_comes(client: httpx.Client) -> None:
    def parts() -> Iterator[bytes]:
        for _ in range(40):
            yield b" " * 10_000

    assert client.post("/graphql", content=parts(), headers={"content-type": JSON}).status_code == 413


def test_the_operation_is_chosen_by_name(client: httpx.Client) -> None:
    query = "query A { graph { claims } } query B { diseases { totalCount } }"
    named = client.post("/graphql", json={"query": query, "operationName": "B"}).json()
    assert set(named["data"]) == {"diseases"}
    for name in (None, "C"):
        answer = client.post("/graphql", json={"query": query, "operationName": name}).json()
        assert "A, B" in answer["errors"][0]["message"]


def test_an_entity_tag_saves_the_body(client: httpx.Client) -> None:
    first = _get(client)
    assert first.headers["cache-control"] == "no-cache"
    assert "accept-encoding" in first.headers["vary"]
    tag = first.headers["etag"]
    again = _get(client, **{"if-none-match": f'"other", {tag}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tag
    assert _get(client, variables='{"id": "HGNC:5962"}', **{"if-none-match": tag}).status_code == 200
    assert "etag" not in _get(client, query="{ nope }").headers


def test_large_answers_are_compressed_where_that_is_accepted(client: httpx.Client) -> None:
    query = "{ claims(first: 50) { nodes { id statement } } }"
    plain = _get(client, query, "{}", **{"accept-encoding": "identity"})
    packed = _get(client, query, "{}", **{"accept-encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.json() == plain.json()
    assert packed.headers["etag"] == plain.headers["etag"]
    assert "content-encoding" not in _get(client, **{"accept-encoding": "gzip"}).headers


def test_origins_are_named_by_a_setting(target: Target, service: Service) -> None:
    headers = {"origin": "https://app.example.org"}
    assert (
        "access-control-allow-origin"
        not in httpx.get(f"{service.url}/health/live", headers=headers, timeout=60).headers
    )
    with served(create_app(target, ServiceSettings(cors_origins=["https://app.example.org"]))) as url:
        answer = httpx.get(
            f"{url}/graphql", params={"query": "{ graph { claims } }"}, headers=headers, timeout=60
        )
        assert answer.headers["access-control-allow-origin"] == "https://app.example.org"
        asked = headers | {
            "access-control-request-method": "POST",
            "access-control-request-headers": "content-type",
        }
        assert httpx.options(f"{url}/graphql", headers=asked, timeout=60).status_code == 200
        other = httpx.get(f"{url}/graphql", headers={"origin": "https://evil.example"}, timeout=60)
        assert "access-control-allow-origin" not in other.headers


def test_trusted_documents(target: Target, tmp_path: Path) -> None:
    (tmp_path / "name.graphql").write_text(QUERY)
    id_ = hashlib.sha256(QUERY.encode()).hexdigest()
    settings = ServiceSettings(graphql_documents=tmp_path, graphql_trusted_only=True)
    with served(create_app(target, settings)) as url:
        for document in (id_, f"sha256:{id_}", "name"):
            answer = httpx.get(
                f"{url}/graphql", params={"documentId": document, "variables": IL6}, timeout=60
            )
            assert answer.json()["data"] == {"entity": {"name": "IL6"}}
            assert answer.headers["etag"]
        refused = httpx.post(f"{url}/graphql", json={"query": QUERY}, timeout=60).json()
        assert refused["errors"][0]["extensions"]["code"] == "DOCUMENT_NOT_TRUSTED"


def test_a_bad_trusted_document_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "bad.graphql").write_text("{\n  nope\n}")
    with pytest.raises(InvalidSource, match=r"bad\.graphql:2:3: .*nope"):
        read_trusted(tmp_path, schema())


def _slow(times: int) -> str:
    """Return a query that looks for related claims of related claims, again and again.

    No two parts are equal: equal ones would be read once.
    """
    nodes = "nodes { related(kind: EXPLAINS) { id related(kind: EXPLAINS) { id } } }"
    return "{ " + " ".join(f"c{i}: claims(first: {300 - i}) {{ {nodes} }}" for i in range(times)) + " }"


def test_a_client_has_so_many_requests_under_way(target: Target) -> None:
    slow = _slow(1)
    settings = ServiceSettings(client_concurrency=2, answer_cache_mb=0, query_timeout=120)
    with served(create_app(target, settings)) as url:
        answers: list[httpx.Response] = []

        def ask() -> None:
            answers.append(httpx.post(f"{url}/graphql", json={"query": slow}, timeout=120))

        threads = [threading.Thread(target=ask) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        by_status = {status: [a for a in answers if a.status_code == status] for status in (200, 429)}
        assert len(by_status[200]) + len(by_status[429]) == 8
        assert len(by_status[200]) >= 2
        assert by_status[429]
        assert all(a.headers["retry-after"] == "1" for a in by_status[429])
        assert by_status[429][0].json()["errors"][0]["extensions"]["code"] == "TOO_MANY_REQUESTS"
        assert (
            httpx.post(f"{url}/graphql", json={"query": "{ graph { claims } }"}, timeout=60).status_code
            == 200
        )


def test_a_slow_query_is_ended_here_and_in_neo4j(target: Target, database: Database) -> None:
    slow = _slow(20)  # each part alone takes the time that there is for all
    wide = ServiceSettings(
        query_timeout=0.05,
        graphql_max_aliases=200,
        graphql_max_tokens=10_000,
        graphql_max_cost=100_000_000,
    )
    with served(create_app(target, wide)) as url:
        answer = httpx.post(f"{url}/graphql", json={"query": slow}, timeout=60)
        assert answer.status_code == 504
        assert answer.json()["errors"][0]["extensions"]["code"] == "QUERY_TIMEOUT"
        assert "0.05 s" in answer.json()["errors"][0]["message"]
    under_way = Statement(
        "SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery STARTS WITH 'RETURN [' RETURN count(*)"
    )
    deadline = time.monotonic() + 10
    while database.rows(under_way)[1] != [[0]]:
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_a_stored_value_that_breaks_the_schema_is_told_with_its_path(
    service: Service, database: Database
) -> None:
    """Null goes up to the next field that may be null, as the specification wants."""
    change = "MATCH (n:Entity {id: 'MONDO:0005178'}) SET n.name = $name"
    known = "MATCH (n:Entity {id: 'MONDO:0005178'}) RETURN n.name AS value"
    name = database.value(Statement(known))
    database.write(lambda tx: tx.run(change, {"name": None}).consume())
    try:
        query = (
            '{ broken: entity(id: "MONDO:0005178") { id name } whole: entity(id: "HGNC:6018") { name } %s }'
        )
        answer = service.post(query % "")
        assert answer["data"] == {"broken": None, "whole": {"name": "IL6"}}
        (error,) = answer["errors"]
        assert error["path"] == ["broken", "name"]
        assert error["extensions"]["code"] == "INTERNAL"
        listed = 'nodes(ids: ["HGNC:6018", "MONDO:0005178"]) { ... on Entity { name } }'
        answer = service.post(query % listed)
        assert answer["data"]["nodes"] == [{"name": "IL6"}, None]
        assert [e["path"] for e in answer["errors"]] == [["broken", "name"], ["nodes", 1, "name"]]
        answer = service.post('{ diseases(filter: {id: {eq: "MONDO:0005178"}}) { nodes { name } } }')
        assert answer["data"] is None
        assert answer["errors"][0]["path"] == ["diseases", "nodes", 0, "name"]
    finally:
        database.write(lambda tx: tx.run(change, {"name": name}).consume())
