"""The pages over HTTP, on a real Neo4j: what they say, what they refuse, and that data stay text."""

from __future__ import annotations

import re
from urllib.parse import urljoin

import httpx
import pytest

from api.app import create_app
from api.settings import ServiceSettings
from graph.connection import Database
from graph.literals import literal
from graph.statement import Statement
from graph.target import Target
from graph.writer import LoadReport
from schema.enums import CitationConcern
from schema.kinds import KINDS
from tests.conftest import NOWHERE, Service, served
from tests.explorer.page import Page, get
from tests.views.samples import PAYLOADS

pytestmark = pytest.mark.usefixtures("loaded")
EVERY = "filter: {role: [SUBJECT, OBJECT, CONTEXT, VIA]}"
OSTEOARTHRITIS = "/entity/MONDO:0005178"


# ---- front and search --------------------------------------------------------------------------------------


def test_the_front_counts_what_is_there_and_leads_to_every_kind(service: Service, loaded: LoadReport) -> None:
    page = get(service, "/")
    assert page.status == 200
    facts = page.text('//section[@aria-labelledby="counts"]')
    assert f"entities {loaded.counts['entities']}" in facts
    assert f"claims {loaded.counts['claims']}" in facts
    assert loaded.release[:12] in page.text("//footer")
    kinds = page.tree.xpath('//ul[@class="tiles"]//a/@href')
    assert kinds == [f"/?kind={kind.constant}" for kind in KINDS]


@pytest.mark.parametrize("kind", [kind.constant for kind in KINDS])
def test_every_kind_lists_its_entities_page_by_page(service: Service, kind: str) -> None:
    expected = service.ask(
        "query($k: EntityKind!) { entities(filter: {kind: {eq: $k}}) { totalCount } }", k=kind
    )
    found: list[str] = []
    address = f"/?kind={kind}"
    while address:
        page = get(service, address)
        found += page.tree.xpath('//ul[@class="results"]/li/a/@href')
        following = page.tree.xpath('//a[@rel="next"]/@href')
        address = urljoin("/", following[0]) if following else ""
    assert len(found) == len(set(found)) == expected["entities"]["totalCount"]


def test_a_search_finds_by_name_synonym_and_beginning(service: Service) -> None:
    for text in ("osteoarthritis", "Osteoarthr", "osteoarthrosis"):
        page = get(service, f"/?q={text}")
        assert OSTEOARTHRITIS in page.tree.xpath("//main//a/@href"), text
        assert page.tree.findtext(".//title") == f"{text}: search · mscev"


def test_a_search_finds_statements_too(service: Service) -> None:
    page = get(service, "/?q=macrophages+osteoarthritis")
    assert "M1 macrophages" in page.text('//section[@aria-labelledby="said"]')


def test_a_search_of_one_kind(service: Service) -> None:
    page = get(service, "/?q=interleukin&kind=CYTOKINE")
    assert set(page.tree.xpath('//section[@aria-labelledby="entities"]//span[@class="kind"]/text()')) == {
        "cytokine"
    }


def test_a_search_without_result_says_what_to_try(service: Service) -> None:
    assert "Nothing is called “xyzzy”" in get(service, "/?q=xyzzy").text()


# ---- an entity ---------------------------------------------------------------------------------------------


def test_an_entity_is_told_with_names_identifiers_and_claims(service: Service) -> None:
    page = get(service, OSTEOARTHRITIS)
    assert page.status == 200
    assert page.text("//h1") == "osteoarthritis"
    told = service.ask(
        '{ entity(id: "MONDO:0005178") { synonyms mappings { id } claims(first: 500, '
        + EVERY
        + ") { nodes { id } } } }"
    )["entity"]
    for word in (*told["synonyms"], *(one["id"] for one in told["mappings"])):
        assert word in page.text()
    assert page.claims == {claim["id"] for claim in told["claims"]["nodes"]}
    assert "https://purl.obolibrary.org/obo/MONDO_0005178" in page.tree.xpath("//a/@href")
    assert "osteoarthritis as object" in page.text('//section[@class="claims"]')
    assert "↑ contributes to" in page.text('//section[@class="claims"]')


def test_each_claim_has_its_evidence_or_says_that_it_has_none(service: Service) -> None:
    page = get(service, "/entity/CL:0000863")
    told = page.text('//li[p[@class="triple"]/a[2][@href="/entity/MONDO:0005178"]]')
    assert "“Therapeutic Potential of MSC-EVs”, paragraph 34, sentence 2" in told
    assert "hedged" in told
    assert "DOI 10.1186/s13075-016-0983-4" in told
    assert "PMID 27044395" in told
    assert "mscev load article FILE" in told
    uncited = get(service, "/entity/mscev:msc-ev?only=uncited")
    assert uncited.claims
    for claim in uncited.all('//li[@class="claim"]'):
        assert "No citation: the article cites nothing for this." in " ".join(claim.text_content().split())


