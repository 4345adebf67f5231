"""A write as the writer does it: a change and a higher generation in one transaction."""

from __future__ import annotations

from graph.connection import Database

READ = '{ entity(id: "HGNC:6018") { description } }'


def describe(database: Database, text: str | None) -> None:
    """Give the entity that `READ` reads another description."""
    database.write(
        lambda tx: tx.run(
            "MATCH (n:Entity {id: 'HGNC:6018'}) SET n.description = $text "
            "WITH n MATCH (r:Release {id: 'graph'}) SET r.generation = r.generation + 1",
            {"text": text},
        ).consume()
    )
