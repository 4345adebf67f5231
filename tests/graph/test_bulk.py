"""The bulk path: the same graph as an online load gives, beside what is there, and never half of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any

import pytest

from bench.load.data import SOURCE
from graph import release
from graph.bulk import BulkReport, load_bulk
from graph.bulk.files import Files, Group
from graph.connection import Database
from graph.reads.info import STATE
from graph.server import Home, managed
from graph.server.swap import PARTS, begin, finish
from graph.statement import Statement
from graph.stream import load_stream
from graph.writer import load
from loaders.article.curated import built_in
from schema.errors import InvalidRecord, ServerBusy
from tests.graph.interrupted import put_store, stopped_before_rename
from tests.graph.mixed import mixed
from tests.graph.test_merging import SOURCES

pytestmark = pytest.mark.tools  # several starts of a server of its own: minutes

RUN = """
from bench.load.data import SOURCE
from graph.bulk import load_bulk
from graph.server import Home
from tests.graph.mixed import mixed
load_bulk(Home.from_environ(), SOURCE, mixed())
"""


@pytest.fixture(scope="module")
def apart(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home of its own: the bulk path wants its server for itself."""
    return Home(tmp_path_factory.mktemp("bulk"), Home.from_environ().cache)


def _seen(database: Database) -> dict[str, Any]:
    stored = release.compute(chain.from_iterable(map(database.stream, release.ELEMENTS)))
    nodes = Statement("MATCH (n) WHERE NOT n:Release RETURN labels(n), properties(n)")
    links = Statement("MATCH (a)-[r]->(b) RETURN labels(a), a.id, type(r), properties(r), labels(b), b.id")
    return {
        "release": database.value(STATE)["hash"],
        "computed": stored.graph,
        "sources": stored.by_source,
        "told": dict(
            database.value(Statement("MATCH (s:Source) RETURN collect([s.id, s.release]) AS value"))
        ),
        "nodes": sorted(repr([sorted(labels), sorted(p.items())]) for labels, p in database.stream(nodes)),
        "links": sorted(
            repr([sorted(one), a, t, sorted(p.items()), sorted(other), b])
            for one, a, t, p, other, b in database.stream(links)
        ),
    }


def _load_all(database: Database) -> None:
    load(database, built_in().records())
    for source in SOURCES:
        load(database, source)


@pytest.fixture(scope="module")
def wanted(database: Database) -> dict[str, Any]:
    """What an online load of the same sources gives."""
    database.write(lambda tx: tx.run("MATCH (n) DETACH DELETE n").consume())
    _load_all(database)
    load_stream(database, SOURCE, mixed(), input_id="")
    found = _seen(database)
    assert found["release"] == found["computed"]
    assert found["told"] == found["sources"]
    database.write(lambda tx: tx.run("MATCH (n) DETACH DELETE n").consume())
    return found


@pytest.fixture(scope="module")
def report(apart: Home) -> BulkReport:
    """A bulk load beside what is there already; it waits until nobody uses the graph."""
    with managed(apart) as server, Database(server.target) as database:
        _load_all(database)
        with pytest.raises(ServerBusy, match="end them first"):
            load_bulk(apart, SOURCE, mixed())
    return load_bulk(apart, SOURCE, mixed())


def test_it_comes_to_what_an_online_load_gives(
    apart: Home, report: BulkReport, wanted: dict[str, Any]
) -> None:
    assert report.release == wanted["release"]
    assert report.counts == {"Entity": 101, "Edge": 1_001, "Claim": 1, "IsA": 1}
    assert not list(apart.neo4j.glob("building*"))


@pytest.mark.usefixtures("report")
def test_a_kill_leaves_a_whole_graph(apart: Home, wanted: dict[str, Any]) -> None:
    """The source is there already: the old graph and the new one are the same."""
    environment = {**os.environ, "MSCEV_HOME": str(apart.root), "MSCEV_CACHE": str(apart.cache)}
    with subprocess.Popen([sys.executable, "-c", RUN], env=environment) as running:
        time.sleep(Random().uniform(1, 12))
        os.kill(running.pid, signal.SIGKILL)
    with managed(apart) as server, Database(server.target) as database:
        assert _seen(database) == wanted
    assert load_bulk(apart, SOURCE, mixed()).release == wanted["release"]


@pytest.mark.parametrize("stop", range(6))
def test_a_swap_is_finished_by_whoever_comes_next(
    stop: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(tmp_path, tmp_path)
    home.prepare()
    put_store(home.data, "old", PARTS)
    put_store(home.neo4j / "building" / "data", "new", PARTS)
    with stopped_before_rename(stop, monkeypatch):
        try:
            begin(home, home.neo4j / "building" / "data")
            finish(home)
        except KeyboardInterrupt:
            assert stop < 5
    finish(home)
    found = {(home.data / part / "store").read_text() for part in PARTS}
    assert found == ({"old"} if stop == 0 else {"new"})
    assert not home.swap_note.exists()


@pytest.mark.parametrize("value", [[""], ["a\x1fb"]])
def test_a_list_that_csv_cannot_tell_is_an_error(tmp_path: Path, value: list[str]) -> None:
    files = Files(tmp_path / "x")
    files.add(Group.nodes("Term"), ("a",), {"names": value})
    with pytest.raises(InvalidRecord, match="without --bulk"):
        files.options()


def test_rows_whose_types_differ_go_to_files_of_their_own(tmp_path: Path) -> None:
    files = Files(tmp_path / "x")
    rows: Iterable[dict[str, Any]] = ({"a": 1}, {"a": "x", "b": None}, {"b": 0.5, "a": 2})
    for number, row in enumerate(rows):
        files.add(Group.nodes("Term"), (str(number),), row)
    texts = [Path(option.split("=")[2]).read_text() for option in files.options()]
    assert texts == [
        '":ID(Term)","a:long","b:double"\n"0",1,\n"2",2,0.5\n',
        '":ID(Term)","a:string"\n"1","x"\n',
    ]
