"""Backup and restore, killed at any moment: the graph is the old one or the new one, and always whole."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from bench.load.data import Sizes, records
from graph.connection import Database
from graph.reads.info import STATE
from graph.server import Home, backup, jarlist, managed, restore, swap
from graph.server.backup import Backup, _write
from graph.server.swap import PARTS
from graph.writer import load
from loaders.article.curated import built_in
from schema.errors import InvalidSource
from tests.faults.command import COMMAND, ROOT, environment
from tests.faults.watch import is_whole, report
from tests.graph.interrupted import put_store, stopped_before_rename


@dataclass(frozen=True, slots=True)
class House:
    """A home, a backup of it, and the releases of both: the graph has grown since."""

    home: Home
    archive: Path
    archived: str
    grown: str

    def present(self) -> str:
        """The release; raises unless the graph is whole."""
        with managed(self.home) as server, Database(server.target) as database:
            found = str(database.value(STATE)["hash"])
            is_whole(database, found)
        return found


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    home = Home(tmp_path_factory.mktemp("backup") / "home", Home.from_environ().cache)
    archive = home.root.parent / "graph.tar.gz"
    with managed(home) as server, Database(server.target) as database:
        archived = load(database, built_in().records()).release
        begun = time.monotonic()
        backup(home, archive)
        report("backup", f"Neo4j was away for {time.monotonic() - begun:.1f} s")
        is_whole(database, archived)
        grown = load(database, records(Sizes(100, 500))).release
    return House(home, archive, archived, grown)


def _killed(home: Home, seconds: float, *arguments: str) -> None:
    with subprocess.Popen(
        [*COMMAND, "db", *arguments],
        env=environment(home.root),
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as running:
        time.sleep(seconds)
        if running.poll() is None:
            os.kill(running.pid, signal.SIGKILL)


@pytest.mark.faults
def test_killed_backups(house: House) -> None:
    """An archive is there as a whole or not at all, and the graph is as it was."""
    chance, whole = Random(), 0
    moments = [chance.uniform(0.8, 4) for _ in range(3)]
    for number, moment in enumerate(moments):
        file = house.home.root.parent / f"killed-{number}.tar.gz"
        with managed(house.home):
            _killed(house.home, moment, "backup", str(file))
        whole += file.exists()
        if file.exists():
            restore(house.home, file)
        assert house.present() == house.grown
    told = ", ".join(f"{moment:.1f}" for moment in moments)
    report(
        "killed backups", f"killed after {told} s: {whole} archives whole, {len(moments) - whole} not there"
    )


@pytest.mark.faults
def test_killed_restores(house: House) -> None:
    """Killed while it is unpacked, swapped, started: the graph is one of the two."""
    chance, found = Random(), []
    moments = [chance.uniform(0.8, 2.5), chance.uniform(1.5, 4), chance.uniform(3, 8)]
    for moment in moments:
        _killed(house.home, moment, "restore", str(house.archive))
        found.append(house.present())
    assert set(found) <= {house.grown, house.archived}
    restore(house.home, house.archive)
    assert house.present() == house.archived
    told = ", ".join(f"{moment:.1f}" for moment in moments)
    old = found.count(house.grown)
    report("killed restores", f"killed after {told} s: {old} as before, {len(found) - old} restored")


@pytest.mark.faults
def test_a_backup_that_neo4j_does_not_open(house: House, tmp_path: Path) -> None:
    """Its checksums are right, its store is not: the old graph comes back."""
    present = house.present()
    wrong = tmp_path / "neostore"
    wrong.write_bytes(b"\xde\xad" * 5_000)
    sources = {f"{part}/neostore": wrong for part in PARTS}
    promised = (10_000, hashlib.sha256(wrong.read_bytes()).hexdigest())
    file = tmp_path / "bad.tar.gz"
    version = jarlist.neo4j_version(jarlist.checked_in())
    _write(file, Backup(version, dict.fromkeys(sources, promised)), sources)
    with pytest.raises(InvalidSource, match="the graph is as before"):
        restore(house.home, file)
    assert house.present() == present


@pytest.mark.parametrize("before", [PARTS, PARTS[:1], ()])
@pytest.mark.parametrize("stop", range(8))
def test_what_is_tried_is_taken_out_again(
    before: tuple[str, ...], stop: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped before any of its renames, it leaves the old store to whoever comes next."""
    home = Home(tmp_path, tmp_path)
    home.prepare()
    put_store(home.data, "old", before)
    put_store(swap.incoming(home), "new", PARTS)
    with stopped_before_rename(stop, monkeypatch):
        try:
            swap.attempt(home)
            swap.finish(home)
        except KeyboardInterrupt:
            pass
    swap.finish(home)
    found = {part: (home.data / part / "store").read_text() for part in PARTS if (home.data / part).exists()}
    assert found == dict.fromkeys(before, "old")
    assert not home.swap_note.exists()


def test_what_was_tried_is_kept(tmp_path: Path) -> None:
    home = Home(tmp_path, tmp_path)
    home.prepare()
    put_store(home.data, "old", PARTS)
    put_store(swap.incoming(home), "new", PARTS)
    swap.attempt(home)
    swap.keep(home)
    swap.finish(home)
    assert {(home.data / part / "store").read_text() for part in PARTS} == {"new"}
