"""One golden case: files beside each other, and how a statement is written so that it can be read."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from api.graphql.engine import Engine, Request
from graph.statement import Statement

CASES = Path(__file__).parent / "cases"
_WORDS = "OPTIONAL MATCH|(?<!OPTIONAL )MATCH|UNWIND|CALL|RETURN|UNION|WHERE|ORDER BY"
_CLAUSES = re.compile(rf" (?=(?:{_WORDS})\b)")


@dataclass(frozen=True, slots=True)
class Case:
    """A query with its variables, which stand as JSON in a comment at its end."""

    name: str

    @property
    def request(self) -> Request:
        """The request."""
        text = (CASES / f"{self.name}.graphql").read_text(encoding="utf-8")
        given = re.search(r"^# (\{.*\})$", text, re.MULTILINE)
        return Request(text, json.loads(given[1]) if given else {})

    @property
    def cypher(self) -> Path:
        """The file of the statement."""
        return CASES / f"{self.name}.cypher"

    @property
    def answer(self) -> Path:
        """The file of the parameters and the answer."""
        return CASES / f"{self.name}.json"


def cases() -> list[Case]:
    """Return every case."""
    return [Case(path.stem) for path in sorted(CASES.glob("*.graphql"))]


def statement_of(case: Case, engine: Engine) -> Statement:
    """Return the statement that a case becomes."""
    prepared = engine.prepare(case.request)
    return prepared.plan.statement(prepared.variables)


def written(statement: Statement) -> str:
    """Return the text of a statement with a line for each clause."""
    return _CLAUSES.sub("\n", statement.text) + "\n"


def told(statement: Statement, data: Any) -> str:
    """Return parameters and answer as JSON."""
    value = {"parameters": dict(statement.parameters), "data": data}
    return json.dumps(value, indent=1, ensure_ascii=False, default=list) + "\n"
