"""The oracle against facts that can be counted in the records by hand, and the queries that are put to it."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from graphql import parse, validate

from loaders.article.curated import built_in
from schema.records import Claim, Entity, Mention
from tests.oracle.answers import Oracle
from tests.oracle.queries import Case, Pools, make, operators
from tests.oracle.shrink import shrunk

SDL = Path(__file__).parents[2] / "api" / "graphql" / "schema.graphql"
CLAIMS = list(built_in().claims())
EV, IL6, OA = "mscev:msc-ev", "HGNC:6018", "MONDO:0005178"


@pytest.fixture(scope="module")
def oracle() -> Oracle:
    return Oracle(SDL.read_text(encoding="utf-8"), built_in().records())


def data(oracle: Oracle, query: str, **variables: object) -> Any:
    document = parse(query)
    assert not validate(oracle.schema, document)
    answer = oracle.answer(document, variables)
    assert not answer.errors
    return answer.data


def test_counts(oracle: Oracle) -> None:
    counts = data(oracle, "{ graph { entities claims } relations { totalCount } references { totalCount } }")
    records = list(built_in().records())
    edges = {
        (c.subject, c.predicate, c.object) for c in CLAIMS if not c.negated and c.certainty != "HYPOTHETICAL"
    }
    assert counts["graph"] == {
        "entities": sum(isinstance(record, Entity) for record in records),
        "claims": len(CLAIMS),
    }
    assert counts["relations"]["totalCount"] == len(edges)
    assert counts["references"]["totalCount"] == 25


def test_what_an_entity_has(oracle: Oracle) -> None:
    found = data(
        oracle,
        """query($id: ID!) { entity(id: $id) {
             __typename claims { totalCount } mentions { totalCount }
             via: claims(filter: {role: [VIA, CONTEXT]}) { totalCount } } }""",
        id=OA,
    )["entity"]
    mentions = [m for m in built_in().records() if isinstance(m, Mention) and m.entity == OA]
    setting = [c for c in CLAIMS if OA in {id_ for _, id_ in c.context.roles} | set(c.mechanisms)]
    assert found == {
        "__typename": "Disease",
        "claims": {"totalCount": sum(OA in {c.subject, c.object} for c in CLAIMS)},
        "mentions": {"totalCount": len(mentions)},
        "via": {"totalCount": len(setting)},
    }


def _markers(claim: Claim) -> list[int]:
    return [int(citation.label) for citation in claim.citations]


@pytest.mark.parametrize(
    ("filter_", "expected"),
    [
        ("{or: []}", []),
        ("{and: []}", CLAIMS),
        ("{not: {}}", []),
        ("{negated: {eq: true}}", [c for c in CLAIMS if c.negated]),
        ("{direction: {in: [DECREASED]}}", [c for c in CLAIMS if c.direction == "DECREASED"]),
        ("{not: {direction: {in: [DECREASED]}}}", [c for c in CLAIMS if c.direction != "DECREASED"]),
        ("{cited: {eq: false}}", [c for c in CLAIMS if not c.citations]),
        ("{marker: {gt: 3, lt: 9}}", [c for c in CLAIMS if any(3 < m < 9 for m in _markers(c))]),
        ("{citations: {every: {marker: {lt: 9}}}}", [c for c in CLAIMS if all(m < 9 for m in _markers(c))]),
        ("{citations: {none: {}}}", [c for c in CLAIMS if not c.citations]),
        ('{statement: {words: "IL-6 lower"}}', []),
        (
            '{contextRole: {disease: {eq: "MONDO:0005178"}}}',
            [c for c in CLAIMS if ("disease", OA) in c.context.roles],
        ),
        (
            '{subjectEntity: {id: {prefix: "mscev:"}}, evidence: {some: {paragraph: {gte: 30}}}}',
            [c for c in CLAIMS if c.subject.startswith("mscev:") and c.block >= 30],
        ),
    ],
)
def test_filters_of_claims(oracle: Oracle, filter_: str, expected: list[Claim]) -> None:
    nodes = data(oracle, f"{{ claims(filter: {filter_}, first: 500) {{ nodes {{ id }} }} }}")["claims"][
        "nodes"
    ]
    order = sorted(expected, key=lambda c: (c.block, c.sentence, c.id))
    assert [node["id"] for node in nodes] == [claim.id for claim in order]


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        ("covers: {min: 100, max: 120}", ["exosome", "microvesicle"]),
        ("covers: {min: 100}", []),
        ("within: {min: 50}", ["apoptotic body", "microvesicle"]),
        ("overlaps: {min: 1500, max: 3000}", ["apoptotic body"]),
        ("overlaps: {}", ["apoptotic body", "exosome", "microvesicle"]),
    ],
)
def test_ranges_of_diameters(oracle: Oracle, test: str, expected: list[str]) -> None:
    page = data(
        oracle, f"{{ entities(orderBy: NAME, filter: {{diameterNm: {{{test}}}}}) {{ nodes {{ name }} }} }}"
    )
    assert [node["name"] for node in page["entities"]["nodes"]] == expected


def test_pages_make_up_the_list(oracle: Oracle) -> None:
    query = """query($after: String) { claims(first: 60, orderBy: PLACE_DESC, after: $after) {
      totalCount nodes { id } pageInfo { hasNextPage endCursor } } }"""
    seen: list[str] = []
    after = None
    while True:
        page = data(oracle, query, after=after)["claims"]
        seen += [node["id"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert len(seen) == len(set(seen)) == page["totalCount"] == len(CLAIMS)


def test_paths_are_ways_without_loops_shortest_first(oracle: Oracle) -> None:
    shown = "nodes { id } relations { id subject { id } object { id } }"
    found = data(oracle, f'{{ paths(from: "{IL6}", to: "{OA}", maxHops: 3, first: 100) {{ {shown} }} }}')[
        "paths"
    ]
    keys = [(len(path["relations"]), [r["id"] for r in path["relations"]]) for path in found]
    assert keys == sorted(keys)
    for path in found:
        ids = [node["id"] for node in path["nodes"]]
        assert (ids[0], ids[-1], len(set(ids))) == (IL6, OA, len(ids))
        for (a, b), relation in zip(pairwise(ids), path["relations"], strict=True):
            assert {a, b} == {relation["subject"]["id"], relation["object"]["id"]}


@pytest.mark.parametrize(
    "field",
    [
        "claims(filter: {id: null})",
        "claims(filter: {not: {marker: {gt: null}}})",
        "claims(filter: {role: [VIA]})",
        "claims(first: 501)",
        'claims(after: "x")',
        "entities(filter: {claims: {some: null}})",
    ],
)
def test_refused(oracle: Oracle, field: str) -> None:
    errors = oracle.answer(parse(f"{{ {field} {{ totalCount }} }}"), {}).errors
    assert errors
    assert errors[0].extensions == {"code": "BAD_USER_INPUT"}


def test_made_queries_are_valid_and_the_same_again(oracle: Oracle) -> None:
    pools = Pools(oracle)
    cases = [make(pools, seed) for seed in range(200)]
    assert cases == [make(pools, seed) for seed in range(200)]
    answered = 0
    for case in [*cases, *operators(pools)]:
        document = parse(case.query)
        assert not validate(oracle.schema, document), case.query
        answered += not oracle.answer(document, case.sets[0]).errors
    assert answered > 400


def test_what_fails_is_made_small(oracle: Oracle) -> None:
    case = Case(
        """query($n: Int, $m: Int) { claims(first: $n) { ...F } references(first: $m) { totalCount } }
           fragment F on ClaimConnection { totalCount nodes { id statement } }""",
        [{"n": 1, "m": 2}],
    )
    small = shrunk(oracle.schema, case, lambda one: "statement" in one.query)
    assert "".join(small.query.split()) == "{claims{...F}}fragmentFonClaimConnection{nodes{statement}}"
    assert small.sets == [{}]
