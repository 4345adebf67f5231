"""GraphQL over the built-in article: the contract's fields, in answers that can be checked by hand."""

from __future__ import annotations

import pytest
from graphql import build_schema

from api.graphql.engine import STATE_OF_GRAPH
from api.graphql.schema import sdl
from graph.writer import LoadReport
from loaders.article.curated import built_in
from schema.kinds import KINDS, Kind
from schema.records import Claim
from tests.conftest import Service

pytestmark = pytest.mark.usefixtures("loaded")


def test_cytokines_by_hgnc_id_with_claims_evidence_and_citations(service: Service) -> None:
    data = service.ask(
        """{ cytokines { nodes { id name claims { nodes { statement direction
             evidence { section paragraph sentence } citations { marker status } } } } } }"""
    )
    found = {node["id"]: node for node in data["cytokines"]["nodes"]}
    assert {"HGNC:11892": "TNF", "HGNC:6018": "IL6", "HGNC:5962": "IL10"}.items() <= {
        id_: node["name"] for id_, node in found.items()
    }.items()
    lowered = [c for c in found["HGNC:6018"]["claims"]["nodes"] if c["direction"] == "DECREASED"]
    places = {(e["paragraph"], e["sentence"]) for claim in lowered for e in claim["evidence"]}
    assert places == {(25, 3), (39, 2)}
    markers = {c["marker"] for claim in lowered for c in claim["citations"]}
    assert markers == {2, 6, 36}


def test_ev_subtypes_have_their_sizes(service: Service) -> None:
    data = service.ask("{ evSubtypes { nodes { name minDiameterNm maxDiameterNm operationalClasses } } }")
    assert {
        node["name"]: (node["minDiameterNm"], node["maxDiameterNm"], node["operationalClasses"])
        for node in data["evSubtypes"]["nodes"]
    } == {
        "exosome": (30, 150, ["SMALL_EV"]),
        "microvesicle": (100, 1000, ["SMALL_EV", "LARGE_EV"]),
        "apoptotic body": (500, 2000, ["LARGE_EV"]),
    }


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_kind_has_a_root_and_a_type(service: Service, kind: Kind) -> None:
    data = service.ask(
        f"{{ {kind.root}(first: 500) {{ totalCount nodes {{ __typename id kind category }} }} }}"
    )
    page = data[kind.root]
    expected = [e for e in built_in().entities() if e.kind == kind.name]
    assert page["totalCount"] == len(page["nodes"]) == len(expected) > 0
    assert {node["__typename"] for node in page["nodes"]} == {kind.name}
    assert [node["id"] for node in page["nodes"]] == sorted(e.id for e in expected)


def test_node_and_nodes_keep_the_order_and_know_every_type(service: Service) -> None:
    claim = next(built_in().claims()).id
    ids = [
        "mscev.ref:msc-ev/3",
        "nope",
        "HGNC:6018",
        claim,
        "mscev.citation:msc-ev/30",
        "mscev.article:msc-ev",
    ]
    data = service.ask("query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }", ids=ids)
    types = ["Reference", None, "Cytokine", "Claim", "Citation", "Article"]
    assert data["nodes"] == [
        {"__typename": type_, "id": id_} if type_ else None for type_, id_ in zip(types, ids, strict=True)
    ]
    assert service.ask('{ node(id: "mscev.claim:0") { id } }')["node"] is None


def test_entity_by_exact_mapping_only(service: Service) -> None:
    data = service.ask(
        '{ exact: entity(id: "UniProtKB:P05231") { id } none: entity(id: "X:1") { id } '
        'close: entity(id: "GO:0005125") { id } }'
    )
    assert data == {"exact": {"id": "HGNC:6018"}, "none": None, "close": None}


def test_pages_by_keyset_give_everything_once(service: Service) -> None:
    query = """query ($after: String) { claims(first: 50, after: $after) {
        totalCount pageInfo { hasNextPage hasPreviousPage endCursor } nodes { id } } }"""
    seen: list[str] = []
    after = None
    while True:
        page = service.ask(query, after=after)["claims"]
        seen += [node["id"] for node in page["nodes"]]
        assert page["pageInfo"]["hasPreviousPage"] is (after is not None)
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert len(seen) == len(set(seen)) == page["totalCount"] == len(list(built_in().claims()))


