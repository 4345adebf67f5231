"""What was tried against open Cypher boxes: nothing is written, fetched or revealed; the service answers."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from graph.connection import Database
from graph.target import Target
from tests.conftest import Service
from tests.gate.state import everything
from tests.gate.statements import FETCHES, REVEALS, WRITES

PATH = "/db/neo4j/query/v2"
JSON = {"content-type": "application/json"}


class Listener(threading.Thread):
    """Counts who comes."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.visits = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/secret.csv"

    def run(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.visits += 1
            connection.close()

    def close(self) -> None:
        self._socket.close()


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    found = Listener()
    found.start()
    yield found
    found.close()


@pytest.fixture(scope="module", autouse=True)
def _unharmed(database: Database, loaded: object, service: Service, listener: Listener) -> Iterator[None]:
    """After everything: nothing written, nothing fetched, the service answers."""
    before = everything(database)
    yield
    assert everything(database) == before
    assert listener.visits == 0
    assert post(service, {"statement": "RETURN 1 AS x"}).json()["data"]["values"] == [[1]]


def post(service: Service, body: dict[str, Any], path: str = PATH, **headers: str) -> httpx.Response:
    return httpx.post(service.url + path, json=body, headers=headers, timeout=60)


def assert_refused(answer: httpx.Response, target: Target) -> None:
    """An error and nothing else, which tells nothing of the server."""
    assert answer.status_code in {400, 404, 405, 413, 415}, answer.text
    assert "data" not in answer.text[:10]
    for secret in (
        target.password,
        str(target.http_uri),
        target.uri,
        "/neo4j/",
        "password",
        "listen_address",
    ):
        assert secret not in answer.text


@pytest.mark.parametrize("accept", ["application/json", "application/jsonl"])
@pytest.mark.parametrize("statement", [*WRITES, *REVEALS])
def test_what_writes_or_reveals(service: Service, target: Target, statement: str, accept: str) -> None:
    answer = post(service, {"statement": statement}, accept=accept)
    if "password" in statement.lower():
        assert answer.status_code == 400
        assert "gate-password" not in answer.text
    else:
        assert_refused(answer, target)


@pytest.mark.parametrize("statement", FETCHES)
def test_what_fetches(service: Service, target: Target, listener: Listener, statement: str) -> None:
    text = statement.format(url=listener.url)
    assert_refused(post(service, {"statement": text, "parameters": {"url": listener.url}}), target)
    assert listener.visits == 0


@pytest.mark.parametrize("statement", [WRITES[0], FETCHES[0], REVEALS[0], "CALL dbms.listConfig()"])
def test_a_transaction_is_no_way_in(
    service: Service, target: Target, listener: Listener, statement: str
) -> None:
    text = statement.format(url=listener.url)
    begun = post(service, {}, f"{PATH}/tx").json()["transaction"]["id"]
    assert_refused(post(service, {"statement": text}, f"{PATH}/tx/{begun}"), target)
    assert_refused(post(service, {"statement": text}, f"{PATH}/tx/{begun}/commit"), target)
    assert_refused(post(service, {"statement": text}, f"{PATH}/tx"), target)
    httpx.delete(f"{service.url}{PATH}/tx/{begun}", timeout=60)


def test_a_parameter_is_a_value(service: Service) -> None:
    text = "x'}) CREATE (n:Gate) RETURN n //"
    answer = post(service, {"statement": "MATCH (n {id: $id}) RETURN n", "parameters": {"id": text}})
    assert answer.json()["data"]["values"] == []
    labels = post(service, {"statement": "MATCH (n:$($label)) RETURN n", "parameters": {"label": text}})
    assert labels.json()["data"]["values"] == []


@pytest.mark.parametrize(
    "body",
    [
        b'{"statement": "RETURN 1", "statement": "CREATE (n:Gate)"}',
        b'{"statement": "CREATE (n:Gate)", "accessMode": "Write"}',
        b'{"statement": "CREATE (n:Gate)", "accessMode": "Read", "accessMode": "Write"}',
        b'{"statement": "RETURN 1", "impersonatedUser": "neo4j"}',
        b'{"statement": "RETURN 1", "txMetadata": {"a": 1}}',
        b'{"statement": "RETURN 1", "database": "system"}',
        b'{"statement": "RETURN 1", "Statement": "CREATE (n:Gate)"}',
        b'{"statements": [{"statement": "CREATE (n:Gate)"}]}',
        b'[{"statement": "CREATE (n:Gate)"}]',
        b'\xef\xbb\xbf{"statement": "CREATE (n:Gate)"}',
        '{"statement": "CREATE (n:Gate)"}'.encode("utf-16"),
        b'{"statement": "C\\u0052EATE (n:Gate)"}',
        b'{"statement": "RETURN 1\\u0000CREATE (n:Gate)"}',
    ],
)
def test_bodies_that_say_two_things(service: Service, target: Target, body: bytes) -> None:
    assert_refused(httpx.post(service.url + PATH, content=body, headers=JSON, timeout=60), target)


def test_access_mode_write_writes_nothing(service: Service) -> None:
    assert post(service, {"statement": "RETURN 1", "accessMode": "Write"}).status_code == 202
    answer = post(service, {"statement": "MERGE (n:Gate) RETURN n", "accessMode": "Write"})
    assert answer.json()["errors"][0]["code"] == "Neo.ClientError.Statement.AccessMode"


@pytest.mark.parametrize(
    "path",
    [
        "/db/system/query/v2",
        "/db/NEO4J2/query/v2",
        "/db/neo4j%2f..%2fsystem/query/v2",
        "/db/..%2f..%2fdb%2fneo4j%2ftx/query/v2",
        "/db/neo4j/../system/query/v2",
        "/db/neo4j%0d%0aX-A:%20b/query/v2",
        "/db/neo4j/query/v2/tx/..%2f..%2f..%2ftx",
        "/db/neo4j/query/v2/tx/a%0d%0ab",
        "/db/neo4j/tx/commit",
        "/db/neo4j/query/v3",
        "/browser",
    ],
)
def test_paths_lead_nowhere_else(service: Service, target: Target, path: str) -> None:
    assert_refused(post(service, {"statement": "RETURN 1"}, path), target)


def test_headers_change_nothing(service: Service, target: Target) -> None:
    for headers in (
        {"authorization": "Basic bmVvNGo6bmVvNGo="},
        {"authorization": "Bearer x"},
        {"x-forwarded-host": "evil.example", "x-forwarded-for": "1.2.3.4"},
        {"neo4j-cluster-affinity": "x"},
        {"accept": "application/json, */*"},
    ):
        assert post(service, {"statement": "RETURN 1 AS x"}, **headers).status_code == 202
        assert_refused(post(service, {"statement": "CREATE (n:Gate)"}, **headers), target)
    found = httpx.get(
        service.url, headers={"accept": "application/json", "x-forwarded-host": "evil.example"}, timeout=60
    )
    assert "evil" not in found.text


MEMORY = (
    "UNWIND range(1, 100000000) AS x RETURN collect(x)",
    "UNWIND range(1, 100000000) AS x WITH x ORDER BY rand() RETURN collect(x)[0]",
    "RETURN size([x IN range(1, 1000000000000) | x + 1]) AS n",
    "RETURN reduce(a = 0, x IN range(1, 1000000000000) | a + 1) AS n",
    "RETURN size(reduce(s = 'x', i IN range(1, 29) | s + s)) AS n",
)
# Neo4j plans these until their time is over.
DEPTH = (
    "WITH 'x' AS s " + "WITH s + s AS s " * 29 + "RETURN size(s) AS n",
    "RETURN " + "[" * 5000 + "]" * 5000 + " AS x",
    "RETURN " + "1 + " * 4000 + "1 AS x",
    "RETURN NOT " + "NOT " * 4000 + "true AS x",
)


@pytest.mark.parametrize(
    "body",
    [
        *({"statement": text} for text in MEMORY),
        *({"statement": text, "maxExecutionTime": 3} for text in DEPTH),
    ],
    ids=lambda body: body["statement"][:30],
)
def test_memory_and_depth_end_in_an_error_or_an_answer(service: Service, body: dict[str, Any]) -> None:
    answer = post(service, body)
    if answer.status_code == 202:  # Neo4j could do it
        assert "data" in answer.json()
    else:
        reason = answer.json()["errors"][0]["reason"]
        assert reason in {"QUERY_MEMORY", "QUERY_TIMEOUT", "LIMIT_EXCEEDED", "DATABASE_REJECTED"}, answer.text
        assert "db.memory" not in answer.text
    assert post(service, {"statement": "RETURN 1 AS x"}).status_code == 202


LONG = (
    "MATCH (a), (b), (c), (d) RETURN max(a.id + b.id + c.id + d.id) AS n",
    "MATCH p = (a)-[*]-(b) RETURN count(p) AS n",
    "UNWIND range(1, 1000000000000) AS x RETURN max(x) AS n",
)


@pytest.mark.parametrize("statement", LONG)
def test_long_work_ends_in_time(service: Service, statement: str) -> None:
    answer = post(service, {"statement": statement, "maxExecutionTime": 2})
    assert answer.json()["errors"][0]["reason"] in {"QUERY_TIMEOUT", "QUERY_MEMORY"}


def test_many_clients_at_once(service: Service) -> None:
    statements = [*WRITES, *REVEALS, "RETURN 1 AS x", "MATCH (n) RETURN count(n) AS n"] * 3

    def one(statement: str) -> int:
        return post(service, {"statement": statement}).status_code

    with ThreadPoolExecutor(24) as pool:
        codes = set(pool.map(one, statements))
    assert codes <= {202, 400, 429}
    assert 202 in codes
