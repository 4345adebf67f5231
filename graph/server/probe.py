"""Asks the server a real question over Bolt."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Final

from graph.server.config import HOST, USER
from schema.errors import DatabaseUnavailable

if TYPE_CHECKING:
    import neo4j

SECONDS: Final = 5.0
# Neo4j cannot end a statement inside an expression; one that was told to end and goes on holds a processor.
STUCK: Final = """
SHOW TRANSACTIONS YIELD status, elapsedTime
WHERE status STARTS WITH 'Terminated' AND elapsedTime > duration({seconds: 180})
RETURN count(*) = 0 AS yes
"""


def listens(port: int) -> bool:
    """Say whether anybody accepts connections there: cheap, and no proof of health."""
    try:
        with socket.create_connection((HOST, port), timeout=0.5):
            return True
    except OSError:
        return False


def connect(port: int, secret: str) -> neo4j.Driver:
    """A driver for the owner, with short patience."""
    import neo4j  # noqa: PLC0415 - costs 1 s, which is spent while the JVM boots

    return neo4j.GraphDatabase.driver(
        f"bolt://{HOST}:{port}",
        auth=(USER, secret),
        connection_timeout=SECONDS,
        connection_acquisition_timeout=SECONDS,
        max_transaction_retry_time=0,
        notifications_min_severity="OFF",
    )


def answers(port: int, secret: str) -> bool:
    """Say whether a query gets its answer, and none is stuck for ever.

    A wrong password is an error: waiting does not cure it.
    """
    from neo4j.exceptions import AuthError, DriverError, Neo4jError  # noqa: PLC0415 - see above

    try:
        with connect(port, secret) as driver, driver.session(database="neo4j") as session:
            return bool(session.run(STUCK).single(strict=True)["yes"])
    except AuthError as error:
        raise DatabaseUnavailable(
            "The managed Neo4j refuses the password in MSCEV_HOME/password: it was changed elsewhere. "
            "Put the right one into that file, or start empty with mscev db reset.",
            port=port,
        ) from error
    except (DriverError, Neo4jError):
        return False
