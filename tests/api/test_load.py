"""`mscev load article` with articles of every form: what is stored and told; nothing of others is lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from graph.connection import Database
from graph.server import Server
from graph.statement import Statement
from graph.writer import LoadReport
from loaders.article.curated import BUILT_IN_ARTICLE
from loaders.readers import read_article
from tests.command import run
from tests.loaders.pdfs import article

FIXTURES = Path(__file__).parents[1] / "loaders"
OSTEOARTHRITIS = "MONDO:0005178"


@pytest.fixture(autouse=True)
def _ready(server: Server, loaded: LoadReport) -> None:
    """The commands find a running server that holds the article."""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("articles")
    pdf = folder / "two columns.pdf"
    pdf.write_bytes(article())
    text = folder / "plain.txt"
    text.write_text("Vesicles of MSCs lower IL-6 in rats.[1] Nothing else was measured.\n", encoding="utf-8")
    return [FIXTURES / "numbered.xml", FIXTURES / "by-author.nxml", pdf, text]


def rows(database: Database, cypher: str, **parameters: object) -> list[list[Any]]:
    _, found = database.rows(Statement(cypher, parameters))
    return [list(row) for row in found]


BUILT_IN_PARTS = """
    MATCH (e:Entity) WHERE $article IN e.sources
    OPTIONAL MATCH (e)-[m:MAPPED_TO]->(t:Term)
    WITH e, t, m ORDER BY e.id, t.id
    RETURN e {.*, sources: null} AS entity, collect([t.id, t.label, properties(m)]) AS mappings
