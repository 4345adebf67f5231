"""Filters of texts find what contains the words: the index alone says so, or the text is looked at too."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from api.graphql.enums import NAMES
from graph.connection import Database
from graph.cypher.lucene import finds_exactly
from graph.statement import Statement
from tests.conftest import Service

pytestmark = pytest.mark.usefixtures("loaded")

ENTITIES = Statement(
    """
    MATCH (n:Entity)
    RETURN n.id AS id, n.kind AS kind, n.name AS name,
      [n.name, coalesce(n.description, '')] + coalesce(n.synonyms, []) + coalesce(n.asWritten, []) AS texts
    """
)
ASK = """query($part: String!) {
  entities(filter: {name: {contains: $part}}, first: 500) { totalCount nodes { id } }
  proteins(filter: {name: {contains: $part}}) { totalCount }
  text: entities(filter: {text: $part}, first: 500) { totalCount nodes { id } }
  diseases(filter: {text: $part}) { totalCount }
}"""


@pytest.fixture(scope="module")
def entities(database: Database) -> list[dict[str, Any]]:
    keys, rows = database.rows(ENTITIES)
    return [dict(zip(keys, row, strict=True)) for row in rows]


def parts(entities: Sequence[Mapping[str, Any]], number: int) -> list[str]:
    """Pieces of what is stored, cut anywhere, and some that are nowhere."""
    draw = random.Random(20261127)
    texts = sorted({text for entity in entities for text in entity["texts"] if text})
    found = ["il", "IL", "0", "a", "tnf-\u03b1", "\u03b2", "-", "nothing0", "exosome derived", "MSC cells"]
    for _ in range(number):
        text = draw.choice(texts)
        begin = draw.randrange(len(text))
        found.append(text[begin : begin + draw.randint(1, 9)].replace("\n", " ").strip() or "x")
    return found


def test_a_part_of_a_text_finds_all_that_has_it(service: Service, entities: list[dict[str, Any]]) -> None:
    asked = parts(entities, 80)
    assert 30 < sum(finds_exactly([part]) for part in asked) < 80  # both ways are gone
    for part in asked:
        data = service.post(ASK, part=part)["data"]
        named = {one["id"] for one in entities if part.lower() in one["name"].lower()}
        words = part.lower().split()
        told = {
            one["id"]: one["kind"]
            for one in entities
            if all(any(word in text.lower() for text in one["texts"]) for word in words)
        }
        assert {node["id"] for node in data["entities"]["nodes"]} == named, part
        assert {node["id"] for node in data["text"]["nodes"]} == told.keys(), part
        counts = [data[name]["totalCount"] for name in ("entities", "text", "diseases", "proteins")]
        proteins = sum(one["kind"] == "Protein" and one["id"] in named for one in entities)
        diseases = sum(kind == "Disease" for kind in told.values())
        assert counts == [len(named), len(told), diseases, proteins], part


def test_the_index_knows_every_kind(service: Service, entities: list[dict[str, Any]]) -> None:
    wanted = '{kind: {eq: $kind}, name: {contains: "e"}}'
    ask = f"query($kind: EntityKind!) {{ entities(filter: {wanted}) {{ totalCount }} }}"
    found = {
        kind: service.post(ask, kind=name)["data"]["entities"]["totalCount"]
        for kind, name in NAMES["EntityKind"].items()
    }
    counted = Counter(one["kind"] for one in entities if "e" in one["name"].lower())
    assert found == {kind: counted[kind] for kind in found}
    assert sum(found.values()) == counted.total() > 100


@pytest.mark.parametrize(
    ("words", "sure"),
    [
        (["il"], True),
        (["IL6", "tnf"], True),
        (["il-6"], False),
        (["tnf", "\u03b1"], False),
        (["two words"], False),
        ([""], False),
        ([], False),
    ],
)
def test_only_plain_words_need_no_other_look(words: list[str], sure: bool) -> None:
    assert finds_exactly(words) is sure
