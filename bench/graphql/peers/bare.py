"""A server with nothing of its own: statements by HTTP into the driver, answers as JSON.

What it takes beyond the driver is the least that a server in Python takes. It runs what it is sent: it is for
this bench alone. NEO4J_URI, NEO4J_USERNAME and NEO4J_PASSWORD say where and who.
"""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING

import neo4j
import orjson
import uvicorn
from neo4j.exceptions import Neo4jError

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send


class Bare:
    """An ASGI application; the body of a request is `{"query": Cypher, "variables": parameters}`."""

    def __init__(self, driver: neo4j.AsyncDriver) -> None:
        self._driver = driver

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the one value of the statement's one record as `data`."""
        assert scope["type"] == "http"
        body, more = b"", True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        answer = orjson.dumps(await self._answer(orjson.loads(body)))
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(answer)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": answer})

    async def _answer(self, asked: dict[str, object]) -> dict[str, object]:
        try:
            async with self._driver.session(
                database="neo4j", default_access_mode=neo4j.READ_ACCESS
            ) as session:
                result = await session.run(asked["query"], asked.get("variables") or {})  # type: ignore[arg-type]
                return {"data": (await result.single(strict=True))[0]}
        except Neo4jError as error:
            return {"errors": [{"message": str(error.message)}]}


def main() -> None:
    """Serve."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--port", type=int, required=True)
    driver = neo4j.AsyncGraphDatabase.driver(
        os.environ["NEO4J_URI"],
        auth=(os.environ["NEO4J_USERNAME"], os.environ["NEO4J_PASSWORD"]),
        notifications_min_severity=neo4j.NotificationMinimumSeverity.OFF,
    )
    uvicorn.run(
        Bare(driver),
        port=options.parse_args().port,
        loop="uvloop",
        http="httptools",
        lifespan="off",
        access_log=False,
        log_level="warning",
    )


if __name__ == "__main__":
    main()
