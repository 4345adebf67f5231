"""Who gets in: with a key, without one, from another machine, through a proxy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from starlette.routing import Mount, Route

from api.app import create_app
from api.cli.address import needs_key
from api.guards.keys import KeyFile
from api.settings import ServiceSettings
from schema.errors import UsageError
from tests.conftest import NOWHERE
from tests.security.service import SCHEMA, Guarded, basic, bearer, guarded


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    """A service that needs a key."""
    with guarded(tmp_path_factory.mktemp("closed"), keyed=True) as service:
        yield service


@pytest.fixture(scope="module")
def key(closed: Guarded) -> str:
    return closed.keys.add("reader")


@pytest.fixture(scope="module")
def free(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    """A service that needs none."""
    with guarded(tmp_path_factory.mktemp("free")) as service:
        yield service


def _addresses() -> list[str]:
    """Every address that the service has, with something for each parameter."""
    found: list[str] = []
    for route in create_app(NOWHERE).routes:
        assert isinstance(route, Route | Mount), route
        path = re.sub(r"\{[^}]*\}", "x", route.path)
        found.append(f"{path}/x" if isinstance(route, Mount) else path)
    return sorted(set(found))


def test_every_address_but_health_needs_a_key(closed: Guarded) -> None:
    addresses = _addresses()
    assert {"/", "/graphql", "/docs", "/db/x/query/v2", "/views/graph.x", "/review", "/static/x"} <= {
        *addresses
    }
    free = ("/health/", "/metrics")  # and these figures are for this machine, which is the one that asks
    with httpx.Client(base_url=closed.url, timeout=60) as client:
        for method in ("GET", "POST", "DELETE", "OPTIONS", "HEAD"):
            for path in (*addresses, "/nothing", "//graphql", "/health", "/healthy/live"):
                status = client.request(method, path).status_code
                assert (status == 401) is not path.startswith(free), (method, path, status)
        assert client.get("/health/live").status_code == 200


def test_a_key_is_shown_in_three_ways(closed: Guarded, key: str) -> None:
    for headers in (
        bearer(key),
        {"x-api-key": key},
        basic(key),
        basic(key, ""),
        {"authorization": f"bearer  {key}"},
    ):
        assert closed.get(**headers).status_code == 200, headers
    for headers in (
        bearer(key[:-1]),
        bearer(key + "x"),
        bearer(key.upper()),
        bearer("mscev_"),
        basic("", key),
        {"authorization": key},
        {"authorization": f"Token {key}"},
        {"authorization": "Basic %%%"},
        {"cookie": f"key={key}"},
    ):
        assert closed.get(**headers).status_code == 401, headers
    assert closed.get(f"{SCHEMA}?key={key}&api_key={key}").status_code == 401


@pytest.mark.parametrize(
    ("path", "inside"),
    [
        (SCHEMA, {}),
        ("/graphql", {"errors": "UNAUTHENTICATED"}),
        ("/db/neo4j/query/v2", {"errors": "Neo.ClientError.Security.Unauthorized"}),
    ],
)
def test_a_refusal_says_what_to_send(closed: Guarded, path: str, inside: dict[str, str]) -> None:
    answer = httpx.post(closed.url + path, json={}, timeout=60)
    assert answer.status_code == 401
    # the first one that a browser knows is the one it asks its user for
    assert answer.headers["www-authenticate"].startswith('Basic realm="mscev"')
    assert 'Bearer realm="mscev"' in answer.headers["www-authenticate"]
    assert answer.headers["cache-control"] == "no-store"
    told = answer.json()
    assert told["error"]["code"] == "UNAUTHENTICATED"
    assert "X-API-Key" in told["error"]["message"]
    assert set(told) - {"error"} == set(inside)
    assert all(code in answer.text for code in inside.values())


def test_what_needed_a_key_stays_out_of_shared_caches(closed: Guarded, key: str) -> None:
    assert closed.get(**bearer(key)).headers["cache-control"] == "private, no-cache"


def test_a_removed_key_is_refused_without_a_restart(closed: Guarded) -> None:
    gone = closed.keys.add("leaving")
    with httpx.Client(base_url=closed.url, headers=bearer(gone), timeout=60) as client:
        assert client.get(SCHEMA).status_code == 200
        closed.keys.remove("leaving")
        assert client.get(SCHEMA).status_code == 401


def test_on_this_machine_no_key_is_needed_and_a_wrong_one_harms_nobody(free: Guarded) -> None:
    for headers in ({}, bearer("mscev_wrong"), basic("neo4j"), {"x-api-key": "x"}):
        assert free.get(**headers).status_code == 200


def test_metrics_are_for_this_machine_or_a_key(free: Guarded, closed: Guarded, key: str) -> None:
    mine = free.keys.add("scraper")
    for service, known in ((free, mine), (closed, key)):
        assert service.get("/metrics").status_code != 401
        for proxied in ("x-forwarded-for", "forwarded", "via", "x-real-ip"):
            assert service.get("/metrics", **{proxied: "127.0.0.1"}).status_code == 401
        assert service.get("/metrics", via="1.1 proxy", **bearer(known)).status_code != 401


class TestAtTheStart:
    def test_another_host_needs_a_key_or_a_word(self, tmp_path: Path) -> None:
        settings = ServiceSettings(keys=tmp_path / "keys")
        for host in ("0.0.0.0", "::", "192.0.2.1", "kg.example.org"):
            with pytest.raises(UsageError, match=r"mscev key add NAME.*--public-read"):
                needs_key(host, settings, public_read=False)
            assert needs_key(host, settings, public_read=True) is False
        KeyFile(tmp_path / "keys").add("one")
        for host in ("0.0.0.0", "::", "192.0.2.1", "kg.example.org"):
            assert needs_key(host, settings, public_read=False) is True
            assert needs_key(host, settings, public_read=True) is False

    def test_loopback_needs_none_unless_it_is_asked_for(self, tmp_path: Path) -> None:
        settings = ServiceSettings(keys=tmp_path / "keys")
        asked = ServiceSettings(keys=tmp_path / "keys", require_key=True)
        for host in ("127.0.0.1", "127.0.0.2", "::1", "localhost"):
            assert needs_key(host, settings, public_read=False) is False
            with pytest.raises(UsageError, match="MSCEV_REQUIRE_KEY"):
                needs_key(host, asked, public_read=False)
        with pytest.raises(UsageError, match="opposite"):
            needs_key("0.0.0.0", asked, public_read=True)
        KeyFile(tmp_path / "keys").add("one")
        assert needs_key("localhost", asked, public_read=False) is True
