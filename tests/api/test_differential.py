"""The service gives what graphql-core gives over the same records (tests/oracle/), to the order of keys."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, islice, zip_longest
from pathlib import Path
from typing import Any

import httpx
import pytest
from graphql import ExecutionResult, GraphQLObjectType, parse, validate

from api.app import create_app
from api.settings import ServiceSettings
from graph.target import Target
from loaders.article.curated import built_in
from schema.kinds import KINDS, Kind
from tests.conftest import served
from tests.oracle.answers import Oracle
from tests.oracle.pages import Refused
from tests.oracle.queries import UNKNOWABLE, Case, Pools, make, operators
from tests.oracle.shrink import shrunk
from tests.oracle.written import INVALID, WHOLE, WRITTEN

pytestmark = pytest.mark.usefixtures("loaded")

SDL = Path(__file__).parents[2] / "api" / "graphql" / "schema.graphql"
# More for a long search: DIFFERENTIAL_SEEDS=20000. Most of the time goes into the database's planning.
SEEDS = int(os.environ.get("DIFFERENTIAL_SEEDS", "110"))
SHOWN = 3  # differences that are looked into; each takes many requests

Answer = dict[str, Any]


@pytest.fixture(scope="module")
def oracle() -> Oracle:
    return Oracle(SDL.read_text(encoding="utf-8"), built_in().records())


class Ask:
    """Puts a question to the service and to the oracle, and compares the answers."""

    def __init__(self, url: str, oracle: Oracle) -> None:
        self.url, self.oracle = f"{url}/graphql", oracle
        self.client = httpx.Client(timeout=200)

    def service(self, query: str, variables: dict[str, Any]) -> Answer:
        value: Answer = self.client.post(self.url, json={"query": query, "variables": variables}).json()
        return value

    def difference(self, query: str, variables: dict[str, Any]) -> str | None:
        expected = self.oracle.answer(parse(query), variables)
        return compared(expected, self.service(query, variables))

    def fails(self, case: Case) -> bool:
        """Whether a case differs, at first or when it is asked again."""
        return any(self.difference(case.query, variables) for variables in case.sets)

    def told(self, case: Case) -> str:
        """A case that differs, made small, and how it differs."""
        alone = [Case(case.query, [variables]) for variables in case.sets]
        small = shrunk(self.oracle.schema, next(filter(self.fails, alone), case), self.fails)
        told = [self.difference(small.query, variables) for variables in small.sets]
        return f"{small.query}\n{small.sets}\n{next(filter(None, told), 'not when it is asked once more')}"


def compared(expected: ExecutionResult, got: Answer) -> str | None:
    """What differs: errors that only one side has, or data, byte by byte."""
    if bool(expected.errors) != ("errors" in got):
        return f"expected {expected.errors or 'no error'}, got {got.get('errors', 'none')}"
    if expected.errors:
        if isinstance(expected.errors[0].original_error or expected.errors[0], Refused):
            codes = {error["extensions"]["code"] for error in got["errors"]}
            if codes != {"BAD_USER_INPUT"}:
                return f"expected {expected.errors[0]}, got {got['errors']}"
        if not all("path" in error for error in got["errors"]):
            return None
    mine, theirs = json.dumps(expected.data), json.dumps(got.get("data", "no data"))
    return None if mine == theirs else f"expected {mine}\n     got {theirs}"


@pytest.fixture(scope="module")
def ask(target: Target, oracle: Oracle) -> Iterator[Ask]:
    # what is compared is the answers: Neo4j may take its time to plan what nobody asked before
    with served(create_app(target, ServiceSettings(query_timeout=180))) as url:
        asking = Ask(url, oracle)
        yield asking
        asking.client.close()


def cases(oracle: Oracle) -> Iterable[Case]:
    pools = Pools(oracle)
    made = (make(pools, seed) for seed in range(SEEDS))
    return chain(operators(pools), made, map(everything, KINDS), WHOLE)


def rounds(cases: Iterable[Case]) -> Iterator[tuple[Case, dict[str, Any]]]:
    """Each case with its first variables, then each again: not while the database still plans the first."""
    for round_ in zip_longest(*([(case, one) for one in case.sets] for case in cases)):
        yield from filter(None, round_)


def everything(kind: Kind) -> Case:
    """All that can be said of a kind, so that each of its fields is compared."""
    own = " ".join(prop.name for prop in kind.properties)
    return Case(
        f"""{{ {kind.root}(first: 3) {{
          totalCount pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }}
          edges {{ cursor node {{ id }} }}
          nodes {{
            id name kind category synonyms asWritten description composition url {own}
            mappings {{ id label match source version }} ancestors {{ id }} descendants {{ id }}
            claims(first: 1) {{ totalCount }} mentions(first: 1) {{ totalCount }}
            neighbors(first: 1) {{ totalCount }}
          }} }} }}"""
    )


def _id(case: Case) -> str:
    return case.query[:60]


@pytest.mark.parametrize("case", WRITTEN, ids=_id)
def test_written_queries(ask: Ask, case: Case) -> None:
    assert not validate(ask.oracle.schema, parse(case.query))
    assert ask.difference(case.query, case.sets[0]) is None


@pytest.mark.parametrize("case", INVALID, ids=_id)
def test_invalid_queries(ask: Ask, case: Case) -> None:
    assert validate(ask.oracle.schema, parse(case.query))
    answer = ask.service(case.query, case.sets[0])
    assert answer["errors"]
    assert "data" not in answer


@pytest.mark.parametrize(
    "listed",
    [
        "claims(after: $after, first: 100)",
        "claims(after: $after, first: 100, orderBy: PLACE_DESC)",
        "claims(after: $after, first: 100, orderBy: PREDICATE)",
        "claims(after: $after, first: 100, orderBy: ID)",
        "entities(after: $after, first: 70, orderBy: ID_DESC)",
        "entities(after: $after, first: 70, orderBy: NAME)",
        "entities(after: $after, first: 70, orderBy: NAME_DESC)",
        "relations(after: $after, first: 100)",
        'relations(after: $after, first: 20, filter: {subjectEntity: {mapping: {eq: "CL:0000134"}}})',
        "references(after: $after, first: 6)",
        *(
            f'entity(id: "mscev:msc-ev") {{ {field}'
            for field in (
                "claims(after: $after, first: 30)",
                "claims(after: $after, first: 30, orderBy: PREDICATE)",
                "mentions(after: $after, first: 10)",
                "neighbors(after: $after, first: 30)",
                "neighbors(after: $after, first: 9, role: SUBJECT, predicate: [CARRIES, DECREASES])",
            )
        ),
    ],
)
def test_pages_follow_each_other(ask: Ask, listed: str) -> None:
    shown = "totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor }"
    closing = "}" * (listed.count("{") - listed.count("}"))
    query = f"query($after: String) {{ {listed} {{ {shown} }} {closing} }}"
    after, seen = None, 0
    while True:
        answer = ask.service(query, {"after": after})
        assert compared(ask.oracle.answer(parse(query), {"after": after}), answer) is None
        page = next(iter(answer["data"].values()))
        page = page.get("claims") or page.get("mentions") or page.get("neighbors") or page
        seen += len(page["edges"])
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert seen == page["totalCount"]


@pytest.mark.tools  # minutes, most of them in the database's planning of queries that nobody asks twice
def test_generated_queries(ask: Ask) -> None:
    asked = list(rounds(cases(ask.oracle)))
    different: dict[str, Case] = {}
    answered = 0
    with ThreadPoolExecutor(4) as pool:
        answers = pool.map(lambda question: ask.service(question[0].query, question[1]), asked)
        for (case, variables), got in zip(asked, answers, strict=True):
            expected = ask.oracle.answer(parse(case.query), variables)
            answered += not expected.errors
            if compared(expected, got):
                different[case.query] = case
    assert not different, "\n\n".join(
        chain([f"{len(different)} differ"], map(ask.told, islice(different.values(), SHOWN)))
    )
    assert len(asked) >= 2000
    assert answered >= 0.7 * len(asked)
    assert not unseen(ask.oracle)


def unseen(oracle: Oracle) -> set[tuple[str, str]]:
    """Fields that no query reached; nothing is of a class that is none of ours, and `search` is left out."""
    return {
        (type_.name, name)
        for type_ in oracle.schema.type_map.values()
        if isinstance(type_, GraphQLObjectType)
        and not type_.name.startswith(("__", "Search"))
        and type_.name not in {"NamedThing", "Attribute"}
        for name in type_.fields
    } - (oracle.seen | UNKNOWABLE)
