from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from schema.kinds import KIND_BY_NAME
from tests.views.samples import STYLE, claim, random_graph, shuffled
from views import Style, Subgraph, ViewEdge, ViewNode, aggregate, compose, render
from views.theme import words_of


@pytest.fixture(autouse=True)
def low_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Gather above 100 entities, so that the tests need no large graph."""
    monkeypatch.setattr(aggregate, "LARGEST", 100)


def test_up_to_the_limit_all_is_drawn() -> None:
    assert len(compose(random_graph(100, 150), STYLE).nodes) == 100


def test_above_it_there_is_one_node_a_kind_and_all_is_counted() -> None:
    graph = random_graph(150, 400)
    picture = compose(graph, STYLE)
    kinds = Counter(node.kind for node in graph.nodes)
    assert {mark.node.name for mark in picture.nodes} == {
        f"{KIND_BY_NAME[kind].word} ({times})" for kind, times in kinds.items()
    }
    kind_of = {node.id: KIND_BY_NAME[node.kind].word for node in graph.nodes}
    wanted = Counter((kind_of[e.source], words_of(e.predicate), kind_of[e.target]) for e in graph.edges)
    found = {
        (
            picture.nodes[mark.source].kind.word,
            mark.words.rpartition(" (")[0],
            picture.nodes[mark.target].kind.word,
        ): int(mark.words.rpartition(" (")[2][:-1])
        for mark in picture.edges
    }
    assert found == wanted
    assert sum(found.values()) == 400


def test_the_picture_says_what_was_gathered() -> None:
    graph = replace(random_graph(150, 400), truncated=True)
    picture = compose(graph, Style())
    assert picture.notes.full.startswith("150 entities, 400 relations gathered by kind; cut at the limit")
    assert picture.title.full == "150 entities, 400 relations"
    assert "a graph of 150 entities, 400 relations (" in picture.alt
    for name in ("html", "svg"):
        assert b"150 entities, 400 relations gathered by kind" in render(graph, STYLE, name)


def test_hedged_and_negated_relations_are_not_mixed_with_others() -> None:
    nodes = tuple(ViewNode(f"n{i:03}", "name", "Disease" if i else "Cytokine") for i in range(102))
    said = {1: claim(1, "x", "hedged"), 2: claim(2, "x", "negated"), 3: claim(3, "x")}
    edges = tuple(
        ViewEdge(f"r{i:03}", "n000", f"n{i:03}", "DECREASES", claims=(said[1 + i % 3],))
        for i in range(1, 102)
    )
    picture = compose(Subgraph(nodes, edges), STYLE)
    assert sorted((m.hedged, m.negated, m.words) for m in picture.edges) == [
        (False, False, "decreases (34)"),
        (False, True, "decreases (34)"),
        (True, False, "decreases (33)"),
    ]


def test_the_order_of_rows_does_not_matter() -> None:
    graph = random_graph(150, 400)
    assert compose(shuffled(graph, 1), STYLE) == compose(graph, STYLE)
