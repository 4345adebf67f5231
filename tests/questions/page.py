"""The page of all questions with their answers: `python -m tests.questions.page > docs/questions.md`."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from api.questions import Question, questions
from tests.questions.answer import answer_to

SERVICE = "http://localhost:8000"
_HEAD = """# Questions

What scientists, tool builders and presenters ask of the built-in article: {number} questions, each in GraphQL
and in Cypher, with the exact answer. Both queries give the same rows. The answers were checked by hand
against the article: 25.3 means paragraph 25, sentence 3.

The links open a question in GraphiQL or on the page for Cypher of a service that runs here (`mscev up`).
GraphiQL has all of them in its menu.
The questions come with the package: `api.questions.questions()`.

"""


def as_markdown() -> str:
    """Return the page."""
    asked = questions()
    listed = "".join(f"{i}. [{one.asks}](#{_anchor(i, one)})\n" for i, one in enumerate(asked, 1))
    told = (line for i, one in enumerate(asked, 1) for line in _told(i, one))
    return _HEAD.format(number=len(asked)) + listed + "".join(f"\n{part}\n" for part in told)


def _heading(number: int, question: Question) -> str:
    return f"{number} {question.title}"


def _anchor(number: int, question: Question) -> str:
    return re.sub(r"[^a-z0-9 -]", "", _heading(number, question).lower()).replace(" ", "-")


def _told(number: int, question: Question) -> Iterator[str]:
    answer = answer_to(question)
    yield f"## {_heading(number, question)}"
    yield question.asks
    yield (
        f"[Open in GraphiQL]({SERVICE}{question.graphql_address}) · "
        f"[open on the page for Cypher]({SERVICE}{question.cypher_address})"
    )
    yield _code("graphql", question.graphql)
    yield from _values("Variables", question.variables)
    yield _code("cypher", question.cypher)
    yield from _values("Parameters", question.parameters)
    yield _table(answer.columns, answer.rows) if answer.rows else "**Nothing is stated.**"
    yield f"Checked: {answer.checked}"


def _code(language: str, text: str) -> str:
    return f"```{language}\n{text.strip()}\n```"


def _values(name: str, values: Mapping[str, Any]) -> Iterator[str]:
    if values:
        yield f"{name}: `{json.dumps(values, ensure_ascii=False)}`"


def _table(columns: list[str], rows: list[list[Any]]) -> str:
    lines = [columns, ["---"] * len(columns), *([_cell(value) for value in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_cell, value)) or "none"
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value).replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(as_markdown())
