"""An edge that a loaded graph denies is a claim without a sentence: every door shows it all the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

import mscev
from graph.connection import Database
from graph.reads.shown import ClaimTests, claims_of, one_claim
from graph.target import Target
from graph.unload import unload
from graph.writer import LoadReport, load
from loaders.kgx.graph import KgxGraph, source_named
from schema.records import Claim
from tests.conftest import Service
from tests.explorer.page import get

NODES = "id\tcategory\tname\nD:1\tbiolink:Gene\tfirst\nD:2\tbiolink:Gene\tsecond\n"
EDGES = (
    "id\tsubject\tpredicate\tobject\tnegated\tprimary_knowledge_source\n"
    "d1\tD:1\tbiolink:affects\tD:2\ttrue\tinfores:denier\n"
)


@pytest.fixture(scope="module")
def denied(database: Database, loaded: LoadReport, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The id of the claim."""
    folder = tmp_path_factory.mktemp("denied")
    files: list[Path] = []
    for name, text in (("nodes", NODES), ("edges", EDGES)):
        files.append(folder / f"denied_{name}.tsv")
        files[-1].write_text(text, encoding="utf-8")
    source = source_named("denied")
    records = list(KgxGraph(files[0], files[1], source).records(lambda *_: pytest.fail("a row was rejected")))
    load(database, records)
    yield next(record.id for record in records if isinstance(record, Claim))
    unload(database, source.id)


def test_the_explorer_says_who_says_it(service: Service, denied: str) -> None:
    for path in ("/entity/D:1", "/entity/D:2", f"/claim/{quote(denied)}"):
        page = get(service, path)
        assert page.status == 200
        said = page.text()
        assert "said not to hold" in said
        assert "The graph infores:denier , which names no sentence for it." in said
        assert "that graph cites nothing for this" in said
        assert "None" not in said


def test_its_cypher_finds_it(database: Database, denied: str) -> None:
    for statement in (claims_of("D:1", ClaimTests()), one_claim(denied)):
        columns, rows = database.rows(statement)
        (row,) = (dict(zip(columns, row, strict=True)) for row in rows)
        assert (row["claim"], row["negated"], row["section"]) == (denied, True, None)


def test_it_is_drawn(service: Service, denied: str) -> None:
    drawn = httpx.get(f"{service.url}/views/answer.svg", params={"id": denied}, timeout=60)
    assert drawn.status_code == 200
    assert "first" in drawn.text


def test_python_has_it_as_a_row(target: Target, denied: str) -> None:
    with mscev.connect(target.uri, username=target.username, password=target.password) as graph:
        (row,) = (row for row in graph.claims() if row["id"] == denied)
    assert tuple(row) == mscev.CLAIM_COLUMNS
    assert (row["subjectId"], row["negated"], row["article"], row["sentence"]) == ("D:1", True, None, None)