"""


@pytest.fixture(scope="module")
def reports(
    server: Server, loaded: LoadReport, database: Database, files: list[Path]
) -> tuple[list[dict[str, Any]], list[list[Any]]]:
    """What loading all of them printed, and what was there of the built-in article before."""
    before = rows(database, BUILT_IN_PARTS, article=BUILT_IN_ARTICLE)
    done = run("load", "article", *map(str, files), "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout), before


def test_counts_are_told(reports: tuple[list[dict[str, Any]], Any]) -> None:
    numbered, by_author, pdf, text = reports[0]
    names = ("sections", "sentences", "markers", "references", "resolved")
    assert [numbered[name] for name in names] == [8, 18, 10, 6, 6]
    assert [by_author[name] for name in names] == [3, 4, 5, 4, 4]
    assert [pdf[name] for name in names] == [7, 105, 70, 13, 13]
    assert [text[name] for name in names] == [1, 2, 1, 0, 0]
    assert numbered["unread"] == {"second form of a formula": 1}
    assert [row["label"] for row in numbered["unresolved"]] == ["12", "13"]
    assert text["unresolved"] == [{"label": "1", "note": "No reference list is printed."}]
    assert {report["source"] for report in reports[0]} == {
        "mscev.article:10-1234-jmuv-2024-7",
        "mscev.article:markers-by-author-and-year",
        "mscev.article:10-1234-pdf-7",
        text["source"],
    }


def test_the_built_in_article_is_as_it_was(
    reports: tuple[list[dict[str, Any]], list[list[Any]]], database: Database
) -> None:
    assert rows(database, BUILT_IN_PARTS, article=BUILT_IN_ARTICLE) == reports[1]


@pytest.mark.usefixtures("reports")
class TestStored:
    def test_every_sentence_is_verified_and_quoted(self, database: Database) -> None:
        (row,) = rows(
            database,
            "MATCH (s:Sentence) WHERE s.article <> $article "
            "RETURN count(s), count(s.quote), sum(toInteger(s.verified))",
            article=BUILT_IN_ARTICLE,
        )
        assert row == [129, 129, 129]

    def test_an_entity_that_several_articles_name_is_one(self, database: Database) -> None:
        found = rows(
            database,
            "MATCH (n:Entity {id: $id})-[m:MENTIONED_IN]->(s:Sentence) WHERE s.article <> $article "
            "RETURN count(DISTINCT n), count(DISTINCT s.article), size(n.sources)",
            id=OSTEOARTHRITIS,
            article=BUILT_IN_ARTICLE,
        )
        assert found == [[1, 1, 2]]

    def test_a_mention_stands_where_its_spans_say(self, database: Database) -> None:
        found = rows(
            database,
            "MATCH (n:Entity {id: $id})-[m:MENTIONED_IN]->(s:Sentence {article: $article}) "
            "RETURN s.quote, m.starts[0], m.ends[0]",
            id=OSTEOARTHRITIS,
            article="mscev.article:10-1234-jmuv-2024-7",
        )
        text = read_text_of(FIXTURES / "numbered.xml")
        assert found
        assert {text[start:end] for _, start, end in found} == {"osteoarthritis"}

    def test_a_citation_leads_to_its_reference(self, database: Database) -> None:
        found = rows(
            database,
            "MATCH (c:Citation {article: $article}) OPTIONAL MATCH (c)-[:RESOLVED_TO]->(r:Reference) "
            "RETURN c.label, c.basis, r.position ORDER BY c.label",
            article="mscev.article:markers-by-author-and-year",
        )
        assert found == [
            ["Nobody (1900)", "by anchor", None],
            ["Old Group", "by anchor", 4],
            ["Ünal 2010", "by anchor", 1],
            ["Ünal 2010 (2)", "by anchor", 2],
            ["王 2011", "by anchor", 3],
        ]

    def test_a_sentence_of_a_pdf_has_its_page(self, database: Database) -> None:
        found = rows(
            database,
            "MATCH (s:Sentence {article: $article}) RETURN s.page, count(*) ORDER BY s.page",
            article="mscev.article:10-1234-pdf-7",
        )
        assert found == [[1, 51], [2, 54]]

    def test_terms_and_address_are_those_of_the_file(self, database: Database) -> None:
        found = rows(
            database,
            "MATCH (s:Source {id: $id}) RETURN s.licence, s.url",
            id="mscev.article:10-1234-jmuv-2024-7",
        )
        assert found == [["CC-BY-NC-4.0", "https://doi.org/10.1234/jmuv.2024.7"]]

    def test_loading_again_changes_nothing(
        self, reports: tuple[list[dict[str, Any]], Any], files: list[Path], tmp_path: Path
    ) -> None:
        done = run("load", "article", *map(str, files), "--json", "--text", str(tmp_path / "texts"))
        again = json.loads(done.stdout)
        assert again[-1]["release"] == reports[0][-1]["release"]
        text = (tmp_path / "texts" / "10-1234-jmuv-2024-7.txt").read_text(encoding="utf-8")
        assert text == read_text_of(FIXTURES / "numbered.xml")


class TestRefused:
    def test_a_wrong_file_is_told_and_the_others_are_loaded(self, tmp_path: Path, database: Database) -> None:
        broken = tmp_path / "broken.xml"
        broken.write_text("<article>\n<p>no end", encoding="utf-8")
        good = tmp_path / "good.md"
        good.write_text("# A good file about MSCs\n\nIt has one sentence.\n", encoding="utf-8")
        done = run("load", "article", str(broken), str(good))
        assert done.returncode == 1
        assert f"not read: {broken}:2:10: broken XML" in done.stderr
        assert "1 of 2 files could not be read (listed above); the rest was loaded" in done.stderr
        sources = rows(database, "MATCH (s:Source) WHERE s.title STARTS WITH 'A good file' RETURN s.id")
        assert sources == [["mscev.article:a-good-file-about-mscs"]]

    def test_a_file_that_cannot_be_read_is_one_line_and_writes_nothing(
        self, tmp_path: Path, database: Database
    ) -> None:
        path = tmp_path / "large.md"
        path.write_bytes(b"# Large\n\n" + b"word " * 400)
        before = rows(database, "MATCH (r:Release) RETURN r.generation")
        done = run("load", "article", str(path), MSCEV_ARTICLE_MAX_MB="0.001")
        assert done.returncode == 1
        assert "more than the limit of 0.001 MB for one article (MSCEV_ARTICLE_MAX_MB)" in done.stderr
        assert len(done.stderr.splitlines()) == 1
        assert rows(database, "MATCH (r:Release) RETURN r.generation") == before


def read_text_of(path: Path) -> str:
    return read_article(path)[0].text
