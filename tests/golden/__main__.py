"""Renew the golden files from what the service says now; read the difference before you commit it."""

from __future__ import annotations

import asyncio
import tempfile

from api.graphql.engine import Engine
from graph.connection import AsyncDatabase, Database
from graph.server import Home, managed
from graph.target import Target
from graph.writer import load
from loaders.article.curated import built_in
from tests.golden.case import cases, statement_of, told, written


async def _renew(target: Target) -> None:
    database = AsyncDatabase(target)
    engine = Engine(database)
    for case in cases():
        statement = statement_of(case, engine)
        data = await engine.data(case.request)
        case.cypher.write_text(written(statement), encoding="utf-8")
        case.answer.write_text(told(statement, data), encoding="utf-8")
    await database.close()


def main() -> None:
    """Write every file anew, on a Neo4j of its own with the built-in article."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home.from_environ({"MSCEV_HOME": folder})
        with managed(home) as server:
            with Database(server.target) as database:
                load(database, built_in().records())
            asyncio.run(_renew(server.target))


if __name__ == "__main__":
    main()
