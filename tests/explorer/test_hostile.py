"""A graph that holds markup in each of its texts: on every page it stays text, no address turns round."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest

from api.app import create_app
from api.settings import ServiceSettings
from graph.connection import Database
from graph.statement import Statement
from graph.target import Target
from graph.writer import load
from tests.conftest import Service, served
from tests.explorer.hostile import DISEASE, ID, hostile
from tests.explorer.page import Page, get
from tests.views.samples import PAYLOADS

ENTITY = f"/entity/{quote(ID, safe=':')}"
_ELEMENTS = {
    *(
        "html",
        "head",
        "title",
        "meta",
        "link",
        "script",
        "body",
        "header",
        "main",
        "footer",
        "nav",
        "noscript",
    ),
    *("h1", "h2", "h3", "h4", "h5", "section", "div", "span", "p", "a", "s", "strong", "code", "pre"),
    *("ul", "li", "dl", "dt", "dd", "blockquote", "details", "summary", "picture", "source", "img"),
    *("form", "label", "input", "select", "option", "button", "fieldset", "legend"),
}


@pytest.fixture(scope="module")
def service(target: Target) -> Iterator[Service]:
    """A service that keeps no answer: another graph stands there a moment later."""
    with served(create_app(target, ServiceSettings(answer_cache_mb=0))) as url:
        yield Service(url)


@pytest.fixture
def pages(
    service: Service, connection: Database, request: pytest.FixtureRequest
) -> Iterator[dict[str, Page]]:
    """The pages of a graph that says a payload everywhere, by their addresses."""
    payload: str = request.param.replace("\x00", "")
    connection.write(lambda tx: tx.run("MATCH (n) DETACH DELETE n").consume())
    assert load(connection, hostile(payload)).rejected == ()
    asked = f"{{ entity(id: {json.dumps(ID)}) {{ claims {{ nodes {{ id }} }} }} }}"
    (claim,) = service.ask(asked)["entity"]["claims"]["nodes"]
    searches = ("/", f"/?q={quote(payload)}", "/?kind=EV_PREPARATION", f"/entity/{quote(payload, safe='')}")
    paths = (*searches, ENTITY, f"/entity/{DISEASE}", f"/claim/{claim['id']}", f"/?q=a&{quote(payload)}=1")
    yield {path: get(service, path) for path in paths}
    connection.write(lambda tx: tx.run("MATCH (n) DETACH DELETE n").consume())


@pytest.mark.parametrize("pages", [*PAYLOADS, "it's \\u0027 }) DETACH DELETE x //"], indirect=True)
def test_data_are_text(pages: dict[str, Page], database: Database) -> None:
    for page in pages.values():
        assert {str(element.tag) for element in page.all("//*")} <= _ELEMENTS
        assert page.all("//@*[starts-with(name(), 'on')] | //@srcdoc | //script[not(@src)]") == []
        assert len(page.all("//main")) == 1
        for address in page.tree.xpath("//@href | //@src | //@action"):
            assert re.match(r"/(?!/)|#|https://|data:,$", address), address
    statuses = [page.status for page in pages.values()]
    assert statuses[0] == statuses[2] == 200
    assert statuses[3:] == [404, 200, 200, 200, 422]
    assert ENTITY in pages["/?kind=EV_PREPARATION"].tree.xpath("//a/@href")
    cypher = str(pages[ENTITY].all('//pre[@id="cypher"]')[0].text_content())
    assert len(database.rows(Statement(cypher))[1]) == 1
