"""Constraints and indexes, derived from schema/. Community has uniqueness constraints only."""

from __future__ import annotations

from collections.abc import Iterator

from graph.connection import Database, Transaction
from graph.statement import Statement
from graph.vocabulary import NODE_LABELS, RELATION_TYPES
from schema.errors import DatabaseRejected
from schema.kinds import KINDS
from schema.stored import ENTITY

ENTITY_TEXT = "entity_words"
CLAIM_TEXT = "claim_text"
_MADE_ALREADY = "Neo.ClientError.Schema.EquivalentSchemaRuleAlreadyExists"


def statements() -> Iterator[tuple[str, Statement]]:
    """Yield the name of every constraint and index and what makes it."""
    for name in NODE_LABELS:
        yield _named(f"{name.lower()}_id", "CONSTRAINT", f"FOR (n:{name}) REQUIRE n.id IS UNIQUE")
    for kind in KINDS:
        # A page of one kind is read in the order of this index.
        yield _range(kind.name, "id")
        yield _range(kind.name, "name")
        for prop in kind.properties:
            if prop.type is float:
                yield _range(kind.name, prop.name)
    yield _range(ENTITY, "name")
    for key in ("place", "predicate", "article", "status"):
        yield _range("Claim", key)
    yield _range("Citation", "marker")
    yield _range("Reference", "position")
    for type_ in RELATION_TYPES:
        # A page of relations is read in the order of these indexes.
        yield _named(f"{type_.lower()}_id", "INDEX", f"FOR ()-[r:{type_}]-() ON (r.id)")
    for key in ("doi", "pmid"):
        yield _range("Reference", key)
    fields = "[n.name, n.synonyms, n.asWritten, n.description, n.kind]"
    yield _named(ENTITY_TEXT, "FULLTEXT INDEX", f"FOR (n:{ENTITY}) ON EACH {fields}")
    yield _named(CLAIM_TEXT, "FULLTEXT INDEX", "FOR (n:Claim) ON EACH [n.statement]")


def make_indexes(database: Database, seconds: int = 60) -> None:
    """Make what is missing, in one transaction, and wait until it can be used."""
    wanted = dict(statements())

    def missing() -> list[Statement]:
        _, rows = database.rows(Statement("SHOW INDEXES YIELD name"))
        return [wanted[name] for name in wanted.keys() - {row[0] for row in rows}]

    def make(tx: Transaction) -> None:
        for statement in left:
            tx.run(statement.text).consume()

    if not (left := missing()):
        return
    try:
        database.write(make)
    except DatabaseRejected as error:
        # another command makes them at the same time, and was first
        if error.values.get("neo4j_code") != _MADE_ALREADY or missing():
            raise
    database.rows(Statement("CALL db.awaitIndexes($seconds)", {"seconds": seconds}))


def _named(name: str, what: str, rest: str) -> tuple[str, Statement]:
    return name, Statement(f"CREATE {what} {name} IF NOT EXISTS {rest}")


def _range(name: str, key: str) -> tuple[str, Statement]:
    return _named(f"{name.lower()}_by_{key.lower()}", "INDEX", f"FOR (n:{name}) ON (n.{key})")
