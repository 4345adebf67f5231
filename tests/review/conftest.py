"""Two articles in one graph, a folder of decisions, and a service over both."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.app import create_app
from api.settings import ServiceSettings
from graph.connection import Database
from graph.reads.info import STATE
from graph.target import Target
from graph.writer import LoadReport, load
from loaders.review.files import ReviewFolder
from loaders.review.records import with_reviews
from tests.conftest import Service, served
from tests.second import ARTICLE, second

ME, OTHER = "0000-0002-1825-0097", "0000-0002-1694-233X"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> ReviewFolder:
    """Where the decisions of a module are kept."""
    return ReviewFolder(tmp_path_factory.mktemp("reviews"))


@pytest.fixture(scope="module")
def reviewing(target: Target, folder: ReviewFolder) -> Iterator[Service]:
    """The service with that folder."""
    settings = ServiceSettings(reviews=folder.folder, answer_cache_mb=0)
    with served(create_app(target, settings)) as url:
        yield Service(url)


@pytest.fixture(scope="module")
def both(loaded: LoadReport, database: Database) -> LoadReport:
    """The built-in article and the second one."""
    assert not loaded.rejected
    report = load(database, second())
    assert report.rejected == ()
    return report


@pytest.fixture
def fresh(both: LoadReport, database: Database, folder: ReviewFolder) -> LoadReport:
    """The second article with nothing decided."""
    folder.path(ARTICLE).unlink(missing_ok=True)
    if database.value(STATE)["hash"] != both.release:
        assert load(database, second()).release == both.release
    return both


@dataclass(frozen=True, slots=True)
class Door:
    """Asks as the page does."""

    url: str
    token: str

    @classmethod
    def at(cls, url: str) -> Door:
        page = httpx.get(f"{url}/review", timeout=30)
        assert page.status_code == 200, page.text
        found = re.search(r'"token": ?"([\w-]+)"', page.text)
        assert found
        return cls(url, found[1])

    def queue(self, **asked: Any) -> dict[str, Any]:
        answer = httpx.get(f"{self.url}/review/queue", params=asked, timeout=30)
        assert answer.status_code == 200, answer.text
        value: dict[str, Any] = answer.json()
        return value

    def post(self, path: str, body: Any, **headers: str) -> httpx.Response:
        given = {"x-csrf-token": self.token, "origin": self.url} | headers
        kept = {name: value for name, value in given.items() if value}
        content = json.dumps(body).encode()
        kept.setdefault("content-type", "application/json")
        return httpx.post(f"{self.url}/review/{path}", content=content, headers=kept, timeout=30)

    def decide(self, claim: str, decision: str, who: str = ME, **more: Any) -> httpx.Response:
        body = {"article": ARTICLE, "claim": claim, "decision": decision, "reviewer": who, **more}
        return self.post("decisions", body)

    def undo(self, claim: str, who: str = ME) -> httpx.Response:
        return self.post("undo", {"article": ARTICLE, "claim": claim, "reviewer": who})


@pytest.fixture
def door(reviewing: Service) -> Door:
    """The addresses of review, with the token of the page."""
    return Door.at(reviewing.url)


def load_second(database: Database, path: Path) -> LoadReport:
    """Load the second article again as the commands do: with the decisions of a folder."""
    return load(database, with_reviews(second(), ReviewFolder(path)).records)
