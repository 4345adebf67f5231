"""Settings of the service, each an environment variable; command line options go before them."""

from __future__ import annotations

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from graph.connection import Target


class DatabaseSettings(BaseSettings):
    """Which Neo4j to use; without NEO4J_URI the service manages one of its own."""

    model_config = SettingsConfigDict(env_prefix="NEO4J_")

    uri: str | None = Field(default=None, description="Address, as bolt://, neo4j:// or neo4j+s://.")
    username: str = Field(default="neo4j", description="User name.")
    password: SecretStr = Field(default=SecretStr(""), description="Password.")
    database: str = Field(default="neo4j", description="Database name.")

    @property
    def target(self) -> Target | None:
        """The database that was named; None where none was."""
        if not self.uri:
            return None
        return Target(self.uri, self.username, self.password.get_secret_value(), self.database)


class ServiceSettings(BaseSettings):
    """How the service answers over HTTP."""

    model_config = SettingsConfigDict(env_prefix="MSCEV_")

    allowed_hosts: list[str] = Field(
        default=[],
        description='Host names that requests may carry beside loopback, as a JSON list: ["kg.example.org"].',
    )
    query_timeout: float = Field(default=20.0, gt=0, description="Seconds after which Neo4j ends a read.")
    view_limit: int = Field(default=2000, ge=1, description="Entities in one view at most.")
