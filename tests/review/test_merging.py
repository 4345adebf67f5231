"""Two articles on one graph: an entity is there once, claims stand side by side, relations hold both."""

from __future__ import annotations

from typing import Any

import pytest

from api.questions import Question, questions
from graph.connection import Database
from graph.statement import Statement
from graph.writer import LoadReport, load
from loaders.article.curated import BUILT_IN_ARTICLE, built_in
from schema.records import Relation
from tests.conftest import Service, count
from tests.second import AGREES, ARTICLE, EV, IL6, OPPOSES, PMID, TNF, entities, second

RELATED = """
query($id: ID!, $other: Boolean!) {
  node(id: $id) { ... on Claim {
    agrees: related(kind: AGREES, otherArticles: $other) { id evidence { article { id } } }
    opposes: related(kind: OPPOSES, otherArticles: $other) { id evidence { article { id } } }
  } }
}
"""


def articles(claims: list[dict[str, Any]]) -> set[str]:
    return {place["article"]["id"] for claim in claims for place in claim["evidence"]}


def built_in_claims(object_: str) -> set[str]:
    return {
        c.id
        for c in built_in().claims()
        if (c.subject, c.object) == (EV, object_) and c.predicate == "DECREASES"
    }


@pytest.mark.usefixtures("both")
class TestRelated:
    def test_agreement_crosses_articles_both_ways(self, reviewing: Service) -> None:
        node = reviewing.ask(RELATED, id=AGREES.id, other=True)["node"]
        assert {claim["id"] for claim in node["agrees"]} == built_in_claims(IL6)
        assert articles(node["agrees"]) == {BUILT_IN_ARTICLE}
        assert node["opposes"] == []
        for id_ in built_in_claims(IL6):
            back = reviewing.ask(RELATED, id=id_, other=True)["node"]
            assert [claim["id"] for claim in back["agrees"]] == [AGREES.id]

    def test_contradiction_crosses_articles_both_ways(self, reviewing: Service) -> None:
        node = reviewing.ask(RELATED, id=OPPOSES.id, other=True)["node"]
        assert {claim["id"] for claim in node["opposes"]} == built_in_claims(TNF)
        assert node["agrees"] == []
        for id_ in built_in_claims(TNF):
            back = reviewing.ask(RELATED, id=id_, other=True)["node"]
            assert [claim["id"] for claim in back["opposes"]] == [OPPOSES.id]

    def test_without_the_argument_its_own_article_counts_too(self, reviewing: Service) -> None:
        polarised = [
            c
            for c in built_in().claims()
            if (c.subject, c.object) == (EV, "mscev:m2-macrophage-polarization")
        ]
        assert len(polarised) > 1
        own = reviewing.ask(RELATED, id=polarised[0].id, other=False)["node"]
        elsewhere = reviewing.ask(RELATED, id=polarised[0].id, other=True)["node"]
        assert len(own["agrees"]) == len(polarised) - 1
        assert elsewhere["agrees"] == []

    @pytest.mark.parametrize(
        ("name", "mine", "theirs"), [("articles-agree", AGREES, IL6), ("articles-contradict", OPPOSES, TNF)]
    )
    def test_the_saved_questions_find_them(
        self, reviewing: Service, database: Database, name: str, mine: Any, theirs: str
    ) -> None:
        (question,) = (one for one in questions() if one.name == name)
        rows = asked(question, reviewing, database)
        (other,) = (c for c in built_in().claims() if c.id in built_in_claims(theirs))
        titles = [[str(built_in().meta["title"])], ["Vesicles in mice"]]
        expected = [
            [other.statement, titles[0], mine.statement, titles[1]],
            [mine.statement, titles[1], other.statement, titles[0]],
        ]
        assert rows == expected


def asked(question: Question, service: Service, database: Database) -> list[list[Any]]:
    """Return the rows in GraphQL, which are those in Cypher."""
    rows = question.rows_of(service.ask(question.graphql, **question.variables))
    columns, found = database.rows(Statement(question.cypher, question.parameters))
    assert (columns, found) == (list(question.columns), rows)
    return rows


@pytest.mark.usefixtures("both")
class TestOneGraph:
    def test_an_entity_is_there_once_and_of_both(self, reviewing: Service, database: Database) -> None:
        total = len(list(built_in().entities()))
        assert count(database, "(n:Entity)") == total
        for entity in entities():
            assert count(database, f"(n:Entity {{id: '{entity.id}'}})") == 1
        sources = Statement("MATCH (n:Entity {id: $id}) RETURN n.sources AS value", {"id": EV})
        assert set(database.value(sources)) == {BUILT_IN_ARTICLE, ARTICLE}
        query = """query($id: ID!) { entity(id: $id) { claims(first: 500) {
            nodes { evidence { article { id } } } } } }"""
        assert articles(reviewing.ask(query, id=IL6)["entity"]["claims"]["nodes"]) == {
            BUILT_IN_ARTICLE,
            ARTICLE,
        }

    def test_a_relation_rests_on_both(self, reviewing: Service) -> None:
        query = """query($id: ID!) { relations(filter: {id: {eq: $id}}) {
            nodes { sources publications claims { id } } } }"""
        (shared,) = reviewing.ask(query, id=Relation(EV, "DECREASES", IL6).id)["relations"]["nodes"]
        assert set(shared["sources"]) == {BUILT_IN_ARTICLE, ARTICLE}
        assert f"PMID:{PMID}" in shared["publications"]
        assert len(shared["publications"]) > 1
        assert {claim["id"] for claim in shared["claims"]} == built_in_claims(IL6) | {AGREES.id}
        (own,) = reviewing.ask(query, id=Relation(EV, "INCREASES", TNF).id)["relations"]["nodes"]
        assert own["sources"] == [ARTICLE]

    def test_counts_by_source(self, reviewing: Service) -> None:
        query = """query($id: ID!) {
            curated: claims(filter: {article: {eq: $id}}) { totalCount }
            all: claims(filter: {article: {eq: $id}, status: {in: [CURATED, PROPOSED]}}) { totalCount }
            relations(filter: {source: {eq: $id}}) { totalCount } }"""
        mine, theirs = (reviewing.ask(query, id=id_) for id_ in (ARTICLE, BUILT_IN_ARTICLE))
        assert [mine[name]["totalCount"] for name in ("curated", "all", "relations")] == [2, 6, 2]
        claims = list(built_in().claims())
        relations = {(c.subject, c.predicate, c.object) for c in claims if c.makes_relation}
        assert [theirs[name]["totalCount"] for name in ("curated", "all", "relations")] == [
            len(claims),
            len(claims),
            len(relations),
        ]

    def test_each_source_has_a_release_of_its_own(self, both: LoadReport, database: Database) -> None:
        releases = Statement("MATCH (s:Source) RETURN collect([s.id, s.release]) AS value")
        before = dict(database.value(releases))
        # what both say depends on both: shared entities keep their hash, so a reload changes nothing
        assert load(database, second()).release == both.release
        assert dict(database.value(releases)) == before
        assert len(set(before.values())) == len(before) == 2
