"""What every answer tells browsers, where the client is behind a proxy, and which pages may read answers."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.security.service import FORWARDED, SCHEMA, Guarded, basic, bearer, guarded

ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    with guarded(tmp_path_factory.mktemp("plain")) as found:
        yield found


@pytest.mark.parametrize(
    "path",
    [
        SCHEMA,
        "/health/live",
        "/docs",
        "/openapi.json",
        "/graphql",
        "/nothing",
        "/views/graph.gif",
        "/static/graphiql/page.css",
        "/static/graphiql/page.js",
        "/explorer.css",
        "/exports/nothing",
        "/metrics",
    ],
)
def test_every_answer_carries_them(service: Guarded, path: str) -> None:
    for headers in ({}, {"accept": "text/html"}, {"host": "evil.example"}, {"via": "1.1 proxy"}):
        answer = service.get(path, **headers)
        told = answer.headers
        assert {name: told.get(name) for name in ALWAYS} == ALWAYS, headers
        assert "camera=()" in told["permissions-policy"]
        if "javascript" not in told.get("content-type", ""):
            assert "frame-ancestors" in told["content-security-policy"]
        assert "server" not in told
        assert "strict-transport-security" not in told
        twice = Counter(name.lower() for name, _ in answer.headers.raw)
        assert {name for name, times in twice.items() if times > 1} <= {b"vary"}


def test_pages_carry_them_also_where_they_fail(service: Guarded) -> None:
    for path in ("/views/graph.html", "/entity/x"):
        answer = service.get(path)
        assert answer.status_code == 503
        assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS, path


def test_data_may_do_nothing_in_a_browser(service: Guarded) -> None:
    for path in (SCHEMA, "/openapi.json", "/nothing", "/health/live"):
        assert (
            service.get(path).headers["content-security-policy"]
            == "default-src 'none'; frame-ancestors 'self'"
        )


def test_the_page_of_openapi_runs_its_own_script_alone(service: Guarded) -> None:
    page = service.get("/docs")
    policy = dict(part.split(" ", 1) for part in page.headers["content-security-policy"].split("; "))
    scripts = re.findall(r"<script>(.*?)</script>", page.text, re.DOTALL)
    assert len(scripts) == 1
    digest = base64.b64encode(hashlib.sha256(scripts[0].encode()).digest()).decode()
    assert policy["script-src"] == f"'self' 'sha256-{digest}'"
    assert (policy["default-src"], policy["frame-ancestors"]) == ("'none'", "'none'")


def test_who_may_frame_is_a_setting(tmp_path: Path) -> None:
    with guarded(tmp_path, frame_ancestors="https://slides.example.org") as found:
        policy = found.get(SCHEMA).headers["content-security-policy"]
        assert policy.endswith("frame-ancestors https://slides.example.org")


class TestProxies:
    def test_nobody_is_believed_unless_named(self, service: Guarded) -> None:
        answer = service.get(SCHEMA, **FORWARDED)
        assert "strict-transport-security" not in answer.headers
        discovered = httpx.get(f"{service.url}/redirect", headers=FORWARDED, timeout=60)
        assert "https" not in discovered.headers.get("location", "")

    def test_a_named_one_tells_address_and_scheme(self, tmp_path: Path) -> None:
        settings: dict[str, Any] = {
            "rate_limit": 0.005,
            "rate_burst": 2,
            "trusted_proxies": ["127.0.0.0/8", "::1"],
        }
        with guarded(tmp_path, **settings) as found:
            secure = found.get(SCHEMA, **FORWARDED)
            assert secure.headers["strict-transport-security"] == "max-age=31536000"
            assert found.get(SCHEMA, **FORWARDED).status_code == 200
            assert found.get(SCHEMA, **FORWARDED).status_code == 429
            other = FORWARDED | {"x-forwarded-for": "203.0.113.8"}
            assert found.get(SCHEMA, **other).status_code == 200
            # what a client writes before the proxy's own word counts for nothing
            lied = FORWARDED | {"x-forwarded-for": "198.51.100.1, 203.0.113.7"}
            assert found.get(SCHEMA, **lied).status_code == 429
            assert found.get("/review", **FORWARDED | {"x-forwarded-for": "203.0.113.9"}).status_code == 403
            mine = {"x-forwarded-for": "127.0.0.1"}
            assert found.get("/review", **mine).status_code == 403
            assert found.get("/metrics", **mine).status_code == 401


ORIGIN = "https://app.example.org"
ASKED = {
    "origin": ORIGIN,
    "access-control-request-method": "POST",
    "access-control-request-headers": "authorization, content-type",
}


class TestOtherOrigins:
    def test_they_read_nothing_by_default(self, service: Guarded) -> None:
        answer = service.get(SCHEMA, origin=ORIGIN)
        assert not [name for name in answer.headers if name.startswith("access-control-")]
        asked = httpx.options(f"{service.url}/graphql", headers=ASKED, timeout=60)
        assert asked.status_code == 405
        assert not [name for name in asked.headers if name.startswith("access-control-")]

    def test_a_named_one_reads_with_a_key_also_why_not(self, tmp_path: Path) -> None:
        settings: dict[str, Any] = {"cors_origins": [ORIGIN], "rate_limit": 0.005, "rate_burst": 2}
        with guarded(tmp_path, keyed=True, **settings) as found:
            key = found.keys.add("app")
            asked = httpx.options(f"{found.url}/graphql", headers=ASKED, timeout=60)
            assert asked.status_code == 200
            assert "authorization" in asked.headers["access-control-allow-headers"]
            refused = found.get(SCHEMA, origin=ORIGIN)
            assert (refused.status_code, refused.headers["access-control-allow-origin"]) == (401, ORIGIN)
            for status in (200, 200, 429):
                answer = found.get(SCHEMA, origin=ORIGIN, **bearer(key))
                assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (
                    status,
                    ORIGIN,
                )
                assert "ratelimit" in answer.headers["access-control-expose-headers"]
            # no page makes a browser send what its user typed
            assert "access-control-allow-credentials" not in answer.headers
            other = found.get(SCHEMA, origin="https://evil.example", **basic(key))
            assert "access-control-allow-origin" not in other.headers