@pytest.mark.parametrize("order", ["ID", "ID_DESC", "NAME", "NAME_DESC"])
def test_pages_in_any_order(service: Service, order: str) -> None:
    query = f"""query ($after: String) {{ diseases(first: 7, after: $after, orderBy: {order}) {{
        pageInfo {{ hasNextPage endCursor }} nodes {{ id name }} }} }}"""
    rows: list[tuple[str, str]] = []
    after = None
    more = True
    while more:
        page = service.ask(query, after=after)["diseases"]
        rows += [(n["name"], n["id"]) if "NAME" in order else (n["id"], "") for n in page["nodes"]]
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
    assert rows == sorted(rows, reverse=order.endswith("DESC"))
    assert len(rows) == sum(e.kind == "Disease" for e in built_in().entities())


def test_filters(service: Service) -> None:
    data = service.ask(
        """{ under: entities(filter: { under: "CL:0000235" }) { nodes { name } }
             either: diseases(
               filter: { or: [{ name: { prefix: "OSTEO" } }, { id: { in: ["MONDO:0100096"] } }] }
             ) { nodes { name } }
             size: evSubtypes(
               filter: { minDiameterNm: { lte: 120 }, maxDiameterNm: { gte: 120 } }
             ) { nodes { name } }
             none: cytokines(
               filter: { and: [{ name: { contains: "il" } }, { not: { name: { eq: "IL6" } } }] }
             ) { nodes { name } } }"""
    )
    names = {alias: {node["name"] for node in page["nodes"]} for alias, page in data.items()}
    assert names == {
        "under": {"macrophage", "M1 macrophage", "M2 macrophage"},
        "either": {"osteoarthritis", "COVID-19"},
        "size": {"exosome", "microvesicle"},
        "none": {"IL10"},
    }


def test_claims_by_any_part(service: Service) -> None:
    claims = list(built_in().claims())
    data = service.ask(
        """{ negated: claims(filter: { negated: { eq: true } }) { totalCount }
             uncited: claims(filter: { cited: { eq: false } }) { totalCount }
             marker: claims(filter: { marker: { eq: 36 } }) { totalCount }
             both: claims(filter: { and: [{ marker: { eq: 2 } }, { marker: { eq: 6 } }] }) { totalCount }
             clinical: claims(filter: { evidenceLevel: { eq: CLINICAL } }) { totalCount }
             hedged: claims(filter: { certainty: { in: [HEDGED, HYPOTHETICAL] } }) { totalCount }
             proposed: claims(filter: { status: { eq: PROPOSED } }) { totalCount }
             object: claims(
               filter: { object: { eq: "HGNC:6018" }, direction: { eq: DECREASED } }
             ) { totalCount } }"""
    )

    def labels(claim: Claim) -> set[str]:
        return {citation.label for citation in claim.citations}

    assert {alias: page["totalCount"] for alias, page in data.items()} == {
        "negated": sum(c.negated for c in claims),
        "uncited": sum(not c.citations for c in claims),
        "marker": sum("36" in labels(c) for c in claims),
        "both": sum({"2", "6"} <= labels(c) for c in claims),
        "clinical": sum(c.evidence_level == "CLINICAL" for c in claims),
        "hedged": sum(c.certainty != "ASSERTED" for c in claims),
        "proposed": 0,
        "object": sum(c.object == "HGNC:6018" and c.direction == "DECREASED" for c in claims),
    }


def test_roles_of_an_entity_in_its_claims(service: Service) -> None:
    data = service.ask(
        """{ entity(id: "MONDO:0005178") {
               own: claims { totalCount }
               context: claims(filter: { role: [CONTEXT] }) { totalCount nodes { context {
                 disease { id } parts { role entity { id } } } } } } }"""
    )["entity"]
    claims = list(built_in().claims())
    assert data["own"]["totalCount"] == sum("MONDO:0005178" in (c.subject, c.object) for c in claims)
    in_context = [c for c in claims if "MONDO:0005178" in {id_ for _, id_ in c.context.roles}]
    assert data["context"]["totalCount"] == len(in_context) > 0
    assert all(n["context"]["disease"]["id"] == "MONDO:0005178" for n in data["context"]["nodes"])


