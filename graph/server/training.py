"""The work that an AOT cache is trained with: what loaders and the api ask for, in small."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING, Final

from graph.server import probe
from graph.server.config import HOST, USER
from schema.errors import DatabaseUnavailable

if TYPE_CHECKING:
    from threading import Event

    from graph.server.config import Ports

PARAMETERS: Final = {
    "id": "x:7",
    "ids": ["x:1", "x:2", "x:3"],
    "text": "name",
    "rows": [{"id": f"x:{number}", "number": number / 2} for number in range(1, 100)],
}
ROUNDS: Final = 3


def statements() -> list[str]:
    """The statements of training.cypher, in their order."""
    text = resources.files(__package__).joinpath("training.cypher").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("//")]


def work(ports: Ports, secret: str, cancelled: Event) -> None:
    """Do the work over Bolt and ask the HTTP Query API once."""
    from neo4j.exceptions import DriverError, Neo4jError  # noqa: PLC0415 - costs 1 s, only training needs it here

    try:
        with probe.connect(ports.bolt, secret) as driver, driver.session(database="neo4j") as session:
            for statement in statements() * ROUNDS:
                if cancelled.is_set():
                    return
                session.run(statement, PARAMETERS).consume()
        _ask_over_http(ports, secret)
    except (DriverError, Neo4jError) as error:
        raise DatabaseUnavailable(f"Training failed: {error}") from error


def _ask_over_http(ports: Ports, secret: str) -> None:
    import httpx  # noqa: PLC0415 - costs 0.6 s, only training needs it here

    try:
        answer = httpx.post(
            f"http://{HOST}:{ports.http}/db/neo4j/query/v2",
            json={"statement": "MATCH (e:Entity) RETURN e.name LIMIT 3"},
            auth=(USER, secret),
            timeout=30,
        )
        answer.raise_for_status()
    except httpx.HTTPError as error:
        raise DatabaseUnavailable(f"Training failed: {error}") from error
