"""Articles in bulk: all that loading them one by one gives, beside what is there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bench.corpus.__main__ import write_articles
from graph.batch import Batch, batch_of
from graph.bulk import load_articles
from graph.connection import Database
from graph.server import Home, managed
from graph.statement import Statement
from graph.writer import load
from loaders.article.curated import built_in
from loaders.article.records import records_of
from loaders.readers import read_article
from schema.errors import InvalidSource
from tests.command import run
from tests.graph.test_merging import SOURCES
from tests.graph.whole import checked, everything

pytestmark = pytest.mark.tools  # several starts of a server of its own: minutes

FILES = [
    Path(__file__).parents[1] / "loaders" / name
    for name in ("second-article.md", "numbered.xml", "by-author.nxml")
]
ARTICLE, OTHER, *GRAPHS = SOURCES
STORED = (ARTICLE, *GRAPHS)


def _new() -> Iterator[Batch]:
    """Articles of all sorts: curated claims and relations, words that differ, files of several forms."""
    yield batch_of(built_in().records())
    yield batch_of(OTHER)
    for file in FILES:
        yield batch_of(records_of(read_article(file)[0], title=file.stem))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What loading one by one gives."""

    release: str
    everything: list[str]


@pytest.fixture(scope="module")
def wanted(database: Database) -> Iterator[Wanted]:
    """What loading the same one by one gives."""
    database.write(lambda tx: tx.run("MATCH (n) DETACH DELETE n").consume())
    for source in STORED:
        load(database, source)
    load(database, built_in().records())
    load(database, OTHER)
    for file in FILES:
        load(database, records_of(read_article(file)[0], title=file.stem))
    yield Wanted(checked(database), everything(database))
    database.write(lambda tx: tx.run("MATCH (n) DETACH DELETE n").consume())


@pytest.fixture(scope="module")
def apart(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home of its own with what is stored before: the bulk path wants its server for itself."""
    home = Home(tmp_path_factory.mktemp("articles"), Home.from_environ().cache)
    with _opened(home) as database:
        for source in STORED:
            load(database, source)
    return home


@contextmanager
def _opened(home: Home) -> Iterator[Database]:
    with managed(home) as server, Database(server.target) as one:
        yield one


def test_they_come_to_what_loads_one_by_one_give(apart: Home, wanted: Wanted) -> None:
    told: list[int] = []
    release, _ = load_articles(apart, _new(), progress=told.append)
    assert release == wanted.release
    assert told == [1] * 5
    with _opened(apart) as database:
        assert checked(database) == release
        assert everything(database) == wanted.everything


def test_one_that_is_stored_leaves_the_graph_as_it_was(apart: Home, wanted: Wanted) -> None:
    with pytest.raises(InvalidSource, match="without --bulk"):
        load_articles(apart, [batch_of(ARTICLE)])
    with _opened(apart) as database:
        assert checked(database) == wanted.release


def test_a_corpus_puts_new_articles_in_bulk_and_changed_ones_in_place(apart: Home, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    write_articles(folder, 2)
    changed, again = folder / "changed.md", folder / "changed-again.md"
    changed.write_bytes(FILES[0].read_bytes() + b"\n\nMore of it.\n")
    again.write_bytes(FILES[0].read_bytes())
    asked = ("load", "corpus", str(folder), "--bulk", "--workers", "1", "--json")
    environment = {"MSCEV_HOME": str(apart.root), "MSCEV_CACHE": str(apart.cache)}
    done = run(*asked, **environment)
    assert done.returncode == 1
    told = json.loads(done.stdout)
    assert (told["loaded"], told["there"], told["rejected"]) == (3, 0, 0)
    ((file, reason),) = told["failed"].items()
    assert file == str(changed)
    assert str(again) in reason
    with _opened(apart) as database:
        checked(database)
        _, found = database.rows(Statement("MATCH (a:Article) WHERE a.sha256 IS NOT NULL RETURN a.title"))
    assert len(found) == 3, "each that came from a file of the folder"
