"""Clients that ask every door of the service all the time, and a judge of what they got.

An answer is right when it is the one of an undisturbed service, or a refusal with a status and code of ours.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Final

import httpx

from graph import release
from graph.connection import Database
from graph.reads.info import STATE
from graph.statement import Statement

# No answer takes longer, whatever the fault.
HANG_SECONDS: Final = 60.0
CLAIMS: Final = """{ graph { release claims } entity(id: "HGNC:6018") {
    claims(first: 50) { nodes { id statement negated citations { label } } } } }"""
COUNTS: Final = "MATCH (c:Claim) OPTIONAL MATCH (c)-[:CITES]->(x) RETURN count(DISTINCT c), count(x)"
CODES: Final = {503: {"DATABASE_UNAVAILABLE"}, 504: {"QUERY_TIMEOUT"}}
Ask = Callable[[httpx.Client], httpx.Response]


def _graphql(client: httpx.Client) -> httpx.Response:
    return client.post("/graphql", json={"query": CLAIMS})


def _cypher(client: httpx.Client) -> httpx.Response:
    return client.post("/db/neo4j/query/v2", json={"statement": COUNTS})


def _view(client: httpx.Client) -> httpx.Response:
    return client.get("/views/graph.svg", params={"focus": "HGNC:6018"})


def _export(client: httpx.Client) -> httpx.Response:
    return client.get("/exports/bibtex")


def _ready(client: httpx.Client) -> httpx.Response:
    return client.get("/health/ready")


DOORS: Final[dict[str, Ask]] = {
    "graphql": _graphql,
    "cypher": _cypher,
    "view": _view,
    "export": _export,
    "ready": _ready,
}


@dataclass(frozen=True, slots=True)
class Seen:
    """One answer: when it was asked for, how long it took, what it was."""

    door: str
    begun: float
    ended: float
    response: httpx.Response

    @property
    def good(self) -> bool:
        """Say whether it is an answer, right or wrong."""
        return self.response.status_code < 300

    @property
    def answer(self) -> object:
        """What was answered, without what is told of the request."""
        return self.response.json()["data"] if self.door in {"graphql", "cypher"} else self.response.content

    @property
    def code(self) -> str:
        """Our code of a refusal."""
        body: Any = self.response.json()
        if "errors" in body:
            first = body["errors"][0]
            return str(first.get("reason") or first["extensions"]["code"])
        return str(body["error"]["code"])


@dataclass
class Watch:
    """What clients saw, one client a door."""

    url: str
    right: dict[str, object]
    seen: list[Seen] = field(default_factory=list)
    failed: list[tuple[str, BaseException]] = field(default_factory=list)
    _ended: threading.Event = field(default_factory=threading.Event)

    def run(self, door: str) -> None:
        """Ask again and again."""
        try:
            with _client(self.url) as client:
                while not self._ended.is_set():
                    self.seen.append(asked(door, client))
                    time.sleep(0.05)
        except BaseException as error:  # noqa: BLE001 - told by the test's own thread
            self.failed.append((door, error))

    def good_since(self, moment: float) -> bool:
        """Say whether each door gave an answer to a question that was asked after this moment."""
        assert self.failed == [], self.failed
        found = {one.door for one in list(self.seen) if one.good and one.begun > moment}
        return found >= set(self.right)

    def refused_since(self, moment: float) -> bool:
        """Say whether each door has refused since this moment."""
        found = {one.door for one in list(self.seen) if not one.good and one.ended > moment}
        return found >= set(self.right)

    def judge(self) -> None:
        """Raise where an answer is wrong, half, or a refusal is not one of ours."""
        assert self.failed == [], self.failed
        for one in self.seen:
            if one.good:
                assert one.answer == self.right[one.door], one.door
            else:
                status = one.response.status_code
                assert status in CODES, (one.door, one.response.text)
                assert one.code in CODES[status], (one.door, one.response.text)
                assert (status == 503) == ("retry-after" in one.response.headers), one.door
                assert "Traceback" not in one.response.text

    def outage(self) -> float:
        """Seconds from the first refused question to the first good answer at the last door that had none."""
        first = min((one.begun for one in self.seen if not one.good), default=None)
        if first is None:
            return 0.0
        last = max(one.ended for one in self.seen if not one.good)
        back = [
            min(o.ended for o in self.seen if o.good and o.door == d and o.ended > last) for d in self.right
        ]
        return max(back) - first

    def slowest(self) -> float:
        """The longest that anybody waited for an answer or a refusal."""
        return max(one.ended - one.begun for one in self.seen)

    def told(self) -> str:
        """Statuses and codes, each with its number."""
        kinds: dict[str, int] = {}
        for one in self.seen:
            kind = "answered" if one.good else f"{one.response.status_code} {one.code}"
            kinds[kind] = kinds.get(kind, 0) + 1
        return ", ".join(f"{number} x {kind}" for kind, number in sorted(kinds.items()))


def asked(door: str, client: httpx.Client) -> Seen:
    """Ask one door."""
    begun = time.monotonic()
    response = DOORS[door](client)
    return Seen(door, begun, time.monotonic(), response)


def _client(url: str) -> httpx.Client:
    """Connections of their own: a kept one may be closed just when it is used."""
    unkept = httpx.Limits(max_keepalive_connections=0)
    return httpx.Client(base_url=url, timeout=HANG_SECONDS, limits=unkept)


@contextmanager
def watched(url: str, doors: tuple[str, ...] = tuple(DOORS)) -> Iterator[Watch]:
    """Ask the doors for as long as the block lasts; each gave its right answer before."""
    with _client(url) as client:
        right = [asked(door, client) for door in doors]
    assert all(one.good for one in right), [one.response.text for one in right]
    watch = Watch(url, {one.door: one.answer for one in right})
    threads = [threading.Thread(target=watch.run, args=(door,)) for door in doors]
    for thread in threads:
        thread.start()
    try:
        yield watch
    finally:
        watch._ended.set()
        for thread in threads:
            thread.join()


def wait_for(what: Callable[[], bool], seconds: float = 240.0) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, f"not within {seconds} s"
        time.sleep(0.1)


def report(row: str, text: str) -> None:
    """Print the figure of a row of docs/reliability.md."""
    print(f"\n  {row}: {text}")  # noqa: T201 - `make test-faults` shows it


def is_whole(database: Database, wanted: str) -> None:
    """Raise unless the stored graph comes to this release, row by row, and holds each claim once."""
    assert database.value(STATE)["hash"] == wanted
    assert release.compute(chain.from_iterable(map(database.stream, release.ELEMENTS))).graph == wanted
    once = Statement("MATCH (c:Claim) RETURN [count(c), count(DISTINCT c.id)] AS value")
    claims, ids = database.value(once)
    assert claims == ids
