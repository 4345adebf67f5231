from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.node.run import node
from tests.views.samples import PAYLOADS, STYLE, hostile, random_graph, shuffled, small
from views import Style, Subgraph, ViewEdge, ViewNode, html, render
from views.facts import publication_address, web_address
from views.text import one_line


class Page(HTMLParser):
    """The page as a browser's parser sees it: elements, attributes, texts by element."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.elements: Counter[str] = Counter()
        self.attributes: list[tuple[str, str, str]] = []
        self.scripts: list[str] = []
        self.texts: dict[str, str] = {}
        self._open = ""
        self.feed(page.decode("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements[tag] += 1
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        self._open = tag
        if tag == "script":
            self.scripts.append("")

    def handle_data(self, data: str) -> None:
        if self._open == "script":
            self.scripts[-1] += data
        else:
            self.texts[self._open] = self.texts.get(self._open, "") + data

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    @property
    def data(self) -> Any:
        return json.loads(self.scripts[0])

    @property
    def facts(self) -> Any:
        return json.loads(self.scripts[1])

    @property
    def policy(self) -> str:
        return next(v for t, n, v in self.attributes if t == "meta" and n == "content" and "default-src" in v)


def drawn(graph: Subgraph, style: Style = STYLE) -> Page:
    return Page(render(graph, style, "html"))


def test_the_same_graph_gives_the_same_bytes_whatever_the_row_order() -> None:
    for graph in (small(), random_graph(200, 600, claims=True)):
        first = render(graph, STYLE, "html")
        assert {render(shuffled(graph, seed), STYLE, "html") for seed in (1, 2, 3)} == {first}


def test_every_relation_is_in_the_page() -> None:
    graph = random_graph(60, 300)
    page = drawn(graph)
    text = page.facts["text"]
    names = {i: text[row[0]] for i, row in enumerate(page.facts["nodes"])}
    found = Counter(
        (names[edge["from"]], text[row[1]], names[edge["to"]])
        for edge, row in zip(page.data["edges"], page.facts["edges"], strict=True)
    )
    wanted = Counter((e.source, e.predicate.replace("_", " ").lower(), e.target) for e in graph.edges)
    assert found.total() == 300
    assert Counter((a, c) for a, _, c in found.elements()) == Counter((a, c) for a, _, c in wanted.elements())


@pytest.mark.parametrize("payload", PAYLOADS)
def test_markup_in_every_field_stays_text(payload: str) -> None:
    page, harmless = drawn(*hostile(payload)), drawn(*hostile("harmless"))
    assert page.elements == harmless.elements
    assert {(t, n) for t, n, _ in page.attributes} <= {(t, n) for t, n, _ in harmless.attributes} | {
        ("h1", "title"),
        ("p", "title"),
    }
    assert not [
        n for _, n, _ in page.attributes if n.startswith("on") or n in {"src", "srcdoc", "href", "style"}
    ]
    assert page.scripts[2:] == harmless.scripts[2:]
    assert one_line(payload) in page.texts["h1"] or one_line(payload)[:12] in page.texts["h1"]
    assert not set("".join(page.scripts[:2])) & set("<>&\u2028\u2029")
    if "\x00" not in payload:
        assert payload in page.facts["text"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=60))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    page = drawn(*hostile(text))
    assert len(page.scripts) == 4
    whole = text.encode("utf-8", "replace").decode("utf-8")
    assert whole in page.facts["text"]


def test_the_policy_allows_these_texts_and_nothing_else() -> None:
    raw = render(small(), STYLE, "html").decode("utf-8")
    page = Page(raw.encode("utf-8"))
    assert "unsafe" not in page.policy
    assert page.policy.startswith("default-src 'none'; script-src 'sha256-")
    inlined = [page.scripts[2], page.scripts[3], re.findall(r"<style>(.*?)</style>", raw, re.DOTALL)[0]]
    for text in inlined:
        assert base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() in page.policy
    assert "\r" not in raw


def test_the_page_is_whole() -> None:
    raw = render(small(), STYLE, "html").decode("utf-8")
    page = Page(raw.encode("utf-8"))
    assert raw.startswith('<!DOCTYPE html>\n<html lang="en"')
    assert page.elements["h1"] == page.elements["title"] == page.elements["main"] == 1
    assert page.texts["title"] == STYLE.title
    assert ("meta", "name", "viewport") in page.attributes
    assert not re.search(r"(src|href)=\"", re.sub(r"<script.*?</script>", "", raw, flags=re.DOTALL))
    assert "sourceMappingURL" not in raw
    assert "bootstrap" not in raw.lower()


def test_labels_that_pyvis_would_replace_are_kept() -> None:
    nodes = tuple(ViewNode(i, name, "Disease") for i, name in (("a", "0"), ("b", ""), ("c", "c")))
    data = drawn(Subgraph(nodes, ())).data
    assert [node["label"] for node in data["nodes"]] == ["0", "b", "c"]


def test_dates_and_odd_values_do_not_stop_the_page() -> None:
    class Neo4jDate:
        def iso_format(self) -> str:
            return "2026-11-23"

    nodes = (
        ViewNode("a", Neo4jDate(), "Disease", None, (Neo4jDate(),), None, Neo4jDate()),  # type: ignore[arg-type]
        ViewNode("b", float("nan"), "Disease", description=float("inf")),  # type: ignore[arg-type]
    )
    page = drawn(Subgraph(nodes, (ViewEdge("r", "a", "b", "CAUSES", None, (), ()),)))
    assert {"2026-11-23", "not a number", "infinite"} <= set(page.facts["text"])


def test_a_number_that_is_none_is_an_error() -> None:
    with pytest.raises(ValueError, match="Out of range"):
        html._json({"x": float("nan")})


def test_only_web_addresses_become_links() -> None:
    assert web_address("https://example.org/a?b=c#d") == "https://example.org/a?b=c#d"
    for bad in (
        None,
        "",
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "data:text/html,x",
        "//example.org",
        "https://",
        "https://a b.org",
        'https://example.org/"onclick=',
        "http://[broken",
        "file:///etc/passwd",
        "java\nscript:alert(1)",
    ):
        assert web_address(bad) == ""


def test_publications_lead_to_their_registries() -> None:
    assert publication_address("DOI:10.1/a b<c>") == "https://doi.org/10.1/a%20b%3Cc%3E"
    assert publication_address("PMID:12") == "https://pubmed.ncbi.nlm.nih.gov/12/"
    assert publication_address("PMC:PMC12") == "https://pmc.ncbi.nlm.nih.gov/articles/PMC12/"
    assert publication_address("PMID:12/../x") == ""
    assert publication_address("ISBN:1") == ""
    assert publication_address("DOI:javascript:alert(1)") == ""


def test_200_nodes_and_600_relations_are_at_most_600_kilobytes() -> None:
    assert len(render(random_graph(200, 600), STYLE, "html")) <= 600_000


@pytest.mark.tools
def test_the_drawing_library_is_made_from_its_parts(tmp_path: Path) -> None:
    node("bundle.mjs", "vis-network", str(tmp_path))
    for name in ("vis-network.min.js", "LICENSE.vis-network"):
        assert html.VIS.with_name(name).read_bytes() == tmp_path.joinpath(name).read_bytes()


def test_nothing_is_written_to_the_working_directory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    render(small(), STYLE, "html")
    assert list(tmp_path.iterdir()) == []
