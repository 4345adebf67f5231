"""Settings of the service, each an environment variable; command line options go before them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

from pydantic import Field, IPvAnyNetwork, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from api.passwords import require_strong
from graph.server import Home
from graph.target import Target


class DatabaseSettings(BaseSettings):
    """Which Neo4j to use; without NEO4J_URI the service manages one of its own."""

    model_config = SettingsConfigDict(env_prefix="NEO4J_", hide_input_in_errors=True)

    uri: str | None = Field(default=None, description="Address, as bolt://, neo4j:// or neo4j+s://.")
    username: str = Field(default="neo4j", description="User name.")
    password: SecretStr = Field(default=SecretStr(""), description="Password.")
    database: str = Field(default="neo4j", description="Database name.")
    http_uri: str | None = Field(
        default=None, description="Address of its HTTP Query API, for Cypher over HTTP: http://host:7474."
    )

    allow_weak_password: bool = Field(
        default=False, description="Whether a password that anybody guesses, or none, is taken."
    )

    @property
    def target(self) -> Target | None:
        """The database that was named; None where none was.

        Raises `UsageError` for an address with a password in it, and for a weak password of its own.
        """
        if not self.uri:
            return None
        secret = self.password.get_secret_value()
        if not self.allow_weak_password:
            require_strong(secret, self.username)
        return Target(self.uri, self.username, secret, self.database, self.http_uri)


class ServiceSettings(BaseSettings):
    """How the service answers over HTTP."""

    model_config = SettingsConfigDict(env_prefix="MSCEV_", hide_input_in_errors=True)

    allowed_hosts: list[str] = Field(
        default=[],
        description='Host names that requests may carry beside loopback, as a JSON list: ["kg.example.org"].',
    )
    keys: Path | None = Field(default=None, description="The file of API keys; unset: MSCEV_HOME/keys.")
    require_key: bool = Field(
        default=False, description="Whether every request needs an API key on loopback too, behind a proxy."
    )
    trusted_proxies: list[IPvAnyNetwork] = Field(
        default=[],
        description="Addresses and networks whose X-Forwarded-For and X-Forwarded-Proto are believed, as a "
        'JSON list: ["127.0.0.1", "10.0.0.0/8"].',
    )
    rate_limit: float = Field(
        default=100.0,
        ge=0,
        allow_inf_nan=False,
        description="Requests a second that one client may go on sending; 0: no limit.",
    )
    rate_burst: int = Field(default=400, ge=1, description="Requests that it may send at once before that.")
    query_timeout: float = Field(
        default=20.0, gt=0, allow_inf_nan=False, description="Seconds after which Neo4j ends a read."
    )
    view_limit: int = Field(default=2000, ge=1, description="Entities in one view at most.")
    export_limit: int = Field(
        default=200_000, ge=1, description="Entities, claims and relations in one export over HTTP at most."
    )
    cors_origins: list[str] = Field(
        default=[],
        description='Origins whose pages may read answers, as a JSON list: ["https://app.example.org"].',
    )
    frame_ancestors: str = Field(
        default="'self'",
        description="Who may show pages and views in a frame, as in CSP: 'self', 'none', * or "
        "https://slides.example.org.",
    )
    concurrency: int = Field(default=96, ge=1, description="Requests of all clients that may be under way.")
    queue: int = Field(
        default=128, ge=0, description="Requests that may wait half a second for that; others get 503."
    )
    client_concurrency: int = Field(
        default=64, ge=1, description="GraphQL requests, or calls of MCP, that one client may have under way."
    )
    answer_cache_mb: int = Field(
        default=64, ge=0, description="Memory for kept GraphQL answers; 0: none is kept."
    )
    answer_cache_seconds: float = Field(
        default=1.0,
        ge=0,
        allow_inf_nan=False,
        description="How long after a write of another process a kept answer may still be given.",
    )
    cypher_timeout: float = Field(
        default=20.0, gt=0, allow_inf_nan=False, description="Seconds that a Cypher statement may take."
    )
    cypher_max_rows: int = Field(default=10_000, ge=1, description="Rows of one Cypher answer.")
    cypher_max_bytes: int = Field(default=8_388_608, ge=1, description="Bytes of one Cypher answer.")
    cypher_max_body: int = Field(default=262_144, ge=1, description="Bytes of a Cypher request's body.")
    cypher_client_concurrency: int = Field(
        default=16, ge=1, description="Cypher statements that one client may have under way."
    )
    cypher_concurrency: int = Field(
        default=32, ge=1, description="Cypher statements of all clients that may be under way."
    )
    cypher_client_transactions: int = Field(
        default=8, ge=0, description="Transactions that one client may have open."
    )
    cypher_transactions: int = Field(
        default=32, ge=0, description="Transactions of all clients that may be open."
    )
    cypher_transaction_seconds: float = Field(
        default=30.0,
        gt=0,
        allow_inf_nan=False,
        description="Seconds after which an open transaction is ended.",
    )
    cypher_log: Path | None = Field(
        default=None, description="A file for the log of Cypher statements, one line of JSON each."
    )
    cypher_log_text: bool = Field(
        default=False, description="Whether that log holds the statements, and not only their hashes."
    )
    log: Literal["off", "text", "json"] = Field(
        default="text", description="What is logged: events in words, or events and requests as JSON."
    )
    log_file: Path | None = Field(
        default=None, description="A file for that log, in place of standard error; three of 5 MB in turn."
    )
    drain_seconds: float = Field(
        default=10.0, ge=0, description="Seconds that requests under way have when the service ends."
    )
    reviews: Path | None = Field(
        default=None,
        description="The folder of reviewers' decisions, one file an article; unset: MSCEV_HOME/reviews.",
    )
    graphql_max_body: int = Field(default=262_144, ge=1, description="Bytes of a GraphQL request's body.")
    graphql_max_tokens: int = Field(default=2_000, ge=1, description="Tokens of a GraphQL document.")
    graphql_max_depth: int = Field(default=15, ge=1, description="Fields inside each other.")
    graphql_max_aliases: int = Field(
        default=30, ge=0, description="Aliases, counted wherever a fragment is spread."
    )
    graphql_max_directives: int = Field(default=50, ge=0, description="Directives, counted like aliases.")
    graphql_max_fields: int = Field(default=2_000, ge=1, description="Selected fields, counted like aliases.")
    graphql_max_cost: int = Field(
        default=100_000, ge=1, description="Objects that an answer may hold, by the page sizes asked for."
    )
    graphql_max_first: int = Field(default=500, ge=1, description="Items of one page.")
    graphql_max_ids: int = Field(default=1_000, ge=1, description="Ids or texts in one list.")
    graphql_max_tests: int = Field(default=200, ge=1, description="Tests in one filter.")
    graphql_max_filter_depth: int = Field(
        default=10, ge=1, description="Filters inside each other, with their fields."
    )
    graphql_max_introspections: int = Field(
        default=2, ge=0, description="Questions about the schema (`__schema`, `__type`)."
    )
    graphql_max_nodes: int = Field(default=2_000, ge=1, description="Entities of one neighborhood.")
    graphql_introspection: bool = Field(
        default=True, description="Whether the schema may be asked for in queries."
    )
    graphql_suggestions: bool = Field(
        default=True, description="Whether errors name similar fields of the schema."
    )
    graphql_documents: Path | None = Field(
        default=None, description="A folder of *.graphql files that can be asked for by `documentId`."
    )
    graphql_trusted_only: bool = Field(
        default=False, description="Whether only those documents are answered."
    )

    @property
    def review_folder(self) -> Path:
        """Where reviewers' decisions are kept."""
        return self.reviews or Home.from_environ().root / "reviews"


class LoadSettings(BaseSettings):
    """What `mscev load` takes."""

    model_config = SettingsConfigDict(env_prefix="MSCEV_", hide_input_in_errors=True)

    article_max_mb: float = Field(
        default=64.0,
        gt=0,
        allow_inf_nan=False,
        description="Megabytes of one article's file; a larger one is refused unread.",
    )


def problem_of(error: ValidationError | SettingsError) -> str | None:
    """Return what is wrong with the settings in one line, without a value; None for an error of others."""
    prefixes = {"DatabaseSettings": "NEO4J_", "LoadSettings": "MSCEV_", "ServiceSettings": "MSCEV_"}
    if isinstance(error, SettingsError):
        field = re.search(r'field "(\w+)"', str(error))
        prefix = "MSCEV_"  # those of Neo4j are texts, and any text can be read
        return f"{prefix}{field[1].upper()} must be JSON, as docs/operations.md shows it" if field else None
    prefix = prefixes.get(error.title, "")
    told = (f"{prefix}{str(one['loc'][0]).upper()}: {one['msg'].lower()}" for one in error.errors())
    return "; ".join(told) if prefix else None