def test_a_concern_is_told_in_words(service: Service) -> None:
    page = get(service, "/entity/mscev:msc-ev?only=concerns")
    assert "the paper is about cells, the sentence about vesicles" in page.text()


@pytest.mark.parametrize(
    ("parameters", "filter_"),
    [
        ("evidence=CLINICAL", "evidenceLevel: {eq: CLINICAL}"),
        ("evidence=CLINICAL&evidence=ONGOING_TRIAL", "evidenceLevel: {in: [CLINICAL, ONGOING_TRIAL]}"),
        ("certainty=HEDGED", "certainty: {eq: HEDGED}"),
        ("only=negated", "negated: {eq: true}"),
        ("only=uncited&certainty=ASSERTED", "cited: {eq: false}, certainty: {eq: ASSERTED}"),
        ("role=CONTEXT&role=VIA", "role: [CONTEXT, VIA]"),
        ("role=OBJECT", "role: [OBJECT]"),
        ("only=concerns", f"citations: {{some: {{concern: {{in: [{', '.join(CitationConcern)}]}}}}}}"),
    ],
)  # fmt: skip
def test_filters_and_both_queries_give_the_same_claims(
    service: Service, database: Database, parameters: str, filter_: str
) -> None:
    role = "" if "role" in filter_ else "role: [SUBJECT, OBJECT, CONTEXT, VIA], "
    claims = f"claims(filter: {{{role}{filter_}}}, first: 500) {{ nodes {{ id }} }}"
    asked = f'{{ entity(id: "mscev:msc-ev") {{ {claims} }} }}'
    expected = {claim["id"] for claim in service.ask(asked)["entity"]["claims"]["nodes"]}
    address, shown, pages = f"/entity/mscev:msc-ev?{parameters}", set(), 0
    while address:
        page = get(service, address)
        shown |= page.claims
        pages += 1
        following = page.tree.xpath('//a[@rel="next"]/@href')
        address = urljoin("/", following[0]) if following else ""
        cypher, graphql = (
            str(page.all(f'//pre[@id="{name}"]')[0].text_content()) for name in ("cypher", "graphql")
        )
        again = service.ask(graphql)["entity"]["claims"]["nodes"]
        assert {claim["id"] for claim in again} == page.claims
        _, rows = database.rows(Statement(cypher))
        assert {row[0] for row in rows} == expected
    assert shown == expected
    assert pages == max(1, -(-len(expected) // 50))


def test_a_filter_stays_when_the_page_is_turned(service: Service) -> None:
    page = get(service, "/entity/mscev:msc-ev?certainty=ASSERTED&certainty=HEDGED")
    (following,) = page.tree.xpath('//a[@rel="next"]/@href')
    turned = get(service, following)
    assert turned.tree.xpath("//input[@checked]/@value") == ["ASSERTED", "HEDGED"]
    assert not turned.claims & page.claims


def test_an_exact_identifier_leads_to_the_entity(service: Service) -> None:
    answer = httpx.get(f"{service.url}/entity/UniProtKB:P05231?evidence=CLINICAL", timeout=60)
    assert answer.status_code == 307
    assert answer.headers["location"] == "/entity/HGNC:6018?evidence=CLINICAL"


# ---- a claim -----------------------------------------------------------------------------------------------


def test_a_claim_has_a_page_of_its_own(service: Service, database: Database) -> None:
    (claim,) = service.ask(
        """{ claims(filter: {subject: {eq: "CL:0000863"}, object: {eq: "MONDO:0005178"}}) {
             nodes { id statement } } }"""
    )["claims"]["nodes"]
    page = get(service, f"/claim/{claim['id']}")
    assert page.text("//h1") == claim["statement"]
    assert "marker 33" in page.text().lower()
    assert claim["id"] in page.text()
    again = service.ask(str(page.all('//pre[@id="graphql"]')[0].text_content()))
    assert again["node"]["id"] == claim["id"]
    _, rows = database.rows(Statement(str(page.all('//pre[@id="cypher"]')[0].text_content())))
    assert [row[0] for row in rows] == [claim["id"]]


def test_claims_of_every_sort_can_be_shown(service: Service) -> None:
    names = ("predicate", "negated", "certainty", "evidenceLevel")
    asked = f"{{ claims(first: 500) {{ nodes {{ id statement {' '.join(names)} }} }} }}"
    claims = service.ask(asked)["claims"]["nodes"]
    sorts = {tuple(claim[name] for name in names): claim for claim in claims}
    assert len(sorts) > 50
    for claim in sorts.values():
        page = get(service, f"/claim/{claim['id']}")
        assert page.status == 200
        assert page.text("//h1") == claim["statement"]


def test_entities_of_every_kind_can_be_shown(service: Service) -> None:
    """Of each kind the one with the most claims and the one with the fewest."""
    asked = "{ entities(first: 500) { nodes { id name kind claims(first: 1) { totalCount } } } }"
    entities = service.ask(asked)["entities"]["nodes"]
    entities.sort(key=lambda entity: entity["claims"]["totalCount"])
    fewest = {entity["kind"]: entity for entity in reversed(entities)}
    most = {entity["kind"]: entity for entity in entities}
    assert len(most) > 15
    for entity in (*fewest.values(), *most.values()):
        page = get(service, f"/entity/{entity['id']}")
        assert page.status == 200
        assert page.text("//h1") == entity["name"]


# ---- errors ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["/entity/mscev:nobody", "/entity/x", "/claim/mscev.claim:0", "/claim/MONDO:0005178"]
)
def test_what_is_not_there_is_a_page_with_a_search(service: Service, path: str) -> None:
    page = get(service, path)
    assert page.status == 404
    assert path.split("/")[2] in page.text()
    assert page.all('//form[@role="search"]//input[@name="q"]')


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/?colour=red", "allowed: q, kind, after"),
        ("/?kind=PLANET", "DISEASE"),
        ("/?q=a&q=b", "more than once"),
        ("/?kind=DISEASE&after=nonsense", "cursor"),
        (f"{OSTEOARTHRITIS}?evidnce=CLINICAL", "allowed: evidence, certainty, only, role, after, mentions"),
        (f"{OSTEOARTHRITIS}?evidence=clinical", "CLINICAL, PRECLINICAL"),
        (f"{OSTEOARTHRITIS}?only=true", "negated, uncited, concerns"),
        (f"{OSTEOARTHRITIS}?after=nonsense", "cursor"),
        (f"{OSTEOARTHRITIS}?mentions=nonsense", "cursor"),
        ("/claim/mscev.claim:0?a=b", "this page takes none"),
        (f"/?q={'+'.join(f'word{i}' for i in range(30))}", "20"),
    ],
)
def test_a_wrong_address_names_what_is_allowed(service: Service, path: str, words: str) -> None:
    page = get(service, path)
    assert page.status == 422
    assert words in page.text()


