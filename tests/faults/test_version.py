"""Another version of Neo4j, 5.26 LTS: the whole article loads, and every door answers the same."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from api.app import create_app
from api.graphql.engine import Engine
from graph.connection import Database
from graph.statement import Statement
from graph.target import Target
from graph.unload import unload
from graph.writer import LoadReport, load
from loaders.article.curated import built_in
from tests.conftest import Service, served
from tests.faults import lts
from tests.faults.command import run
from tests.faults.watch import DOORS, HANG_SECONDS, asked, is_whole, report
from tests.golden.case import Case, cases, statement_of, told

pytestmark = pytest.mark.faults
CASES = cases()
COUNT = Statement("MATCH (n) WHERE NOT n:Release RETURN count(n) AS value")


@dataclass(frozen=True, slots=True)
class Other:
    """A service over the other version, with the article in it."""

    target: Target
    url: str
    loaded: LoadReport


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Other]:
    begun = time.monotonic()
    with lts.running(tmp_path_factory.mktemp("lts")) as target, Database(target) as database:
        started = time.monotonic()
        loaded = load(database, built_in().records())
        report(
            f"Neo4j {lts.version()}",
            f"first answer after {started - begun:.1f} s, loaded in {time.monotonic() - started:.1f} s",
        )
        with served(create_app(target)) as url:
            yield Other(target, url, loaded)


def test_the_release_is_the_same(other: Other, loaded: LoadReport) -> None:
    assert other.loaded.release == loaded.release
    assert other.loaded.rejected == ()
    with Database(other.target) as database:
        is_whole(database, loaded.release)
        assert load(database, built_in().records()).release == loaded.release
        is_whole(database, loaded.release)


# Its planner refuses what these are compiled to; the answer says so.
REFUSED = {"filter-under", "neighborhood", "neighbors-filter", "neighbors", "resolve", "whole-graph"}


@pytest.mark.usefixtures("loaded")
def test_every_door_answers_the_same(other: Other, service: Service) -> None:
    with (
        httpx.Client(base_url=other.url, timeout=HANG_SECONDS) as one,
        httpx.Client(base_url=service.url, timeout=HANG_SECONDS) as two,
    ):
        for door in DOORS:
            first, second = asked(door, one), asked(door, two)
            assert first.answer == second.answer or first.code == "DATABASE_REJECTED", door


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_goldens(other: Other, case: Case) -> None:
    engine = Engine(None)  # type: ignore[arg-type] # it only makes plans
    if case.name in REFUSED:
        (error,) = Service(other.url).post(case.request.query, **case.request.variables)["errors"]
        assert error["extensions"]["code"] == "DATABASE_REJECTED"
        return
    data = Service(other.url).ask(case.request.query, **case.request.variables)
    assert json.loads(told(statement_of(case, engine), data)) == json.loads(
        case.answer.read_text(encoding="utf-8")
    )


@pytest.mark.parametrize(
    "statement",
    ["CREATE (x:Claim) RETURN x", "MATCH (n) DETACH DELETE n", "LOAD CSV FROM 'file:///x' AS r RETURN r"],
)
def test_the_gate_refuses(other: Other, statement: str) -> None:
    answer = httpx.post(f"{other.url}/db/neo4j/query/v2", json={"statement": statement}, timeout=HANG_SECONDS)
    assert answer.status_code == 400, answer.text
    assert answer.json()["errors"][0]["reason"] == "STATEMENT_REFUSED"


def test_commands(other: Other, loaded: LoadReport, tmp_path: Path) -> None:
    outside = {"NEO4J_URI": other.target.uri, "NEO4J_PASSWORD": other.target.password}
    done = run(tmp_path, "status", "--json", **outside)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["release"] == loaded.release
    done = run(tmp_path, "audit", "--json", **outside)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["release"] == loaded.release


def test_unloading_leaves_nothing(other: Other) -> None:
    """The last one: it empties the database."""
    with Database(other.target) as database:
        unload(database, other.loaded.source)
        assert database.value(COUNT) == 0