def test_filters_hold_inside_an_entity_too(service: Service) -> None:
    """A filter on an end joins with nothing around it."""
    claims = list(built_in().claims())
    data = service.ask(
        """{ entity(id: "MONDO:0005178") {
               subject: claims(filter: { subject: { eq: "CL:0000863" } }) { totalCount }
               mechanism: claims(filter: { mechanism: { eq: "GO:0043491" } }) { totalCount }
               context: claims(filter: { role: [CONTEXT], subject: { eq: "mscev:msc-ev" } }) { totalCount }
               neighbors(filter: { under: "CL:0000235" }) { totalCount nodes { name } } } }"""
    )["entity"]
    oa = "MONDO:0005178"
    own = [c for c in claims if oa in (c.subject, c.object)]
    setting = [c for c in claims if oa in {id_ for _, id_ in c.context.roles}]
    assert data["subject"]["totalCount"] == sum(c.subject == "CL:0000863" for c in own) > 0
    assert data["mechanism"]["totalCount"] == sum("GO:0043491" in c.mechanisms for c in own)
    assert data["context"]["totalCount"] == sum(c.subject == "mscev:msc-ev" for c in setting) > 0
    assert [node["name"] for node in data["neighbors"]["nodes"]] == ["M1 macrophage"]


def test_mentions_stand_where_they_say(service: Service) -> None:
    data = service.ask(
        """{ entity(id: "HGNC:6018") { mentions(first: 1) { totalCount pageInfo { hasNextPage }
               nodes { spans { start end } evidence { paragraph sentence section } } } } }"""
    )["entity"]["mentions"]
    own = [m for m in built_in().mentions() if m.entity == "HGNC:6018"]
    assert data["totalCount"] == len(own) == 2
    assert data["pageInfo"]["hasNextPage"] is True
    (first,) = data["nodes"]
    assert (first["evidence"]["paragraph"], first["evidence"]["sentence"]) == (25, 3)
    assert first["spans"] == [{"start": span.start, "end": span.end} for span in own[0].spans]


def test_neighbors_relations_and_publications(service: Service) -> None:
    data = service.ask(
        """{ entity(id: "UBERON:0002048") { neighbors { totalCount edges { node { name } relations {
               predicate direction sources publications claims { statement negated } } } } }
             relations(filter: { predicate: { eq: ACCUMULATES_IN } }) {
               totalCount nodes { object { name } } } }"""
    )
    assert {node["object"]["name"] for node in data["relations"]["nodes"]} == {"lung", "liver", "spleen"}
    assert data["relations"]["totalCount"] == 3
    edges = {edge["node"]["name"]: edge["relations"] for edge in data["entity"]["neighbors"]["edges"]}
    (relation,) = [r for r in edges["mesenchymal stem cell"] if r["predicate"] == "ACCUMULATES_IN"]
    assert relation["publications"] == ["PMID:30628652"]
    assert relation["sources"] == ["mscev.article:msc-ev"]
    assert relation["claims"]


def test_citations_and_references(service: Service) -> None:
    data = service.ask(
        """{ cited: citation(marker: 30) { status confidence reference { position doi } concerns }
             open: citation(marker: 40) { status reference { id } note }
             none: citation(marker: 41) { status }
             article { title references(first: 2) { totalCount nodes { position title } } sections { title } }
             references(filter: { pmid: { eq: "22975005" } }) { nodes { title claims { totalCount } } } }"""
    )
    assert data["cited"]["status"] == "RESOLVED"
    assert data["cited"]["reference"]["doi"] == "10.1016/j.chest.2023.06.024"
    assert "ERRATUM" in data["cited"]["concerns"]
    assert data["open"]["status"] == "UNRESOLVED"
    assert data["open"]["reference"] is None
    assert data["open"]["note"]
    assert data["none"] is None
    assert data["article"]["references"]["totalCount"] == 25
    assert [n["position"] for n in data["article"]["references"]["nodes"]] == [1, 2]
    (reference,) = data["references"]["nodes"]
    assert reference["title"] == "Ageing as a risk factor for disease"
    assert reference["claims"]["totalCount"] == sum(
        "1" in {c.label for c in claim.citations} for claim in built_in().claims()
    )