def test_without_a_database_a_page_says_so() -> None:
    with served(create_app(NOWHERE)) as url:
        page = Page(httpx.get(url, timeout=30))
        assert page.status == 503
        assert "does not answer" in page.text()


# ---- safety ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/?q=il", OSTEOARTHRITIS, "/entity/nobody", "/?a=b"])
def test_pages_allow_little(service: Service, path: str) -> None:
    page = get(service, path)
    policy = page.response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'self'" in policy
    assert page.response.headers["x-content-type-options"] == "nosniff"
    assert page.response.headers["referrer-policy"] == "no-referrer"
    assert page.all("//script[not(@src)] | //style | //@style | //@*[starts-with(name(), 'on')]") == []
    for address in page.tree.xpath("//script/@src | //link[@rel='stylesheet']/@href"):
        assert re.match(r"/(static/explorer/|explorer\.css)", address)
        assert httpx.get(service.url + address, timeout=60).status_code == 200


def test_who_may_frame_the_pages_is_a_setting(target: Target) -> None:
    for ancestors, words in (
        ("'self' https://slides.example.org", "frame-ancestors 'self' https://slides.example.org"),
        ("'none'", "frame-ancestors 'none'"),
    ):
        with served(create_app(target, ServiceSettings(frame_ancestors=ancestors))) as url:
            assert words in httpx.get(url, timeout=60).headers["content-security-policy"]


@pytest.mark.parametrize(
    "value", [*PAYLOADS, "'", "\\", "\\u0027", "\\\\u0027", "a\\U0000002", "\n\r\t", "", "é😀"]
)
def test_a_literal_is_its_value(database: Database, value: str) -> None:
    text = value.replace("\x00", "")
    assert database.value(
        Statement(f"RETURN [{literal(text)}, {literal([text, 1, True, None])}] AS value")
    ) == [
        text,
        [text, 1, True, None],
    ]
