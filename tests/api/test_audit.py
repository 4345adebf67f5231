"""The audit on a real Neo4j: it passes on the built-in article, and each gate falls when its rule is broken.

Every break happens inside a transaction that is rolled back, so that the article is loaded once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api.audit import Curation, MentionQuality, Report, audit
from api.cli.audit import curation_of
from api.rubric import RUBRIC, Answer, Group, scores
from graph.connection import Database, Transaction
from graph.reads.audit import Stored, read
from graph.server import Server
from graph.writer import LoadReport
from loaders.article.curated import built_in
from schema.licences import LICENCES, SEE_SOURCE
from tests.command import run

ROOT = Path(__file__).parents[2]
CURATION = {built_in().article: curation_of(built_in())}
# A break inside the hashed content is also seen by the release.
SEALED = "release"

BREAKS = {
    "claim-evidence": "MATCH (c:Claim) WITH c LIMIT 1 MATCH (c)-[r:STATED_IN]->() DELETE r",
    "claim-ends": "MATCH (c:Claim {makesRelation: false}) WITH c LIMIT 1 MATCH (c)-[r:OBJECT]->() DELETE r",
    "claim-source": "MATCH (c:Claim) WITH c LIMIT 1 MATCH (c)-[:STATED_IN]->(s) SET s.sha256 = 'another'",
    "duplicate-claim": """
        MATCH (s)<-[:SUBJECT]-(c:Claim {makesRelation: false})-[:OBJECT]->(o), (c)-[:STATED_IN]->(p)
        WHERE NOT EXISTS { (c)-[:CONTEXT]->() }
        WITH s, c, o, p LIMIT 1
        CREATE (n:Claim) SET n = c { .*, id: c.id + 'copy', cited: false }
        CREATE (n)-[:SUBJECT]->(s), (n)-[:OBJECT]->(o), (n)-[:STATED_IN]->(p)
    """,
    "relation-claims": """
        MATCH ()-[r]->() WHERE size(r.claimIds) > 1 WITH r LIMIT 1 SET r.claimIds = r.claimIds[1..]
    """,
    "claim-relation": "MATCH ()-[r]->() WHERE r.claimIds IS NOT NULL WITH r LIMIT 1 DELETE r",
    "duplicate-identifier": """
        MATCH (n:Entity)-[m:MAPPED_TO {match: 'EXACT'}]->(t:Term), (o:Entity)
        WHERE o <> n WITH o, m, t LIMIT 1
        CREATE (o)-[x:MAPPED_TO]->(t) SET x = properties(m)
    """,
    "identifier-source": "MATCH ()-[m:MAPPED_TO]->() WITH m LIMIT 1 SET m.source = ''",
    "identifier-licence": "MATCH ()-[m:MAPPED_TO]->() WITH m LIMIT 1 SET m.source = 'Unheard'",
    "citation-note": "MATCH (f:Citation {status: 'UNRESOLVED'}) WITH f LIMIT 1 REMOVE f.note",
    "citation-reference": """
        MATCH (f:Citation {status: 'UNRESOLVED'}) WITH f LIMIT 1
        CREATE (f)-[:RESOLVED_TO]->(:Reference {
          id: 'mscev.ref:msc-ev/0', article: 'mscev.article:msc-ev', position: 0, authors: []
        })
    """,
    "marker-citation": "MATCH (f:Citation {marker: 40}) DETACH DELETE f",
    "known-nodes": "CREATE (:Gene {id: 'HGNC:1'})",
    "known-relationships": "MATCH (a:Article), (s:Source) CREATE (a)-[:FROM]->(s)",
    SEALED: "MATCH (c:Claim) WITH c LIMIT 1 SET c.statement = c.statement + '!'",
}
# The hash of a sentence is not in the release, as every claim holds it by itself; nor is what is foreign.
UNSEALED = {"claim-source", "known-nodes", "known-relationships"}


class _RollBackError(Exception):
    """Ends a transaction without a trace."""


def examine(stored: Stored, mentions: MentionQuality | None = None) -> Report:
    return audit(stored, CURATION, mentions)


def after(database: Database, cypher: str) -> Report:
    """Return the audit of the graph as it would be after a change."""
    found: list[Stored] = []

    def work(tx: Transaction) -> None:
        counters = tx.run(cypher).consume().counters
        assert counters.contains_updates, "the break changed nothing"
        found.append(
            read(
                lambda s: tx.run(s.text, dict(s.parameters)).single(True)[0],
                lambda s: [record.values() for record in tx.run(s.text, dict(s.parameters))],
            )
        )
        raise _RollBackError

    with pytest.raises(_RollBackError):
        database.write(work)
    return examine(found[0])


@pytest.fixture(scope="module")
def stored(database: Database, loaded: LoadReport) -> Stored:
    return read(database.value, database.stream)


@pytest.fixture(scope="module")
def report(stored: Stored) -> Report:
    return examine(stored)


def test_every_gate_passes_on_the_built_in_article(report: Report) -> None:
    assert report.broken == ()
    assert report.passed
    assert {gate.name for gate in report.gates} == set(BREAKS)
    assert {gate.found for gate in report.gates} == {0}


def test_the_figures_are_those_of_the_load(report: Report, loaded: LoadReport) -> None:
    for name in ("entities", "claims", "sentences", "references", "citations"):
        assert report.counts[name] == loaded.counts[name], name
    assert report.release == report.computed == loaded.release
    (article,) = report.articles
    assert article.with_claims == article.sentences == loaded.counts["sentences"]
    assert article.without_claims == ()
    assert article.claims == loaded.counts["claims"]
    assert (article.copy, article.verified, len(article.unverified)) == (False, 0, article.sentences)


def test_the_resolution_table_is_the_curated_one(report: Report) -> None:
    (article,) = report.articles
    curated = {citation.label: citation for citation in built_in().citations()}
    assert [c.marker for c in article.citations] == sorted(c.marker or 0 for c in curated.values())
    for row in article.citations:
        citation = curated[row.label]
        assert (row.status, row.basis, row.confidence) == (
            citation.status,
            citation.basis,
            citation.confidence,
        )
        assert (row.reference, row.alternatives) == (citation.reference, citation.alternatives)
        assert row.claims
        assert row.note
    assert article.resolved == sum(c.reference is not None for c in curated.values())


def test_grounding_adds_up(report: Report, loaded: LoadReport) -> None:
    *kinds, total = report.grounding
    assert total.kind == "all"
    assert total.entities == sum(kind.entities for kind in kinds) == loaded.counts["entities"]
    assert total.exact + total.near + total.none == total.entities
    assert len(report.ungrounded) == total.near + total.none
    assert sum(not entity.mappings for entity in report.ungrounded) == total.none
    exact = {e.id for e in built_in().entities() if any(m.match == "EXACT" for m in e.mappings)}
    assert total.exact == len(exact)


def test_every_identifier_has_source_and_licence(report: Report) -> None:
    assert sum(origin.identifiers for origin in report.origins) >= report.counts["identifiers"]
    assert sum(origin.steps for origin in report.origins) == report.counts["steps"]
    assert [origin for origin in report.origins if not (origin.source and origin.licence)] == []


def test_only_unused_entities_stand_alone(report: Report) -> None:
    assert set(report.unconnected) <= {entity.id for entity in report.unused}
    assert report.same_names == ()


@pytest.mark.parametrize("gate", BREAKS)
def test_a_break_is_seen_by_its_gate_alone(database: Database, report: Report, gate: str) -> None:
    found = after(database, BREAKS[gate])
    assert not found.passed
    assert set(found.broken) == ({gate} if gate in UNSEALED else {gate, SEALED})
    broken = {g.name: g for g in found.gates}[gate]
    assert broken.found > broken.allowed
    assert broken.detail


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ("r.claimIds = r.claimIds + 'mscev.claim:0'", "do not exist"),
        ("r.publications = ['PMID:1']", "publications"),
        ("r.sources = ['other']", "sources"),
        ("r.direction = 'INCREASED'", "direction"),
    ],
)
def test_a_relation_that_says_something_else_is_named(
    database: Database, report: Report, change: str, problem: str
) -> None:
    cypher = f"MATCH ()-[r]->() WHERE r.direction = 'DECREASED' WITH r LIMIT 1 SET {change}"
    found = after(database, cypher)
    assert set(found.broken) == {"relation-claims", SEALED}
    assert problem in {g.name: g for g in found.gates}["relation-claims"].detail


@pytest.mark.parametrize(
    ("gate", "cypher", "problem"),
    [
        ("known-nodes", "CREATE ({name: 'x'})", "has none of the labels of mscev"),
        (
            "known-nodes",
            "MATCH (n:Entity {id: 'HGNC:6018'}) SET n:Gene",
            "HGNC:6018 has the unknown label Gene",
        ),
        (
            "known-nodes",
            "MATCH (n:Entity {id: 'HGNC:6018'}) SET n:Claim",
            "HGNC:6018 has the labels Entity and Claim",
        ),
        ("known-nodes", "MATCH (n:Entity {id: 'HGNC:6018'}) SET n:Disease", "has labels of several kinds"),
        (
            "known-nodes",
            "MATCH (n:Entity {id: 'HGNC:6018'}) REMOVE n:Cytokine",
            "has not the label of its kind",
        ),
        ("known-nodes", "MATCH (n:Entity {id: 'HGNC:6018'}) REMOVE n.kind", "has not the label of its kind"),
        (
            "known-nodes",
            "MATCH (n:Entity {id: 'HGNC:6018'}) SET n.rating = 5",
            "has the unknown property rating",
        ),
        ("known-nodes", "MATCH (n:Entity {id: 'HGNC:6018'}) REMOVE n.name", "has no name"),
        ("known-nodes", "CREATE (:Claim {statement: 'x'})", "has no id"),
        (
            "known-relationships",
            "MATCH (a:Entity {id: 'HGNC:6018'}), (b:Disease {id: 'MONDO:0005178'}) CREATE (a)-[:CAUSES]->(b)",
            "CAUSES from HGNC:6018 to MONDO:0005178 has no id",
        ),
        (
            "known-relationships",
            "MATCH (a:Entity {id: 'HGNC:6018'}), (b:Article) CREATE (a)-[:PART_OF]->(b)",
            "PART_OF from HGNC:6018 to mscev.article:msc-ev joins what it may not",
        ),
        (
            "known-relationships",
            "MATCH (:Claim)-[r:SUBJECT]->() WITH r LIMIT 1 SET r.weight = 1",
            "has the unknown property weight",
        ),
    ],
)
def test_what_was_written_past_the_loaders_is_named(
    database: Database, report: Report, gate: str, cypher: str, problem: str
) -> None:
    found = {g.name: g for g in after(database, cypher).gates}[gate]
    assert found.found == 1
    assert problem in found.detail


def test_the_source_of_a_claim_must_be_stored(database: Database, report: Report) -> None:
    cypher = "MATCH (:Section)-[r:PART_OF]->(:Article) DELETE r"
    assert set(after(database, cypher).broken) == {"claim-source"}


def test_a_sentence_without_claims_is_told_with_its_reason(database: Database, stored: Stored) -> None:
    place = (stored.figures["articles"][0]["unverified"][0][0], 1)
    silent = stored.figures["articles"][0] | {"silent": [list(place), [41, 2]]}
    figures = stored.figures | {"articles": [silent]}
    curation = {built_in().article: Curation(frozenset(), {place: "a heading in a sentence's clothes"})}
    (article,) = audit(Stored(figures, stored.faults, stored.releases), curation).articles
    assert article.with_claims == article.sentences - 2
    assert [row.reason for row in article.without_claims] == ["a heading in a sentence's clothes", None]


def test_a_new_entity_is_unused_and_loose(database: Database, report: Report) -> None:
    found = after(database, "CREATE (:Entity {id: 'mscev:new', kind: 'Protein', name: 'new', sources: []})")
    assert {entity.id for entity in found.unused} - {e.id for e in report.unused} == {"mscev:new"}
    assert set(found.unconnected) - set(report.unconnected) == {"mscev:new"}
    assert len(found.ungrounded) == len(report.ungrounded) + 1


def test_the_same_name_in_other_letters_is_seen(database: Database, report: Report) -> None:
    cypher = """
        MATCH (n:Entity {id: 'HGNC:6018'})
        CREATE (:Entity {id: 'mscev:new', kind: n.kind, name: 'il-6', sources: []})
    """
    assert after(database, cypher).same_names == (("HGNC:6018", "mscev:new"),)


def test_mention_quality_is_a_gate_when_it_was_measured(stored: Stored) -> None:
    assert examine(stored).mentions is None
    good = examine(stored, MentionQuality(0.99, 0.98))
    assert good.passed
    assert good.gates[-1].name == "mention-quality"
    assert examine(stored, MentionQuality(0.99, 0.97)).broken == ("mention-quality",)


def test_licences_are_those_of_the_notice() -> None:
    notice = (ROOT / "NOTICE.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| [^|]+ \| (\w+) \| ([^|]+) \|$", notice, re.MULTILINE))
    prefixes = {
        mapping.id.partition(":")[0]: mapping.source for e in built_in().entities() for mapping in e.mappings
    }
    known = {licence.source: licence.licence for licence in LICENCES}
    for prefix, source in prefixes.items():
        told = rows[prefix]
        words = {
            "CC BY 4.0": "CC-BY-4.0",
            "CC BY 3.0": "CC-BY-3.0",
            "CC0": "CC0-1.0",
            "Apache-2.0": "Apache-2.0",
        }
        assert known[source] == words.get(told, SEE_SOURCE), prefix
        assert told in words or SEE_SOURCE in told, prefix


def test_the_rubric_is_whole_and_honest(report: Report) -> None:
    assert [score.questions for score in scores()] == [5, 7, 5, 5, 5, 27]
    assert [score.group for score in scores()] == [*Group, "all"]
    assert len({question.key for question in RUBRIC}) == len(RUBRIC)
    answers = {question.key: question.answer for question in RUBRIC}
    if any(origin.version is None for origin in report.origins):
        assert answers["source_versions_info"] is not Answer.YES
    if report.ungrounded:
        assert answers["resolvable_ids"] is not Answer.YES


def test_the_page_names_every_gate_and_figure(report: Report) -> None:
    page = (ROOT / "docs/audit.md").read_text(encoding="utf-8")
    gates = [*BREAKS, "mention-quality"]
    assert [name for name in gates if f"`{name}`" not in page] == []
    assert [name for name in Report.__dataclass_fields__ if f"`{name}`" not in page] == []
    assert [question.key for question in RUBRIC if f"`{question.key}`" not in page] == []
    told = dict(re.findall(r"^\| `(\w+)` \| (yes|partly|no) \|", page, re.MULTILINE))
    assert told == {question.key: question.answer.value for question in RUBRIC}


class TestCommand:
    """The command on the same server; last, because it leaves the database empty."""

    @pytest.fixture(scope="class", autouse=True)
    @staticmethod
    def _emptied(server: Server, database: Database, loaded: LoadReport) -> Iterator[None]:
        yield
        database.write(lambda tx: tx.run("MATCH (n) DETACH DELETE n").consume())

    def test_it_passes_and_prints_json(self, report: Report) -> None:
        done = run("audit", "--json")
        assert done.returncode == 0, done.stderr
        printed: dict[str, Any] = json.loads(done.stdout)
        assert printed["passed"] is True
        assert printed["release"] == report.release
        assert set(printed) == {*Report.__dataclass_fields__, "mining"}
        assert printed["mining"]
        assert len(printed["articles"][0]["citations"]) == 40

    def test_it_prints_tables(self) -> None:
        done = run("audit")
        assert done.returncode == 0, done.stderr
        for words in (
            "body sentences have claims",
            "CC-BY-4.0",
            "duplicate-claim",
            "Precision 1.0",
            "partly",
        ):
            assert words in done.stdout

    def test_a_broken_gate_exits_1_and_is_named_in_one_line(self, database: Database) -> None:
        database.write(lambda tx: tx.run(BREAKS["claim-evidence"]).consume())
        done = run("audit", "--json")
        assert done.returncode == 1
        assert json.loads(done.stdout)["passed"] is False
        (line,) = done.stderr.splitlines()
        assert "claim-evidence, release" in line

    def test_an_empty_graph_is_no_pass(self, database: Database, tmp_path: Path) -> None:
        database.write(lambda tx: tx.run("MATCH (n) DETACH DELETE n").consume())
        done = run("audit", "--json")
        assert done.returncode == 1
        assert "mscev load article" in done.stderr
        assert len(done.stderr.splitlines()) == 1
        exported = run("export", str(tmp_path / "out"), "--format", "csv")
        assert exported.returncode == 2
        assert "mscev load article" in exported.stderr
        assert not (tmp_path / "out").exists()