def test_search_resolve_between_paths_neighborhood(service: Service) -> None:
    data = service.ask(
        """{ search(text: "interleukin 6", first: 1) { nodes { id } edges { score } pageInfo { hasNextPage } }
             odd: search(text: "\\"~*(:") { nodes { id } }
             resolve(texts: ["IL-6", "nothing of the kind", "UBERON:0001017"]) { text entity { id } reason }
             between(a: "HGNC:6018", b: "MONDO:0005178") { relations { id } nearest { name } searched }
             paths(from: "UBERON:0001013", to: "MONDO:0005178", first: 3) { nodes { id } relations { id } }
             neighborhood(ids: ["MONDO:0005178"], hops: 1, limit: 3) {
               nodes { id } relations { id } truncated } }"""
    )
    assert data["search"]["nodes"] == [{"id": "HGNC:6018"}]
    assert data["odd"]["nodes"] == []
    assert [r["entity"] and r["entity"]["id"] for r in data["resolve"]] == [
        "HGNC:6018",
        None,
        "UBERON:0001017",
    ]
    assert data["resolve"][1]["reason"] == "names no entity"
    assert data["between"]["relations"] == []
    assert "MSC-EV" in {node["name"] for node in data["between"]["nearest"]}
    assert data["between"]["searched"] == ["mscev.article:msc-ev"]
    for path in data["paths"]:
        assert len(path["nodes"]) == len(path["relations"]) + 1
        assert (path["nodes"][0]["id"], path["nodes"][-1]["id"]) == ("UBERON:0001013", "MONDO:0005178")
    assert data["neighborhood"]["truncated"] is True
    assert len(data["neighborhood"]["nodes"]) == 3
    assert data["neighborhood"]["nodes"][0] == {"id": "MONDO:0005178"}


def test_graph_info(service: Service, loaded: LoadReport) -> None:
    data = service.ask("{ graph { release generation claims entities kinds { kind count } sources { id } } }")
    assert data["graph"]["release"] == loaded.release
    assert data["graph"]["claims"] == loaded.counts["claims"]
    assert sum(row["count"] for row in data["graph"]["kinds"]) == data["graph"]["entities"]


@pytest.mark.parametrize(
    ("query", "code", "words"),
    [
        ("{ nope }", "GRAPHQL_VALIDATION_FAILED", "nope"),
        ("{ claims(first: 0) { totalCount } }", "BAD_USER_INPUT", "1 to 500"),
        ("{ claims(first: 501) { totalCount } }", "BAD_USER_INPUT", "1 to 500"),
        ('{ claims(after: "x") { totalCount } }', "BAD_USER_INPUT", "cursor"),
        ("{ claims(filter: { role: [VIA] }) { totalCount } }", "BAD_USER_INPUT", "role"),
        ("{ claims(filter: { subject: null }) { totalCount } }", "BAD_USER_INPUT", "null"),
        ('{ between(a: "x:1", b: "x:2") { searched } }', "BAD_USER_INPUT", "x:1"),
        ('{ neighborhood(ids: ["HGNC:6018"], hops: 9) { truncated } }', "BAD_USER_INPUT", "0 to 4"),
    ],
)
def test_errors_have_a_code_and_say_what_is_allowed(
    service: Service, query: str, code: str, words: str
) -> None:
    (error,) = service.post(query)["errors"]
    assert error["extensions"]["code"] == code
    assert words in error["message"]


def test_a_cursor_of_another_order_is_an_error(service: Service) -> None:
    cursor = service.ask("{ diseases(first: 1) { pageInfo { endCursor } } }")["diseases"]["pageInfo"][
        "endCursor"
    ]
    (error,) = service.post(f'{{ diseases(after: "{cursor}", orderBy: NAME) {{ totalCount }} }}')["errors"]
    assert "order" in error["message"]


def test_an_operation_is_one_statement(service: Service, statements: list[str]) -> None:
    service.ask("{ graph { release } }")  # the first look at a state of the graph is taken twice
    statements.clear()
    service.ask(
        """{ diseases(first: 20) { nodes { claims(first: 3) { nodes { subject { name } object { name }
             citations { label } evidence { section } } } neighbors(first: 2) { nodes { name } } } } }"""
    )
    assert len([text for text in statements if text != STATE_OF_GRAPH.text]) == 1


def test_everything_in_the_schema_is_described() -> None:
    schema = build_schema(sdl())
    missing = []
    for name, type_ in schema.type_map.items():
        if name.startswith("__") or name in {"ID", "String", "Int", "Float", "Boolean"}:
            continue
        if not type_.description:
            missing.append(name)
        for field, value in getattr(type_, "fields", {}).items():
            if not value.description:
                missing.append(f"{name}.{field}")
        for value_name, value in getattr(type_, "values", {}).items():
            if not value.description:
                missing.append(f"{name}.{value_name}")
    assert missing == []
