"""Print the rows that questions get now, for reading: `python -m tests.questions NAME …`.

An answer is not renewed by a command: it is checked against the article and written by hand.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterator

from api.graphql.engine import Engine, Request
from api.questions import Question, questions
from graph.connection import AsyncDatabase, Database
from graph.server import Home, managed
from graph.statement import Statement
from graph.target import Target


async def _by_graphql(question: Question, target: Target) -> list[list[object]]:
    database = AsyncDatabase(target)
    try:
        data = await Engine(database).data(Request(question.graphql, dict(question.variables)))
    finally:
        await database.close()
    return question.rows_of(data)


def _told(question: Question, target: Target) -> Iterator[str]:
    with Database(target) as database:
        columns, rows = database.rows(Statement(question.cypher, question.parameters))
    yield f"{question.name}: {question.asks}"
    yield from (json.dumps(row, ensure_ascii=False) for row in (columns, *rows))
    given = [list(question.columns), *asyncio.run(_by_graphql(question, target))]
    if given != [columns, *rows]:
        yield "GraphQL differs:"
        yield from (json.dumps(row, ensure_ascii=False) for row in given)


def main(names: list[str]) -> None:
    """Ask the managed Neo4j of MSCEV_HOME."""
    with managed(Home.from_environ()) as server:
        for question in questions():
            if question.name in names:
                target = server.target
                sys.stdout.writelines(f"{line}\n" for line in _told(question, target))


if __name__ == "__main__":
    main(sys.argv[1:])
