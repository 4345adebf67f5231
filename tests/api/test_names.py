"""Names lead to what they name: in search, in `resolve`; and ways say whether they hold in one disease."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from loaders.article.curated import built_in
from tests.conftest import Service

ENTITIES = list(built_in().entities())
pytestmark = pytest.mark.usefixtures("loaded")


def first_hits(service: Service, texts: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Yield the best match for each text."""
    for start in range(0, len(texts), 10):
        variables = {f"t{i}": text for i, text in enumerate(texts[start : start + 10])}
        given = ", ".join(f"${name}: String!" for name in variables)
        fields = " ".join(f"{n}: search(text: ${n}, first: 1) {{ nodes {{ id name }} }}" for n in variables)
        data = service.ask(f"query({given}) {{ {fields} }}", **variables)
        for name in variables:
            yield data[name]["nodes"][0]


def test_the_exact_name_is_first(service: Service) -> None:
    names = [entity.name for entity in ENTITIES[::6]] + ["macrophage", "Wharton's jelly"]
    found = [hit["name"] for hit in first_hits(service, names)]
    assert [pair for pair in zip(names, found, strict=True) if pair[0].lower() != pair[1].lower()] == []


def test_a_synonym_of_one_is_before_what_only_holds_its_words(service: Service) -> None:
    forms = Counter(f.lower() for e in ENTITIES for f in {e.name, *e.synonyms, *e.as_written})
    own = {form: e.id for e in ENTITIES[::4] for form in e.synonyms[:1] if forms[form.lower()] == 1}
    assert len(own) > 30
    assert [hit["id"] for hit in first_hits(service, list(own))] == list(own.values())


def test_pages_of_a_search_hold_each_hit_once(service: Service) -> None:
    query = """query($after: String) { search(text: "macrophage", first: 3, after: $after) {
        nodes { id } pageInfo { hasNextPage endCursor } } }"""
    seen: list[str] = []
    after = None
    while True:
        page = service.ask(query, after=after)["search"]
        seen += [node["id"] for node in page["nodes"]]
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]
    whole = service.ask('{ search(text: "macrophage", first: 100) { nodes { id } } }')["search"]["nodes"]
    assert seen == [node["id"] for node in whole]
    assert len(seen) == len(set(seen)) > 3


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("ERK", "GO:0070371"),
        ("AKT", "GO:0043491"),
        ("NF-κB", "mscev:nf-kappab-signalling"),
        ("FPLX:ERK", "FPLX:ERK"),
        ("ERK1/2", "FPLX:ERK"),
        ("erk", None),
    ],
)
def test_a_name_is_what_the_article_calls_so(service: Service, text: str, id_: str | None) -> None:
    (found,) = service.ask(
        "query($texts: [String!]!) { resolve(texts: $texts) { entity { id } reason } }", texts=[text]
    )["resolve"]
    assert (found["entity"] and found["entity"]["id"]) == id_
    assert bool(found["reason"]) is (id_ is None)


@pytest.mark.parametrize(
    ("from_", "to", "mixed"),
    [
        ("MONDO:0005178", "MONDO:0005087", True),  # vesicles help in one disease, and in the other
        ("MONDO:0005178", "mscev:msc-ev", False),
    ],
)
def test_a_disease_at_the_end_of_a_hop_is_where_it_holds(
    service: Service, from_: str, to: str, mixed: bool
) -> None:
    query = """query($a: ID!, $b: ID!) { paths(from: $a, to: $b, maxHops: 2, first: 1) {
        nodes { id } mixedContext } }"""
    (way,) = service.ask(query, a=from_, b=to)["paths"]
    assert way["mixedContext"] is mixed
