"""Print the rows that questions get now, for reading: `python -m tests.questions NAME …`.

An answer is not renewed by a command: it is checked against the article and written by hand.
"""

from __future__ import annotations

import asyncio
import json
import sys

from api.graphql.engine import Engine, Request
from api.questions import Question, questions
from graph.connection import AsyncDatabase, Database, Target
from graph.server import Home, managed
from graph.statement import Statement


async def _by_graphql(question: Question, target: Target) -> list[list[object]]:
    database = AsyncDatabase(target)
    try:
        data = await Engine(database).data(Request(question.graphql, dict(question.variables)))
    finally:
        await database.close()
    return question.rows_of(data)


def _print(question: Question, target: Target) -> None:
    with Database(target) as database:
        columns, rows = database.rows(Statement(question.cypher, question.parameters))
    given = asyncio.run(_by_graphql(question, target))
    same = (list(question.columns), given) == (columns, rows)
    print(f"{question.name}: {question.asks}\n{json.dumps(columns)}")
    for row in rows:
        print(json.dumps(row, ensure_ascii=False))
    if not same:
        print(f"GraphQL differs: {json.dumps(list(question.columns))}")
        for row in given:
            print(json.dumps(row, ensure_ascii=False))


def main(names: list[str]) -> None:
    """Ask the managed Neo4j of MSCEV_HOME."""
    with managed(Home.from_environ()) as server:
        for question in questions():
            if question.name in names:
                _print(question, Target(server.bolt_uri, server.username, server.password))


if __name__ == "__main__":
    main(sys.argv[1:])
