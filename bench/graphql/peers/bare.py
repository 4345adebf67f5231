"""A server with nothing of its own: statements by HTTP into the driver, answers as JSON.

What it takes beyond the driver is the least that a server in Python takes. It runs what it is sent: it is for
this bench alone. NEO4J_URI, NEO4J_USERNAME and NEO4J_PASSWORD say where and who.
"""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING, Any

import neo4j
import orjson
from neo4j.exceptions import Neo4jError

from api.http import read_body
from bench.graphql.direct import QUIET, one
from bench.graphql.serving import serve

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

BODY = 1 << 20


class Bare:
    """An ASGI application; the body of a request is `{"query": Cypher, "variables": parameters}`."""

    def __init__(self, driver: neo4j.AsyncDriver) -> None:
        self._driver = driver

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the one value of the statement's one record as `data`."""
        assert scope["type"] == "http"
        body = await read_body(receive, "", BODY)
        if body is None:
            return
        answer = orjson.dumps(await self._answer(orjson.loads(body)))
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(answer)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": answer})

    async def _answer(self, asked: dict[str, Any]) -> dict[str, object]:
        try:
            return {"data": await one(self._driver, asked["query"], asked.get("variables") or {})}
        except Neo4jError as error:
            return {"errors": [{"message": str(error.message)}]}


def main() -> None:
    """Serve."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--port", type=int, required=True)
    port = options.parse_args().port
    driver = neo4j.AsyncGraphDatabase.driver(
        os.environ["NEO4J_URI"],
        auth=(os.environ["NEO4J_USERNAME"], os.environ["NEO4J_PASSWORD"]),
        notifications_min_severity=QUIET,
    )
    serve(Bare(driver), port, lifespan="off")


if __name__ == "__main__":
    main()
