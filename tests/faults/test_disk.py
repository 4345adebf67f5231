"""No room on the disk: during a load, a bulk load, a backup, a restore, an export, a start.

Needs root, to mount a small disk.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from api.app import create_app
from api.settings import ServiceSettings
from bench.load.data import SOURCE, Sizes, records
from graph.bulk import load_bulk
from graph.connection import Database
from graph.reads.info import STATE
from graph.server import Home, backup, managed, restore, supervised
from graph.statement import Statement
from graph.stream import load_stream
from graph.target import Target
from graph.writer import LoadReport, load
from loaders.article.curated import built_in
from schema.errors import DiskFull, MscevError
from tests.conftest import served
from tests.faults.command import run
from tests.faults.disk import Disk, small_disk
from tests.faults.watch import HANG_SECONDS, is_whole, report, wait_for

pytestmark = pytest.mark.faults

ROOMY = 700
# what a load may still write before there is no room
SPARE = 6
SIZES = Sizes(2_000, 60_000)
ONCE = Statement(
    "MATCH ()-[r]->() WHERE r.id STARTS WITH 'made:' RETURN [count(r), count(DISTINCT r.id)] AS x"
)


@dataclass(frozen=True, slots=True)
class House:
    """A home on a disk of its own, with the article in it."""

    home: Home
    disk: Disk
    release: str

    def shrink(self, spare: int) -> None:
        """Leave this many megabytes."""
        used = shutil.disk_usage(self.disk.path).used
        self.disk.resize((used >> 20) + 1 + spare)

    def is_whole(self) -> None:
        """Raise unless the graph is the article, as it was."""
        with managed(self.home) as server, Database(server.target) as database:
            is_whole(database, self.release)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with small_disk(tmp_path_factory.mktemp("disk") / "small", ROOMY) as disk:
        home = Home(disk.path / "home", Home.from_environ().cache)
        with managed(home) as server, Database(server.target) as database:
            release = load(database, built_in().records()).release
        yield House(home, disk, release)


def test_during_a_backup(house: House) -> None:
    """The disk of the archive has no room: nothing is left there, and Neo4j is back."""
    with managed(house.home), small_disk(house.disk.path.parent / "archives", 1) as archives:
        begun = time.monotonic()
        with pytest.raises(DiskFull, match="make room"):
            backup(house.home, archives.path / "graph.tar.gz")
        seconds = time.monotonic() - begun
        assert list(archives.path.iterdir()) == []
        house.is_whole()
    report("no room, backup", f"DISK_FULL after {seconds:.1f} s")


def test_during_a_restore(house: House, tmp_path: Path) -> None:
    archive = tmp_path / "graph.tar.gz"
    backup(house.home, archive)
    house.shrink(1)
    begun = time.monotonic()
    try:
        with pytest.raises(DiskFull, match="make room"):
            restore(house.home, archive)
        seconds = time.monotonic() - begun
    finally:
        house.disk.resize(ROOMY)
    house.is_whole()
    report("no room, restore", f"DISK_FULL after {seconds:.1f} s")


def test_during_a_bulk_load(house: House) -> None:
    house.shrink(12)
    begun = time.monotonic()
    try:
        with pytest.raises(DiskFull, match="make room"):
            load_bulk(house.home, SOURCE, records(SIZES))
        seconds = time.monotonic() - begun
    finally:
        house.disk.resize(ROOMY)
    house.is_whole()
    assert not list(house.home.neo4j.glob("building*"))
    report("no room, bulk load", f"DISK_FULL after {seconds:.1f} s")


def test_at_the_start(house: House) -> None:
    house.shrink(0)
    house.disk.fill()
    begun = time.monotonic()
    try:
        done = run(house.home.root, "status")
        seconds = time.monotonic() - begun
    finally:
        house.disk.resize(ROOMY)
        house.disk.empty()
    assert done.returncode == 1
    assert "No space is left on the disk" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    house.is_whole()
    report("no room, start", f"exit 1 after {seconds:.1f} s")


def test_during_an_export(target: Target, loaded: LoadReport, tmp_path: Path) -> None:
    with small_disk(tmp_path / "small", 1) as disk:
        disk.fill()
        outside = {"NEO4J_URI": target.uri, "NEO4J_PASSWORD": target.password}
        done = run(tmp_path, "export", str(disk.path / "out"), "--format", "cypher", **outside)
    assert done.returncode == 1
    assert "no space is left on the disk" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_during_a_load(house: House) -> None:
    """The last one. What was committed stays; with room again the same command goes on."""
    said: list[str] = []
    with managed(house.home) as server, supervised(server, notify=said.append) as supervisor:
        target = server.target
        with served(create_app(target, ServiceSettings(answer_cache_mb=0))) as url:
            house.shrink(SPARE)
            begun = time.monotonic()
            with (
                pytest.raises(DiskFull, match="make room"),
                managed(house.home) as same,
                Database(same.target) as database,
            ):
                load_stream(database, SOURCE, records(SIZES), input_id="made")
            seconds = time.monotonic() - begun
            asked = time.monotonic()
            full = httpx.get(f"{url}/health/ready", timeout=HANG_SECONDS)
            answered = time.monotonic() - asked
            house.disk.resize(ROOMY)
            room = time.monotonic()
            wait_for(lambda: _writes(target))
            healed = time.monotonic() - room
            with Database(target) as database:
                done = load_stream(database, SOURCE, records(SIZES), input_id="made")
                assert database.value(ONCE) == [SIZES.edges, SIZES.edges]
                is_whole(database, done.release)
                assert database.value(STATE)["hash"] == done.release
            assert httpx.get(f"{url}/health/ready", timeout=HANG_SECONDS).status_code == 200
    assert full.status_code in {200, 503}
    report(
        "no room, load",
        f"DISK_FULL after {seconds:.1f} s; ready: {full.status_code} after {answered:.1f} s; with room it "
        f"writes again after {healed:.1f} s ({supervisor.restarts} restarts); {done.resumed} records kept",
    )


def _writes(target: Target) -> bool:
    """Say whether Neo4j can commit."""
    try:
        with Database(target) as database:
            database.write(lambda tx: tx.run("MATCH (r:Release) SET r.hash = r.hash").consume())
    except MscevError:
        return False
    return True
