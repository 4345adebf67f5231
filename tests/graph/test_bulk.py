"""The bulk path: the same graph as an online load gives, beside what is there, and never half of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any

import pytest

from bench.load.data import SOURCE, Sizes, records
from graph import release
from graph.bulk import load_bulk
from graph.bulk.files import Files, Group
from graph.connection import Database, Target
from graph.reads.info import STATE
from graph.server import Home, Server, managed
from graph.server.swap import PARTS, begin, finish
from graph.statement import Statement
from graph.stream import load_stream
from graph.unload import unload
from graph.writer import load
from loaders.article.curated import built_in
from schema.enums import Certainty, EvidenceLevel
from schema.errors import InvalidRecord, ServerBusy
from schema.records import Claim, Edge, Entity, IsA, Record
from tests.graph.test_merging import CYTOKINE, EDGE, SOURCES

SIZES = Sizes(100, 1_000)
RUN = """
import sys
from bench.load.data import SOURCE, Sizes, records
from graph.bulk import load_bulk
from graph.server import Home
load_bulk(Home.from_environ(), SOURCE, records(Sizes(int(sys.argv[1]), int(sys.argv[2]))))
"""


def _records() -> Iterator[Record]:
    """The made-up graph, with an entity that others describe too, claims, steps and odd texts."""
    yield SOURCE
    made = list(records(SIZES))
    yield from (record for record in made if isinstance(record, Entity))
    yield Entity(
        CYTOKINE,
        "NamedThing",
        'IL-6, "the" \\ one\nof two lines',
        "biolink:Protein",
        properties=(("taxon", ""), ("many", (1, 2)), ("yes", True), ("weight", 1e-7)),
    )
    yield from (record for record in made if isinstance(record, Edge))
    yield Edge("e,1", CYTOKINE, "RELATED_TO", "mscev:made-0000001", (*EDGE, ("note", " \ttabs, and commas ")))
    yield Claim(
        SOURCE.id,
        CYTOKINE,
        "INTERACTS_WITH",
        "mscev:made-0000001",
        "not so",
        0,
        0,
        "00",
        Certainty.ASSERTED,
        EvidenceLevel.NOT_STATED,
        negated=True,
    )
    yield IsA("mscev:made-0000001", "mscev:made-0000002", SOURCE.id)


@pytest.fixture(scope="module")
def apart(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home of its own: the bulk path wants its server for itself."""
    return Home(tmp_path_factory.mktemp("bulk"), Home.from_environ().cache)


def _target(server: Server) -> Target:
    return Target(server.bolt_uri, server.username, server.password)


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


@pytest.mark.usefixtures("server")
def test_it_comes_to_what_an_online_load_gives(database: Database, apart: Home) -> None:
    database.write(lambda tx: tx.run("MATCH (n) DETACH DELETE n").consume())
    _load_all(database)
    load_stream(database, SOURCE, _records(), input_id="")
    wanted = _seen(database)
    assert wanted["release"] == wanted["computed"]
    assert wanted["told"] == wanted["sources"]
    unload(database, SOURCE.id)
    for source in SOURCES:
        unload(database, source[0].id)  # type: ignore[union-attr]
    with managed(apart) as server, Database(_target(server)) as other:
        _load_all(other)
        with pytest.raises(ServerBusy, match="end them first"):
            load_bulk(apart, SOURCE, _records())
    report = load_bulk(apart, SOURCE, _records())
    assert report.release == wanted["release"]
    assert report.counts == {"Entity": 101, "Edge": 1_001, "Claim": 1, "IsA": 1}
    again = load_bulk(apart, SOURCE, _records())  # instead of what it gave before
    assert again.release == wanted["release"]
    with managed(apart) as server, Database(_target(server)) as other:
        assert _seen(other) == wanted
        unload(other, SOURCE.id)
        assert other.value(STATE)["hash"] == _seen(other)["computed"]
    assert not list(apart.neo4j.glob("building*"))


def test_a_kill_leaves_the_old_graph_or_the_new_one(apart: Home) -> None:
    with managed(apart) as server, Database(_target(server)) as database:
        old = _seen(database)
    few, many = Sizes(300, 2_000), Sizes(301, 2_001)
    new = load_bulk(apart, SOURCE, records(few)).release
    with managed(apart) as server, Database(_target(server)) as database:
        unload(database, SOURCE.id)
        assert _seen(database) == old
    environment = {**os.environ, "MSCEV_HOME": str(apart.root), "MSCEV_CACHE": str(apart.cache)}
    with subprocess.Popen([sys.executable, "-c", RUN, "301", "2001"], env=environment) as running:
        time.sleep(Random().uniform(1, 12))
        os.kill(running.pid, signal.SIGKILL)
    with managed(apart) as server, Database(_target(server)) as database:
        found = _seen(database)
        assert found["release"] == found["computed"]
        assert found["told"] == found["sources"]
        assert found == old or len(found["nodes"]) == len(old["nodes"]) + many.entities + 1
    assert load_bulk(apart, SOURCE, records(few)).release == new


@pytest.mark.parametrize("stop", range(6))
def test_a_swap_is_finished_by_whoever_comes_next(
    stop: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(tmp_path, tmp_path)
    home.prepare()
    for where, text in ((home.data, "old"), (home.neo4j / "building" / "data", "new")):
        for part in PARTS:
            (where / part).mkdir(parents=True)
            (where / part / "store").write_text(text)
    done = 0
    replace = Path.replace

    def failing(self: Path, target: Path) -> Path:
        nonlocal done
        if done == stop:
            raise KeyboardInterrupt
        done += 1
        return replace(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", failing)
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
