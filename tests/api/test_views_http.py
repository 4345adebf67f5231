"""The HTTP doors to pictures: formats, entity tags, limits, who may frame them."""

from __future__ import annotations

import json

import httpx
import pytest

from api.app import create_app
from api.settings import ServiceSettings
from graph.connection import Database
from graph.target import Target
from graph.writer import load
from loaders.article.curated import built_in
from tests.conftest import Service, served
from views import FORMATS
from views.named import NAMED

pytestmark = pytest.mark.usefixtures("loaded")


def _get(service: Service, path: str, **headers: str) -> httpx.Response:
    return httpx.get(service.url + path, headers=headers, timeout=60)


def test_the_named_views_are_listed(service: Service) -> None:
    rows = _get(service, "/views/named").json()
    assert [row["name"] for row in rows] == list(NAMED)
    assert all(row["title"] and row["description"] for row in rows)


@pytest.mark.parametrize("name", NAMED)
def test_each_named_view_is_served(service: Service, name: str) -> None:
    answer = _get(service, f"/views/named/{name}.json")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert len(answer.json()["nodes"]) >= 5
    assert f"view {name}:" in answer.json()["source"]


def test_each_format_has_its_media_type(service: Service) -> None:
    for name, form in FORMATS.items():
        answer = _get(service, f"/views/named/ev-subtypes.{name}")
        assert answer.status_code == 200
        assert answer.headers["content-type"] == form.media_type


def test_the_look_can_be_chosen(service: Service) -> None:
    answer = _get(service, "/views/named/ev-subtypes.json?title=Sizes&theme=dark")
    assert answer.json()["title"] == "Sizes"


def test_a_client_that_has_the_picture_is_told_so(service: Service) -> None:
    first = _get(service, "/views/named/ev-subtypes.html")
    assert first.headers["cache-control"] == "no-cache"
    tag = first.headers["etag"]
    again = _get(service, "/views/named/ev-subtypes.html", **{"if-none-match": f'"x", W/{tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    for other in ("ev-subtypes.html?theme=dark", "ev-subtypes.json", "osteoarthritis.html"):
        answer = _get(service, f"/views/named/{other}", **{"if-none-match": tag})
        assert answer.status_code == 200
        assert answer.headers["etag"] != tag


def test_a_write_makes_the_tag_old(service: Service, database: Database) -> None:
    path = "/views/graph.json?focus=MONDO:0005178&hops=1"
    tag = _get(service, path).headers["etag"]
    assert _get(service, path, **{"if-none-match": tag}).status_code == 304
    load(database, built_in().records())
    assert _get(service, path, **{"if-none-match": tag}).status_code == 200


def test_a_picture_may_be_framed_where_settings_allow(service: Service, target: Target) -> None:
    headers = _get(service, "/views/named/ev-subtypes.html").headers
    assert headers["content-security-policy"] == "frame-ancestors 'self'"
    assert headers["x-content-type-options"] == "nosniff"
    settings = ServiceSettings(frame_ancestors="https://slides.example.org", view_limit=50)
    with served(create_app(target, settings)) as url:
        answer = httpx.get(f"{url}/views/graph.json?focus=MONDO:0005178", timeout=60)
        assert answer.headers["content-security-policy"] == "frame-ancestors https://slides.example.org"
        refused = httpx.get(f"{url}/views/graph.json?limit=51", timeout=60)
        assert refused.status_code == 400
        assert "at most 50 entities" in refused.json()["error"]["message"]


def test_a_limit_is_written_on_the_picture(service: Service) -> None:
    data = _get(service, "/views/graph.json?focus=MONDO:0005178&limit=5").json()
    assert len(data["nodes"]) == 5
    assert "cut at the limit" in data["notes"].lower()


def test_predicates_narrow_a_view(service: Service) -> None:
    data = _get(service, "/views/graph.json?focus=MONDO:0005178&predicate=IMPROVES").json()
    assert set(data["nodes"]) == {"MONDO:0005178", "mscev:msc-ev"}
    assert "only IMPROVES" in data["source"]


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/views/named/nope.html", 404, "allowed: source-to-disease"),
        ("/views/named/ev-subtypes.gif", 400, "html"),
        ("/views/named/ev-subtypes.html?theme=pink", 400, "light"),
        ("/views/graph.html?predicate=LIKES", 400, "INCREASES"),
        ("/views/graph.html?limit=0", 400, "limit"),
    ],
)
def test_what_is_not_there_says_what_is(service: Service, path: str, status: int, words: str) -> None:
    answer = _get(service, path)
    assert answer.status_code == status
    assert words in json.dumps(answer.json())
