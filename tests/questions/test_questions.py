"""Each question in GraphQL and in Cypher has exactly its stored answer; the page of questions says so."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from graphql import OperationDefinitionNode, parse, validate

from api.graphql.schema import schema
from api.questions import Question, questions
from graph.connection import Database
from graph.statement import Statement
from loaders.article.curated import built_in
from tests.conftest import Service
from tests.questions.answer import FOLDER, answer_to
from tests.questions.page import as_markdown

QUESTIONS = questions()
# What the article does not say is an answer too: no row, or one that holds nothing.
NOT_STATED = {"opposed-claims", "articles-agree", "articles-contradict"}
each = pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)

Rows = tuple[list[str], list[list[Any]]]


@pytest.fixture(scope="module")
def by_cypher(database: Database) -> Callable[[Question], Rows]:
    """What a question's Cypher gives in a read session."""
    return lambda question: database.rows(Statement(question.cypher, question.parameters))


@pytest.mark.usefixtures("loaded")
class TestAnswers:
    @each
    def test_by_graphql(self, question: Question, service: Service) -> None:
        data = service.ask(question.graphql, **question.variables)
        assert question.rows_of(data) == answer_to(question).rows

    @each
    def test_by_cypher(self, question: Question, by_cypher: Callable[[Question], Rows]) -> None:
        answer = answer_to(question)
        assert by_cypher(question) == (answer.columns, answer.rows)


def test_there_are_enough_with_names_of_their_own() -> None:
    assert len(QUESTIONS) >= 40
    for told in ("name", "title", "asks"):
        assert len({getattr(one, told) for one in QUESTIONS}) == len(QUESTIONS), told
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", one.name) for one in QUESTIONS)
    assert {one.name for one in QUESTIONS} == {path.stem for path in FOLDER.iterdir()}


@each
def test_a_question_is_whole(question: Question) -> None:
    answer = answer_to(question)
    assert list(question.columns) == answer.columns
    document = parse(question.graphql)
    assert validate(schema(), document) == []
    (operation,) = document.definitions
    assert isinstance(operation, OperationDefinitionNode)
    assert operation.name
    assert operation.name.value == "".join(word.capitalize() for word in question.name.split("-"))
    assert set(re.findall(r"\$(\w+)", question.cypher)) == set(question.parameters)
    assert set(re.findall(r"\$(\w+):", question.graphql)) == set(question.variables)
    assert question.asks.endswith("?")
    assert bool(answer.rows) is (question.name not in NOT_STATED)
    assert all(len(row) == len(answer.columns) for row in answer.rows)


@each
def test_the_places_of_an_answer_are_places_of_the_article(question: Question) -> None:
    """The check names places that there are, and each place of a row among them."""
    lines = (built_in().folder / "places.tsv").read_text(encoding="utf-8").splitlines()[1:]
    known = {".".join(line.split("\t")[:2]) for line in lines}
    answer = answer_to(question)
    named = set(re.findall(r"\b\d+\.\d+\b", answer.checked))
    assert named <= known
    if {"paragraph", "sentence"} <= set(answer.columns):
        paragraph, sentence = answer.columns.index("paragraph"), answer.columns.index("sentence")
        assert {f"{row[paragraph]}.{row[sentence]}" for row in answer.rows} <= named


def test_what_a_row_lacks_is_found_in_what_encloses_it() -> None:
    question = Question("x", "", "", "", {}, "", {}, "a.b.c", {"i": "i", "j": "j", "k": "k.l", "n": "n.o"})
    data = {
        "a": [{"i": 1, "b": {"j": 2}, "c": [{"k": [{"l": 3}, {"l": 4}], "n": None}]}, {"i": 5, "b": None}]
    }
    assert question.rows_of(data) == [[1, 2, [3, 4], None]]


def test_the_page_is_made_of_the_files() -> None:
    page = Path(__file__).parents[2] / "docs" / "questions.md"
    renewal = "renew with: .venv/bin/python -m tests.questions.page > docs/questions.md"
    assert page.read_text(encoding="utf-8") == as_markdown(), renewal
