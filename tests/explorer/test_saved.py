"""The saved questions: each runs on the loaded article and gives exactly the answer that is written here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from neo4j.graph import Node, Relationship
from neo4j.graph import Path as Walk

from api.explorer.saved import Saved, groups, parse
from graph.connection import Database
from graph.statement import Statement
from schema.errors import InvalidInput
from tests.conftest import Service

ANSWERS = Path(__file__).parent / "answers"
PATTERNS = groups()[0].questions
# they need a second article, which tests/review/test_merging.py has
OF_TWO = {"articles-agree", "articles-contradict"}
EVERY = [question for group in groups() for question in group.questions]


def readable(value: object) -> Any:
    """Return a value of the driver as a reader names it: nodes by id, relationships by type and id."""
    if isinstance(value, Walk):
        steps = zip(value.nodes[1:], value.relationships, strict=True)
        return [value.start_node["id"], *(part for node, step in steps for part in (step.type, node["id"]))]
    if isinstance(value, Relationship):
        return f"{value.type} {value['id']}"
    if isinstance(value, Node):
        return value["id"]
    if isinstance(value, dict):
        return {key: readable(item) for key, item in value.items()}
    return [readable(item) for item in value] if isinstance(value, list) else value


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("question", PATTERNS, ids=lambda question: question.name)
def test_a_pattern_has_its_exact_answer(database: Database, question: Saved) -> None:
    columns, rows = database.rows(Statement(question.statement, question.parameters))
    file = ANSWERS / f"{question.name}.json"
    given = {"columns": columns, "rows": [[readable(value) for value in row] for row in rows]}
    assert given == json.loads(file.read_text(encoding="utf-8"))
    assert rows


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("question", EVERY, ids=lambda question: question.name)
def test_the_gate_lets_it_pass(service: Service, question: Saved) -> None:
    asked = {"statement": question.statement, "parameters": dict(question.parameters)}
    answer = httpx.post(f"{service.url}/db/neo4j/query/v2", json=asked, timeout=60)
    assert "errors" not in answer.json()
    assert (
        answer.json()["data"]["values"] or question.name in OF_TWO or question.title.startswith("Not stated")
    )


def test_there_is_an_answer_for_each_and_no_other() -> None:
    assert {file.stem for file in ANSWERS.glob("*.json")} == {question.name for question in PATTERNS}
    assert len(PATTERNS) >= 15


def test_names_and_titles_differ() -> None:
    assert len({question.name for question in EVERY}) == len(EVERY)
    assert len({question.title for question in EVERY}) == len(EVERY)


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("question", PATTERNS, ids=lambda question: question.name)
def test_every_parameter_is_used_and_given(database: Database, question: Saved) -> None:
    for name in question.parameters:
        assert f"${name}" in question.statement
    columns, _ = database.rows(Statement(f"EXPLAIN {question.statement}", question.parameters))
    assert columns


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("// title: a\n// asks: b\n// answer: c\n// shape: d\nRETURN 1", "unknown header '// shape: d'"),
        ("// title: a\n// asks: b\nRETURN 1", "no 'answer' in the header"),
        ("RETURN 1", "no 'title' in the header"),
        ("// title: a\n// asks: b\n// answer: c\n// parameters: {\nRETURN 1", "parameters are not JSON"),
    ],
)
def test_a_wrong_header_is_refused(text: str, problem: str) -> None:
    with pytest.raises(InvalidInput, match=problem):
        parse("x", text)


def test_a_header_may_go_on() -> None:
    header = '// title: a\n// asks: b\n//   and c\n// answer: d\n// parameters: {"x": 1}\n'
    text = f"{header}MATCH (n)\n// why\nRETURN n\n"
    assert parse("x", text) == Saved("x", "a", "b and c", "d", "MATCH (n)\n// why\nRETURN n", {"x": 1})


def test_the_page_of_the_docs_lists_them() -> None:
    page = Path(__file__).parents[2].joinpath("docs/cypher.md").read_text(encoding="utf-8")
    rows = [f"| [{one.title}](../api/explorer/saved/{one.name}.cypher) | {one.asks} |" for one in PATTERNS]
    assert [row for row in rows if row not in page] == []
