"""Ids, metrics and the end of a service, around an application that has no graph."""

from __future__ import annotations

import asyncio
import signal
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager

import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.responses import StreamingResponse
from prometheus_client.parser import text_string_to_metric_families
from starlette.staticfiles import StaticFiles

from api import errors
from api.observe.drain import Drain
from api.observe.meters import Meters
from api.observe.metrics import Family
from api.observe.middleware import Observed
from api.observe.note import current
from api.observe.runtime import Runtime
from api.serving.server import Server
from schema.errors import Overloaded

PATIENCE = 60.0


class Small:
    """An application with an answer of each sort, in a server as `mscev up` has it."""

    def __init__(self, seconds: float = 30.0) -> None:
        self.meters = Meters(None)
        self.runtime = Runtime(Drain(seconds))
        self.go_on = threading.Event()
        self.app = FastAPI()
        errors.install(self.app)
        self.app.mount("/files", StaticFiles(directory="."))
        self._answers()
        observed = Observed(self.app, self.app.routes, self.meters, self.runtime.drain)
        self.server = Server(
            uvicorn.Config(observed, port=0, log_config=None, timeout_graceful_shutdown=1), self.runtime
        )

    def _answers(self) -> None:
        @self.app.get("/health/live")
        async def live() -> dict[str, str]:
            return {"status": "live"}

        @self.app.get("/entity/{id}")
        async def entity(id: str) -> dict[str, str]:  # noqa: A002 - as the service has it
            current().kind = "entity"
            return {"id": id, "request": current().id}

        @self.app.get("/busy")
        async def busy() -> None:
            raise Overloaded("too many")

        @self.app.get("/broken")
        async def broken() -> None:
            raise ZeroDivisionError("secret")

        @self.app.get("/slow")
        async def slow() -> StreamingResponse:
            async def pieces() -> AsyncIterator[bytes]:
                yield b"begun "
                while not self.go_on.is_set():
                    await asyncio.sleep(0.02)
                yield b"ended"

            return StreamingResponse(pieces())

    @contextmanager
    def served(self) -> Iterator[str]:
        thread = threading.Thread(target=self.server.run, daemon=True)
        thread.start()
        _until(lambda: self.server.started)
        port = self.server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
        self.server.should_exit = True
        thread.join(PATIENCE)
        assert not thread.is_alive()

    def value(self, name: str, **labels: str) -> float:
        text, _ = self.meters.text([])
        return sum(
            sample.value
            for family in text_string_to_metric_families(text.decode())
            for sample in family.samples
            if sample.name == name and labels.items() <= sample.labels.items()
        )


def _until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.fixture(scope="module")
def small() -> Iterator[tuple[Small, str]]:
    made = Small()
    with made.served() as url:
        yield made, url


@pytest.mark.parametrize("given", ["0f3a-trace", "a" * 128])
def test_an_id_of_the_client_is_kept(small: tuple[Small, str], given: str) -> None:
    answer = httpx.get(f"{small[1]}/entity/1", headers={"X-Request-ID": given}, timeout=60)
    assert answer.headers["x-request-id"] == given == answer.json()["request"]


@pytest.mark.parametrize("given", ["", "a" * 129, 'a"b', "a b", "a{b}"])
def test_another_is_replaced(small: tuple[Small, str], given: str) -> None:
    answer = httpx.get(f"{small[1]}/entity/1", headers={"X-Request-ID": given}, timeout=60)
    assert len(answer.headers["x-request-id"]) == 32
    assert answer.headers["x-request-id"] != given


@pytest.mark.parametrize(("path", "status"), [("/busy", 429), ("/broken", 500), ("/nowhere", 404)])
def test_every_answer_names_its_request(small: tuple[Small, str], path: str, status: int) -> None:
    answer = httpx.get(small[1] + path, headers={"X-Request-ID": "mine"}, timeout=60)
    assert answer.status_code == status
    assert answer.headers["x-request-id"] == "mine"
    if status != 404:
        assert answer.json()["error"]["requestId"] == "mine"
        assert "secret" not in answer.text


def test_requests_are_counted_by_route() -> None:
    made = Small()
    with made.served() as url:
        for path in ("/entity/1", "/entity/2", "/nowhere/1", "/nowhere/2", "/busy", "/files/setup"):
            httpx.get(url + path, timeout=60)
        httpx.request("PROPFIND", f"{url}/entity/3", timeout=60)
    requests = "mscev_requests_total"
    assert made.value(requests, route="/entity/{id}", method="GET", status="200") == 2
    assert made.value(requests, route="/entity/{id}", method="other", status="405") == 1
    assert made.value(requests, route="other", status="404") == 2
    assert made.value(requests, route="/files/{path}", status="404") == 1
    assert made.value(requests) == 7
    assert made.value("mscev_request_seconds_count", route="/entity/{id}", operation="entity") == 2
    assert made.value("mscev_request_seconds_bucket", operation="entity", le="+Inf") == 2
    assert made.value("mscev_refusals_total", reason="TOO_MANY_REQUESTS") == 1
    assert made.value("mscev_response_bytes_total", route="/entity/{id}") > 0


def test_what_was_read_is_told_once() -> None:
    meters = Meters(None)
    release = Family("mscev_graph_info", "The release.", [({"release": "a"}, 1)])
    assert 'mscev_graph_info{release="a"} 1.0' in meters.text([release])[0].decode()
    assert "mscev_graph_info" not in meters.text([])[0].decode()


def test_a_service_that_ends_finishes_what_is_under_way() -> None:
    made = Small()
    with made.served() as url, httpx.Client(base_url=url, timeout=60) as kept:
        assert kept.get("/entity/1").status_code == 200
        with httpx.stream("GET", f"{url}/slow", timeout=60) as slow:
            pieces = slow.iter_raw()
            assert next(pieces) == b"begun "
            made.server.handle_exit(signal.SIGTERM, None)
            made.server._captured_signals.clear()  # this process goes on
            told = kept.get("/entity/1", headers={"X-Request-ID": "late"})
            assert told.status_code == 503
            assert told.json()["error"]["code"] == "SERVICE_ENDING"
            assert told.json()["error"]["requestId"] == told.headers["x-request-id"] == "late"
            assert told.headers["retry-after"] == "5"
            assert told.headers["connection"] == "close"
            graphql = httpx.post(f"{url}/graphql", json={}, timeout=60)
            assert graphql.json()["errors"][0]["extensions"]["code"] == "SERVICE_ENDING"
            cypher = httpx.post(f"{url}/db/neo4j/query/v2", json={}, timeout=60)
            assert cypher.json()["errors"][0]["reason"] == "SERVICE_ENDING"
            assert httpx.get(f"{url}/health/live", timeout=60).status_code == 200
            made.go_on.set()
            assert b"".join(pieces) == b"ended"
    assert made.value("mscev_refusals_total", reason="SERVICE_ENDING") == 3
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{url}/health/live", timeout=60)


@pytest.mark.parametrize("signals", [1, 2])
def test_it_does_not_wait_for_ever(signals: int) -> None:
    """The time is over after half a second; a second signal ends at once what may take 30."""
    made = Small(seconds=0.5 if signals == 1 else 30.0)
    with made.served() as url, httpx.stream("GET", f"{url}/slow", timeout=60) as slow:
        pieces = slow.iter_raw()
        assert next(pieces) == b"begun "
        for _ in range(signals):
            made.server.handle_exit(signal.SIGTERM, None)
        made.server._captured_signals.clear()
        with pytest.raises(httpx.TransportError):
            for _ in pieces:
                pass
    assert not made.go_on.is_set()
