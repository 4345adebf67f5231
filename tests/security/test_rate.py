"""How often a client may ask, and what it is told of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from api.guards.clients import address_of
from api.guards.places import Places
from api.guards.rate import Buckets
from schema.errors import Overloaded
from tests.security.service import SCHEMA, Guarded, bearer, guarded

LEFT = re.compile(r'"client";r=(\d+);t=(\d+)')


class _Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class TestBuckets:
    def test_a_burst_then_the_rate(self) -> None:
        clock = _Clock()
        buckets = Buckets(10, 5, clock=clock)
        assert buckets.policy == '"client";q=5;w=1'
        assert [buckets.take("a").left for _ in range(5)] == [4, 3, 2, 1, 0]
        refused = buckets.take("a")
        assert (refused.allowed, refused.left, refused.reset) == (False, 0, 1)
        clock.now += 0.25  # two tokens and a half
        assert [buckets.take("a").allowed for _ in range(3)] == [True, True, False]
        clock.now += 3600
        assert [buckets.take("a").allowed for _ in range(6)] == [True] * 5 + [False]

    def test_refused_requests_cost_nothing(self) -> None:
        clock = _Clock()
        buckets = Buckets(1, 1, clock=clock)
        assert buckets.take("a").allowed
        for _ in range(100):
            clock.now += 0.009
            assert not buckets.take("a").allowed
        clock.now += 0.2
        assert buckets.take("a").allowed

    def test_seconds_are_those_until_the_next_or_until_all(self) -> None:
        buckets = Buckets(0.1, 2, clock=_Clock())
        assert buckets.policy == '"client";q=2;w=20'
        assert [buckets.take("a") for _ in range(3)] == [
            buckets.take("b"),
            buckets.take("b"),
            buckets.take("b"),
        ]
        assert [(buckets.take("c").left, buckets.take("c").reset)] == [(1, 10)]

    def test_clients_are_bounded_and_the_oldest_is_forgotten(self) -> None:
        buckets = Buckets(1, 1, clients=100, clock=_Clock())
        assert buckets.take("first").allowed
        assert not buckets.take("first").allowed
        for number in range(99):
            buckets.take(f"other-{number}")
            buckets.take("first")  # asked again and again: it stays
        for number in range(1000):
            buckets.take(f"more-{number}")
            assert len(buckets) <= 100
        assert buckets.take("first").allowed


@pytest.mark.parametrize(
    ("host", "counted"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("testclient", "testclient"),
    ],
)
def test_a_client_is_an_address_or_a_network_that_one_owns(host: str, counted: str) -> None:
    assert address_of({"type": "http", "client": (host, 1)}) == counted


def test_places_are_given_back() -> None:
    places = Places("requests", 2, 3)
    with places.held("a"), places.held("a"):
        with pytest.raises(Overloaded, match="2 requests of one client and 3 in all"):
            places.take("a")
        with places.held("b"), pytest.raises(Overloaded):
            places.take("c")
    for _ in range(3):
        with places.held("a"), places.held("b"), places.held("c"):
            pass


@pytest.fixture(scope="module")
def slow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    """A service that lets three requests through, and one more every 200 seconds."""
    folder = tmp_path_factory.mktemp("slow")
    with guarded(folder, rate_limit=0.005, rate_burst=3, trusted_proxies=["127.0.0.2/32"]) as service:
        yield service


def test_an_answer_says_what_is_left(slow: Guarded) -> None:
    key, other = slow.keys.add("one"), slow.keys.add("two")
    for left in (2, 1, 0):
        answer = slow.get(**bearer(key))
        assert answer.status_code == 200
        assert answer.headers["ratelimit-policy"] == '"client";q=3;w=600'
        found = LEFT.fullmatch(answer.headers["ratelimit"])
        assert found
        assert int(found[1]) == left
    refused = slow.get(**bearer(key))
    assert (refused.status_code, refused.json()["error"]["code"]) == (429, "RATE_LIMITED")
    found = LEFT.fullmatch(refused.headers["ratelimit"])
    assert found
    assert (found[1], found[2]) == ("0", refused.headers["retry-after"])
    assert 190 <= int(found[2]) <= 200
    for path in ("/graphql", "/db/neo4j/query/v2"):
        answer = httpx.post(slow.url + path, json={}, headers=bearer(key), timeout=60)
        assert answer.status_code == 429
        assert answer.json()["errors"]
    assert slow.get(**bearer(other)).status_code == 200
    assert slow.get("/health/live", **bearer(key)).status_code == 200
    assert "ratelimit" not in slow.get("/health/live", **bearer(key)).headers


def test_this_machine_is_not_limited(slow: Guarded) -> None:
    answers = [slow.get() for _ in range(8)]
    assert {answer.status_code for answer in answers} == {200}
    assert not [answer for answer in answers if "ratelimit" in answer.headers]


def test_an_address_that_anybody_can_write_gives_no_new_bucket(slow: Guarded) -> None:
    # a proxy on this machine that is not named as one: all who come through it are one client
    statuses = [slow.get(x_forwarded_for=f"203.0.113.{number}").status_code for number in range(5)]
    assert statuses == [200, 200, 200, 429, 429]


def test_guesses_at_keys_are_limited_too(tmp_path: Path) -> None:
    with guarded(tmp_path, keyed=True, rate_limit=0.005, rate_burst=2) as service:
        answers = [
            service.get(via="1.1 proxy", **bearer(f"mscev_{number}")).status_code for number in range(4)
        ]
        assert answers == [401, 401, 429, 429]


def test_a_rate_of_0_limits_nobody(tmp_path: Path) -> None:
    with guarded(tmp_path, rate_limit=0, rate_burst=1) as service:
        answers = [service.get(via="1.1 proxy") for _ in range(5)]
        assert {answer.status_code for answer in answers} == {200}
        assert "ratelimit-policy" not in answers[0].headers


def test_the_defaults_let_a_page_with_all_its_parts_through(tmp_path: Path) -> None:
    with (
        guarded(tmp_path) as service,
        httpx.Client(base_url=service.url, headers={"via": "1.1 proxy"}, timeout=60) as client,
    ):
        assert {client.get(SCHEMA).status_code for _ in range(300)} == {200}
        assert client.get(SCHEMA).headers["ratelimit-policy"] == '"client";q=400;w=4'
