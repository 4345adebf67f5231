"""Big sources in parts: what a kill leaves is finished by the same command, with nothing lost or twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from itertools import chain
from random import Random

import pytest

from bench.load.data import SOURCE, Sizes, records
from graph import release, stream, writes
from graph.connection import Database
from graph.reads.info import STATE
from graph.statement import Statement
from graph.stream import ROUNDS, StreamReport, load_stream
from graph.target import Target
from graph.unload import unload
from graph.writer import LoadReport, load
from schema.errors import DatabaseRejected, InvalidSource
from schema.records import Edge, Entity, Mention, Record, Span
from tests.conftest import count
from tests.graph.test_merging import SOURCES

SIZES = Sizes(500, 8_000)
SMALL = {Entity: 100, Edge: 1_000}
# Runs until it is killed: the other process of these tests.
RUN = """
import sys
from bench.load.data import SOURCE, Sizes, records
from graph import stream
from graph.connection import Database
from graph.target import Target
from graph.stream import load_stream
from schema.records import Edge, Entity
stream.SIZES |= {Entity: 100, Edge: 1_000}
with Database(Target(*sys.argv[1:4])) as database:
    sizes = Sizes(int(sys.argv[4]), int(sys.argv[5]))
    load_stream(database, SOURCE, records(sizes), input_id=sizes.id)
"""


def _stream(database: Database, sizes: Sizes = SIZES, rows: Iterable[Record] | None = None) -> StreamReport:
    return load_stream(database, SOURCE, rows or records(sizes), input_id=sizes.id)


def _release(database: Database) -> str:
    """Return the release; it is what the stored graph comes to, at any moment."""
    found = release.compute(chain.from_iterable(map(database.stream, release.ELEMENTS))).graph
    state = database.value(STATE)
    assert state["hash"] == found
    return found


@pytest.fixture(scope="module", autouse=True)
def small_parts() -> Iterator[None]:
    """Many parts of few records."""
    before = dict(stream.SIZES)
    stream.SIZES.update(SMALL)
    yield
    stream.SIZES.update(before)


@pytest.fixture(scope="module")
def undisturbed(database: Database) -> Iterator[StreamReport]:
    database.write(lambda tx: tx.run("MATCH (n) DETACH DELETE n").consume())
    report = _stream(database)
    assert _release(database) == report.release
    yield report
    if SOURCE.id in database.value(writes.SOURCES):
        unload(database, SOURCE.id)  # in parts: more than a transaction of this server takes


def test_everything_is_written_once(database: Database, undisturbed: StreamReport) -> None:
    assert undisturbed.counts == {"Entity": SIZES.entities, "Edge": SIZES.edges}
    assert undisturbed.resumed == 0
    assert count(database, "(:Entity)") == SIZES.entities
    assert count(database, "(:Entity)-[r]->(:Entity)") == SIZES.edges
    distinct = Statement("MATCH ()-[r]->() RETURN count(DISTINCT r.id) AS value")
    assert database.value(distinct) == SIZES.edges
    assert count(database, "(n) WHERE n:Load OR n:LoadPart") == 0


def test_the_small_writer_comes_to_the_same(database: Database, undisturbed: StreamReport) -> None:
    few = Sizes(50, 300)
    unload(database, SOURCE.id)
    assert _release(database) == release.EMPTY
    small = load(database, records(few))
    assert small.rejected == ()
    assert _stream(database, few).release == small.release == _release(database)
    assert load(database, records(few)).release == small.release
    assert _stream(database).release == undisturbed.release


def test_a_killed_load_goes_on(database: Database, target: Target, undisturbed: StreamReport) -> None:
    unload(database, SOURCE.id)
    chance, unfinished = Random(), 0
    for _ in range(8):
        at = chance.uniform(0, 0.4)
        command = [sys.executable, "-c", RUN, target.uri, target.username, target.password]
        with subprocess.Popen([*command, str(SIZES.entities), str(SIZES.edges)]) as running:
            while running.poll() is None and count(database, "(:LoadPart)") == 0:
                time.sleep(0.02)
            time.sleep(at)
            os.kill(running.pid, signal.SIGKILL)
        _release(database)
        if count(database, "(:LoadPart)"):
            unfinished += 1
            break
    assert unfinished, "no kill came in between"
    report = _stream(database)
    assert report.resumed > 0
    assert report.counts == undisturbed.counts
    assert report.release == undisturbed.release == _release(database)
    assert count(database, "(n) WHERE n:Load OR n:LoadPart") == 0


class _StoppedError(Exception):
    """Ends a stream early."""


def _until(edges: int) -> Iterator[Record]:
    for record in records(SIZES):
        if isinstance(record, Edge):
            edges -= 1
            if edges < 0:
                raise _StoppedError
        yield record


def test_what_another_input_left_is_removed(database: Database, undisturbed: StreamReport) -> None:
    with pytest.raises(_StoppedError):
        _stream(database, Sizes(500, 8_001), _until(6_000))
    assert count(database, "(:LoadPart)") > 0
    _release(database)
    report = _stream(database)
    assert (report.release, report.resumed) == (undisturbed.release, 0)


def test_a_graph_beside_others_can_go(database: Database, undisturbed: StreamReport) -> None:
    unload(database, SOURCE.id)
    for source in SOURCES:
        load(database, source)
    before = _release(database)
    _stream(database)
    unload(database, "mscev.article:a")
    load(database, SOURCES[1])
    unload(database, SOURCE.id)
    assert _release(database) == before
    for source in SOURCES:
        unload(database, source[0].id)  # type: ignore[union-attr]
    _stream(database)


def test_a_graph_holds_no_articles(database: Database) -> None:
    mention = Mention("mscev.article:a", "mscev:made-0000000", 1, 1, (Span(0, 1),))
    with pytest.raises(InvalidSource, match="no Mention"):
        load_stream(database, SOURCE, [mention], input_id="mention")


def test_edges_without_their_nodes_are_an_error(database: Database) -> None:
    rows = [record for record in records(Sizes(5, 40)) if not isinstance(record, Entity)]
    with pytest.raises(DatabaseRejected, match="run this again"):
        load_stream(database, SOURCE, rows, input_id="no nodes")


def test_cells_that_are_written_at_the_same_time_share_no_node() -> None:
    for cells in ROUNDS:
        ways = [way for cell in cells for way in cell]
        assert len(set(ways)) == len(ways) == 4


def test_the_loaded_article_is_untouched(database: Database, loaded: LoadReport) -> None:
    few = Sizes(50, 300)
    _stream(database, few)
    unload(database, SOURCE.id)
    assert _release(database) == loaded.release
