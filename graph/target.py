"""Where a database is, and as whom it is asked."""

from __future__ import annotations

from dataclasses import dataclass, field

from schema.errors import UsageError
from schema.private import has_userinfo


@dataclass(frozen=True, slots=True)
class Target:
    """Where a database is; `uri` as the Neo4j drivers take it (bolt, neo4j, neo4j+s).

    `http_uri` is where its HTTP Query API listens; None where nobody said.
    """

    uri: str
    username: str
    password: str = field(repr=False)
    database: str = "neo4j"
    http_uri: str | None = None

    def __post_init__(self) -> None:
        # errors of ours and of the driver tell the address
        if any(has_userinfo(one) for one in (self.uri, self.http_uri or "")):
            raise UsageError(
                "the address of Neo4j holds a user name or password: write scheme://host:port, and give them "
                "apart (NEO4J_USERNAME, NEO4J_PASSWORD)"
            )

    @property
    def auth(self) -> tuple[str, str]:
        """User name and password."""
        return self.username, self.password
