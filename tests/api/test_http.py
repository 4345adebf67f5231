"""The HTTP doors: health, schema, views, OpenAPI, GraphiQL, the Host header; nothing from another machine."""

from __future__ import annotations

import re

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from api import pages
from api.app import create_app, telemetry
from api.graphql.schema import sdl
from graph.writer import LoadReport
from tests.conftest import NOWHERE, Service, served

pytestmark = pytest.mark.usefixtures("loaded")


def _get(service: Service, path: str, **headers: str) -> httpx.Response:
    return httpx.get(service.url + path, headers=headers, timeout=60)


def test_health(service: Service, loaded: LoadReport) -> None:
    assert _get(service, "/health/live").json() == {"status": "live"}
    ready = _get(service, "/health/ready")
    assert ready.status_code == 200
    assert ready.json() == {"status": "ready", "release": loaded.release}


def test_without_a_database_every_door_says_so() -> None:
    with served(create_app(NOWHERE)) as url:
        ready = httpx.get(f"{url}/health/ready", timeout=30)
        assert ready.status_code == 503
        assert ready.json()["error"]["code"] == "DATABASE_UNAVAILABLE"
        asked = httpx.post(f"{url}/graphql", json={"query": "{ graph { release } }"}, timeout=30)
        assert asked.status_code == 503
        assert asked.headers["Retry-After"] == "5"
        assert asked.json()["errors"][0]["extensions"]["code"] == "DATABASE_UNAVAILABLE"
        assert httpx.get(f"{url}/views/graph.html", timeout=30).status_code == 503
        assert httpx.get(f"{url}/health/live", timeout=30).status_code == 200


def test_the_service_can_be_mounted_in_another() -> None:
    with served(Starlette(routes=[Mount("/graph", create_app(NOWHERE))])) as url:
        asked = httpx.post(f"{url}/graph/graphql", json={"query": "{ graph { release } }"}, timeout=30)
        assert asked.json()["errors"][0]["extensions"]["code"] == "DATABASE_UNAVAILABLE"
        assert httpx.post(f"{url}/graphql", json={}, timeout=30).status_code == 404


def test_telemetry_of_fastapi_is_on_where_it_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    assert telemetry() == {"tracing": False, "metrics": False, "logs": False}
    monkeypatch.setenv("OTEL_TRACES_EXPORTER", "otlp")
    assert telemetry() is None


def test_schema_can_be_downloaded(service: Service) -> None:
    assert _get(service, "/graphql/schema.graphql").text == sdl()


def test_a_view_is_one_html_file(service: Service) -> None:
    response = _get(service, "/views/graph.html?focus=MONDO:0005178&hops=1&title=OA")
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/html")
    assert "osteoarthritis" in response.text
    assert "release" in response.text


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/views/graph.gif", "html"),
        ("/views/graph.html?focus=nope", "nope"),
        ("/views/graph.html?kind=Planet", "MscSource"),
        ("/views/graph.html?theme=pink", "light"),
        ("/views/graph.html?hops=9", "hops"),
    ],
)
def test_a_wrong_view_says_what_is_allowed(service: Service, path: str, words: str) -> None:
    response = _get(service, path)
    assert response.status_code == 400
    assert words in response.json()["error"]["message"]


def test_openapi_and_its_page(service: Service) -> None:
    paths = _get(service, "/openapi.json").json()["paths"]
    assert {
        "/graphql",
        "/graphql/schema.graphql",
        "/views/graph.{name}",
        "/health/live",
        "/health/ready",
    } <= set(paths)
    assert _get(service, "/docs").status_code == 200


@pytest.mark.parametrize("path", ["/", "/docs", "/graphql"])
def test_pages_load_nothing_from_elsewhere(service: Service, path: str) -> None:
    page = _get(service, path, accept="text/html").text
    assert "<html" in page
    loaded = re.findall(r'(?:src|href)="?([^"\s>]+)', page)
    assert not [address for address in loaded if re.match(r"(https?:)?//", address)]
    for address in loaded:
        if address.startswith("/static/"):
            assert _get(service, address).status_code == 200


def test_graphiql_is_for_browsers_only(service: Service) -> None:
    assert _get(service, "/graphql", accept="text/html").text == pages.graphiql()
    answer = _get(service, "/graphql?query={graph{claims}}", accept="application/json")
    assert answer.json()["data"]["graph"]["claims"] > 0


def test_a_link_with_a_query_opens_graphiql_in_a_browser(service: Service) -> None:
    address = "/graphql?query={graph{claims}}"
    browsers = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    page = _get(service, address, accept=browsers)
    assert (page.text, page.headers["vary"]) == (pages.graphiql(), "Accept")
    for accept in ("*/*", "application/json", "text/html, application/graphql-response+json"):
        assert _get(service, address, accept=accept).json()["data"]["graph"]["claims"] > 0
    stored = _get(service, "/graphql?documentId=nothing", accept=browsers)
    assert stored.json()["errors"][0]["extensions"]["code"] == "DOCUMENT_NOT_FOUND"


def test_the_host_header_is_checked(service: Service) -> None:
    assert _get(service, "/health/live", host="evil.example").status_code == 400
    assert _get(service, "/health/live", host="localhost:8000").status_code == 200


def test_an_unexpected_error_is_masked(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr("api.graphql.engine.plan_of", broken)
    answer = service.post("{ diseases { nodes { id } } }")
    assert answer["errors"][0]["extensions"]["code"] == "INTERNAL"
    assert "secret" not in str(answer)
