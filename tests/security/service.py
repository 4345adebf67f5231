"""The service and its keys, over a database that is not there: what the guards do needs none."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from api.app import create_app
from api.guards.keys import KeyFile
from api.settings import ServiceSettings
from tests.conftest import NOWHERE, served

FORWARDED = {"x-forwarded-for": "203.0.113.7", "x-forwarded-proto": "https"}
SCHEMA = "/graphql/schema.graphql"  # answered without a database


def bearer(key: str) -> dict[str, str]:
    """Return the header that shows a key."""
    return {"authorization": f"Bearer {key}"}


def basic(password: str, name: str = "neo4j") -> dict[str, str]:
    """Return the header by which a browser shows a key."""
    return {"authorization": "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()}


@dataclass(frozen=True, slots=True)
class Guarded:
    """A service and the file of its keys."""

    url: str
    keys: KeyFile
    client: httpx.Client

    def get(self, path: str = SCHEMA, **headers: str) -> httpx.Response:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.get(path, headers=given)


@contextmanager
def guarded(folder: Path, *, keyed: bool = False, **settings: Any) -> Iterator[Guarded]:
    """Serve with these settings."""
    file = KeyFile(folder / "keys")
    chosen = ServiceSettings(keys=file.path, **settings)
    with (
        served(create_app(NOWHERE, chosen, keyed=keyed)) as url,
        httpx.Client(base_url=url, timeout=60) as client,
    ):
        yield Guarded(url, file, client)
