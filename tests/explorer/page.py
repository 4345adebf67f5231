"""A page of the explorer as HTTP gives it."""

from __future__ import annotations

import httpx
from lxml import html

from tests.conftest import Service


class Page:
    """A page as a reader has it: its text, its elements, its addresses."""

    def __init__(self, response: httpx.Response) -> None:
        self.response = response
        self.status = response.status_code
        self.tree = html.document_fromstring(response.text)

    def all(self, path: str) -> list[html.HtmlElement]:
        """Return elements by XPath."""
        return list(self.tree.xpath(path))

    def text(self, path: str = "//main") -> str:
        """Return the text of the first element, its white space as single spaces."""
        return " ".join(" ".join(self.all(path)[0].itertext()).split())

    @property
    def claims(self) -> set[str]:
        """The ids of the claims that stand on the page."""
        links = self.tree.xpath('//li[@class="claim"]//a[@rel="bookmark"]/@href')
        return {str(link).removeprefix("/claim/") for link in links}


def get(service: Service, path: str, **headers: str) -> Page:
    return Page(httpx.get(service.url + path, headers={"accept": "text/html"} | headers, timeout=60))
