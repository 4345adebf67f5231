"""One question over Bolt."""

from __future__ import annotations

import neo4j

from graph.server import Server


def ask(server: Server, cypher: str, **parameters: object) -> list[neo4j.Record]:
    with (
        neo4j.GraphDatabase.driver(server.bolt_uri, auth=(server.username, server.password)) as driver,
        driver.session() as session,
    ):
        return list(session.run(cypher, parameters))
