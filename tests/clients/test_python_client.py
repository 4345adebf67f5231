"""A client in Python with the library gql: schema by introspection, stored queries, pages to the end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from itertools import pairwise
from typing import Any

import pytest
from gql import Client, GraphQLRequest
from gql.client import SyncClientSession
from gql.transport.exceptions import TransportQueryError
from gql.transport.httpx import HTTPXAsyncTransport, HTTPXTransport
from graphql import GraphQLError

from loaders.article.curated import built_in
from tests.clients.stored import QUERIES
from tests.conftest import Service

pytestmark = pytest.mark.usefixtures("loaded")


@pytest.fixture(scope="module")
def session(service: Service) -> Iterator[SyncClientSession]:
    """A session that has read the schema from the service and checks queries against it."""
    transport = HTTPXTransport(f"{service.url}/graphql", timeout=60)
    with Client(transport=transport, fetch_schema_from_transport=True, parse_results=True) as session:
        yield session


def request(name: str, **changed: Any) -> GraphQLRequest:
    """Return a stored query with its variables, some of them changed."""
    stored = QUERIES[name]
    return GraphQLRequest(
        stored.text, variable_values={**stored.variables, **changed}, operation_name=stored.name
    )


def pages(session: SyncClientSession, root: str, name: str, **changed: Any) -> Iterator[dict[str, Any]]:
    """Yield every page of a stored list."""
    after = None
    while True:
        page = session.execute(request(name, **changed, after=after))[root]
        yield page
        if not page["pageInfo"]["hasNextPage"]:
            return
        after = page["pageInfo"]["endCursor"]


@pytest.mark.parametrize("name", QUERIES)
def test_it_fetches_every_stored_query(session: SyncClientSession, name: str) -> None:
    assert session.execute(request(name))


def test_a_batch_keeps_the_order_and_says_what_is_not_there(session: SyncClientSession) -> None:
    nodes = session.execute(request("Batch"))["nodes"]
    assert [node and (node["__typename"], node["id"]) for node in nodes] == [
        ("Cytokine", "HGNC:6018"),
        ("Reference", "mscev.ref:msc-ev/3"),
        ("Disease", "MONDO:0005178"),
        None,
    ]


def test_names_become_ids(session: SyncClientSession) -> None:
    found = session.execute(request("ResolveNames"))["resolve"]
    assert [one["entity"] and one["entity"]["id"] for one in found] == [
        "HGNC:6018",
        "HGNC:6018",
        "MONDO:0005178",
        None,
    ]
    assert found[-1]["reason"]


@pytest.mark.parametrize("size", [1, 3, 500])
def test_it_pages_through_all_cytokines(session: SyncClientSession, size: int) -> None:
    read = list(pages(session, "cytokines", "Cytokines", first=size))
    names = [node["name"] for page in read for node in page["nodes"]]
    expected = [entity.name for entity in built_in().entities() if entity.kind == "Cytokine"]
    assert names == sorted(expected)
    assert {page["totalCount"] for page in read} == {len(expected)}
    assert [len(page["nodes"]) for page in read[:-1]] == [size] * (len(read) - 1)


def test_pages_of_references_are_the_same_list_in_any_size(session: SyncClientSession) -> None:
    lists = [
        [
            node["id"]
            for page in pages(session, "references", "References", first=size)
            for node in page["nodes"]
        ]
        for size in (2, 500)
    ]
    assert lists[0] == lists[1]
    assert len(lists[0]) == len(set(lists[0])) > 2


def test_a_claim_leads_to_a_doi(session: SyncClientSession) -> None:
    claims = session.execute(request("EvidenceChain"))["claims"]["nodes"]
    dois = {
        citation["reference"]["doi"]
        for claim in claims
        for citation in claim["citations"]
        if citation["reference"]
    }
    assert dois == {"10.1186/s13075-016-0983-4"}
    assert {(one["paragraph"], one["sentence"]) for claim in claims for one in claim["evidence"]} == {(34, 2)}


def test_what_lowers_il6_in_patients(session: SyncClientSession) -> None:
    (claim,) = session.execute(request("LoweredInPatients"))["claims"]["nodes"]
    assert claim["subject"]["name"] == "WJ-MSC-EV"
    assert claim["context"]["disease"]["name"] == "Sjögren syndrome"


@pytest.mark.parametrize(
    ("nm", "names"),
    [
        (40, {"exosome"}),
        (120, {"exosome", "microvesicle"}),
        (700, {"microvesicle", "apoptotic body"}),
        (5000, set()),
    ],
)
def test_which_vesicles_a_particle_can_be(session: SyncClientSession, nm: float, names: set[str]) -> None:
    nodes = session.execute(request("SubtypesOfSize", nm=nm))["evSubtypes"]["nodes"]
    assert {node["name"] for node in nodes} == names


def test_a_view_has_no_loose_edge(session: SyncClientSession) -> None:
    part = session.execute(request("Neighborhood", hops=2))["neighborhood"]
    ids = {node["id"] for node in part["nodes"]}
    assert {edge[end]["id"] for edge in part["relations"] for end in ("subject", "object")} <= ids


def test_a_path_is_a_chain(session: SyncClientSession) -> None:
    for path in session.execute(request("Paths"))["paths"]:
        ids = [node["id"] for node in path["nodes"]]
        ends = [{edge["subject"]["id"], edge["object"]["id"]} for edge in path["relations"]]
        assert ends == [set(pair) for pair in pairwise(ids)]
        assert (ids[0], ids[-1]) == ("mscev:msc-ev", "MONDO:0005178")


def test_a_wrong_field_is_found_before_anything_is_sent(session: SyncClientSession) -> None:
    with pytest.raises(GraphQLError, match="Cannot query field 'nam'"):
        session.execute(GraphQLRequest("{ cytokines { nodes { nam } } }"))


def test_an_error_of_the_service_has_a_code(session: SyncClientSession) -> None:
    with pytest.raises(TransportQueryError) as caught:
        session.execute(request("Cytokines", first=0))
    assert caught.value.errors
    assert caught.value.errors[0]["extensions"]["code"] == "BAD_USER_INPUT"


def test_many_at_once_over_one_session(service: Service) -> None:
    async def ask() -> AsyncIterator[dict[str, Any]]:
        transport = HTTPXAsyncTransport(f"{service.url}/graphql", timeout=60)
        async with Client(transport=transport) as session:
            for answer in await asyncio.gather(*(session.execute(request(name)) for name in QUERIES)):
                yield answer

    async def collect() -> list[dict[str, Any]]:
        return [answer async for answer in ask()]

    assert all(asyncio.run(collect()))
