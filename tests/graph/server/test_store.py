"""The store of one home: backed up while in use, spoiled, restored, emptied. The tests run in their order."""

from __future__ import annotations

import gzip
import io
import os
import tarfile
from pathlib import Path

import pytest

from graph.release import EMPTY
from graph.server import LAPTOP, Home, aot, backup, managed, reset, restore, state
from graph.server.backup import last
from graph.server.install import install
from schema.errors import InvalidSource, ServerError, StoreCorrupt
from tests.graph.server.asking import ask


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Home:
    return Home(tmp_path_factory.mktemp("store") / "home", cache)


@pytest.fixture(scope="module")
def archive(house: Home) -> Path:
    """Made while the server is in use: it comes back on its ports, and knows what came later."""
    file = house.root / "graph.tar.gz"
    with pytest.raises(ServerError, match="load one first"):
        backup(house, file)
    with managed(house) as server:
        ask(server, "CREATE (:Kept {name: 'kept'})")
        made = backup(house, file)
        assert ask(server, "MATCH (k:Kept) RETURN k.name AS name")[0]["name"] == "kept"
        ask(server, "CREATE (:Later)")
    assert made.size > 0
    assert made.away > 0
    assert made.release == EMPTY
    noted = last(house)
    assert noted is not None
    assert (noted["file"], noted["release"]) == (str(file), EMPTY)
    assert state.running(house) is None, "the last one out stops also the one that the backup started"
    return file


def test_a_damaged_backup_changes_nothing(archive: Path, house: Home, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged"
    damaged.write_bytes(archive.read_bytes()[: archive.stat().st_size // 2])
    other = bytearray(archive.read_bytes())
    other[len(other) // 2] ^= 0xFF
    (tmp_path / "flipped").write_bytes(other)
    # a changed byte of the padding behind the manifest, under the checksum of before
    padded = bytearray(gzip.decompress(archive.read_bytes()))
    manifest = int(padded[124:135], 8)  # its size, as tar writes it
    padded[-(-manifest // 512) * 512 + 511] ^= 0xFF
    (tmp_path / "padding").write_bytes(gzip.compress(padded)[:-8] + archive.read_bytes()[-8:])
    before = sorted(house.data.rglob("*"))
    wrong = ("damaged", "flipped", "padding", "missing")
    for file in (*(tmp_path / name for name in wrong), house.password_file):
        with pytest.raises(InvalidSource, match=r"does not exist|not a good mscev backup"):
            restore(house, file)
    assert sorted(house.data.rglob("*")) == before


def test_a_corrupt_store_says_so_and_a_backup_heals_it(archive: Path, house: Home, tmp_path: Path) -> None:
    for file in (house.data / "databases" / "neo4j").glob("neostore*"):
        file.write_bytes(b"\xde\xad" * (file.stat().st_size // 2 + 1))
    with pytest.raises(StoreCorrupt, match="mscev db restore FILE"), managed(house):
        pass
    assert state.running(house) is None
    restore(with_void_aot_cache(house, tmp_path), archive)
    assert state.running(house) is None, "it did not run before"
    with managed(house) as server:
        assert [row["label"] for row in ask(server, "MATCH (n) RETURN labels(n)[0] AS label")] == ["Kept"]


def test_a_graph_of_another_release_is_not_restored(archive: Path, house: Home, tmp_path: Path) -> None:
    """Its files are whole and Neo4j opens them; the graph that was there before is there again."""
    other = tmp_path / "other.tar.gz"
    with tarfile.open(archive) as old, tarfile.open(other, "w:gz") as new:
        for member in old:
            content = old.extractfile(member)
            assert content is not None
            text = content.read()
            if member.name == "manifest.json":
                text = text.replace(EMPTY.encode(), b"1" * 64)
            member.size = len(text)
            new.addfile(member, io.BytesIO(text))
    with managed(house) as server:
        ask(server, "CREATE (:Present)")
    with pytest.raises(InvalidSource, match="the graph is as before: its release is 0000"):
        restore(house, other)
    assert state.running(house) is None
    with managed(house) as server:
        assert [row["n"] for row in ask(server, "MATCH (p:Present) RETURN count(p) AS n")] == [1]


def test_reset_empties_and_keeps_the_password(archive: Path, house: Home) -> None:
    secret = house.password_file.read_text()
    reset(house)
    assert list(house.data.iterdir()) == []
    assert house.password_file.read_text() == secret


def with_void_aot_cache(house: Home, directory: Path) -> Home:
    """The same home with a cache whose AOT file is garbage: that must not stop a start."""
    cache = directory / "cache"
    cache.mkdir()
    (cache / "jars").symlink_to(house.cache / "jars")
    home = Home(house.root, cache)
    file = aot.cache_file(install(home), LAPTOP)
    assert file is not None
    file.parent.mkdir()
    file.write_bytes(os.urandom(100_000))
    return home
