"""Every named view as it comes out of the loaded graph, held against the curated records."""

from __future__ import annotations

import asyncio
import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

import pytest

from api.graphql.engine import inner_engine
from api.pictures import named_picture
from graph.connection import AsyncDatabase
from graph.target import Target
from loaders.article.curated import built_in
from schema.enums import Certainty, CitationStatus, ContextRole
from schema.errors import NotFound
from schema.kinds import KIND_BY_NAME
from schema.records import Claim, Relation
from tests.views.samples import claim, shuffled
from tests.views.test_composer import overlapping, rectangles
from views import Style, Subgraph, ViewNode, compose, render
from views.named import NAMED, StatedClaim, view_named
from views.named.catalogue import COVID, CRANIECTOMY, KNEE_OA, MSC, MSC_EV, OA, STROKE
from views.named.relations import relations
from views.papers import IN_DOUBT, MARKER, REFERENCE, UNRESOLVED
from views.text import ELLIPSIS

pytestmark = pytest.mark.usefixtures("loaded")

View = tuple[Subgraph, Style]
# nodes, relations, claims, points of the labels
SIZES = {
    "source-to-disease": (41, 46, 49, 14),
    "ev-subtypes": (5, 5, 5, 18),
    "cell-therapy-limits": (21, 23, 24, 18),
    "sasp-loop": (14, 20, 20, 18),
    "osteoarthritis": (28, 32, 33, 18),
    "covid-19-and-stroke": (18, 17, 18, 18),
    "citations": (65, 29, 203, 12),
}


@pytest.fixture(scope="module")
def drawn(target: Target) -> Callable[[str], View]:
    """Read a view from the graph, once."""

    @cache
    def read(name: str) -> View:
        async def work() -> View:
            database = AsyncDatabase(target)
            try:
                return await named_picture(inner_engine(database), view_named(name))
            finally:
                await database.close()

        return asyncio.run(work())

    return read


def said(fits: Callable[[Claim], bool]) -> list[Claim]:
    return [c for c in built_in().claims() if c.certainty is not Certainty.HYPOTHETICAL and fits(c)]


def kind(id_: str) -> str:
    return next(entity.kind for entity in built_in().entities() if entity.id == id_)


def roles(claim: Claim, role: ContextRole) -> set[str]:
    return {id_ for own, id_ in claim.context.roles if own is role}


def about(claim: Claim, diseases: Sequence[str]) -> bool:
    return bool({claim.subject, claim.object, *roles(claim, ContextRole.DISEASE)} & set(diseases))


def require_same(subgraph: Subgraph, claims: Sequence[Claim]) -> None:
    """Hold a subgraph against claims: the same ends, and behind each relation these claims and no others."""
    wanted: dict[tuple[str, str, str, bool], set[str]] = defaultdict(set)
    for one in claims:
        wanted[one.subject, one.predicate, one.object, one.negated].add(one.id)
    found = {
        (edge.source, edge.predicate, edge.target, all(c.negated for c in edge.claims)): {
            c.id for c in edge.claims
        }
        for edge in subgraph.edges
    }
    assert found == wanted
    assert len(found) == len(subgraph.edges)
    assert {node.id for node in subgraph.nodes} == {end for c in claims for end in (c.subject, c.object)}


@pytest.mark.parametrize("name", NAMED)
def test_each_view_has_its_size(drawn: Callable[[str], View], name: str) -> None:
    subgraph, style = drawn(name)
    nodes, relations, claims, points = SIZES[name]
    assert (len(subgraph.nodes), len(subgraph.edges)) == (nodes, relations)
    assert sum(len(edge.claims) for edge in subgraph.edges) == claims
    assert round(compose(subgraph, style).font_size * 0.75) == points


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", NAMED)
def test_each_view_is_legible_and_hides_nothing(drawn: Callable[[str], View], name: str, theme: str) -> None:
    subgraph, style = drawn(name)
    picture = compose(subgraph, replace(style, theme=theme))
    area = picture.area
    assert overlapping(picture) == 0
    assert all(mark.label for mark in picture.nodes)
    assert len(picture.edges) == len(subgraph.edges)
    left_out = view_named(name).left_out
    assert picture.notes.full == left_out[:1].upper() + left_out[1:]
    assert all(not line.endswith(ELLIPSIS) for line in (*picture.notes.lines, *picture.title.lines))
    cut = [mark for mark in picture.nodes if any(ELLIPSIS in line for line in mark.label)]
    assert len(cut) <= (1 if name == "source-to-disease" else 0)
    assert all(text.size * 0.75 >= 12 for text in picture.guides.texts)
    for left, right, top, bottom in rectangles(picture):
        assert area.x <= left
        assert right <= area.x + area.width
        assert area.y <= top
        assert bottom <= area.y + area.height


@pytest.mark.parametrize("name", NAMED)
def test_each_view_is_the_same_whatever_the_order(drawn: Callable[[str], View], name: str) -> None:
    subgraph, style = drawn(name)
    mixed = shuffled(subgraph, 5)
    again = replace(style, arrangement=view_named(name).arrange(mixed))
    assert render(mixed, again, "html") == render(subgraph, style, "html")


@pytest.mark.parametrize("name", NAMED)
def test_each_view_says_where_it_is_from(drawn: Callable[[str], View], name: str) -> None:
    _, style = drawn(name)
    assert f"view {name}: " in style.source_line
    assert "of 365 claims" in style.source_line
    assert "release" in style.source_line
    assert "Mesenchymal Stem Cell Derived Extracellular Vesicles" in style.source_line


@pytest.mark.parametrize("name", NAMED)
def test_each_node_stands_in_a_group(drawn: Callable[[str], View], name: str) -> None:
    subgraph, style = drawn(name)
    assert style.arrangement is not None
    grouped = [i for group in style.arrangement.groups for i in group.ids]
    assert sorted(grouped) == sorted(node.id for node in subgraph.nodes)


def test_relations_have_the_ids_of_the_graph(drawn: Callable[[str], View]) -> None:
    subgraph, _ = drawn("osteoarthritis")
    for edge in subgraph.edges:
        assert edge.id == Relation(edge.source, edge.predicate, edge.target).id


def test_osteoarthritis_holds_its_claims_and_no_others(drawn: Callable[[str], View]) -> None:
    subgraph, _ = drawn("osteoarthritis")
    require_same(subgraph, said(lambda c: about(c, (OA, KNEE_OA))))
    # The relation of the graph gathers what is said of macrophages elsewhere too; here it does not.
    polarization = next(e for e in subgraph.edges if e.target == "mscev:m2-macrophage-polarization")
    assert len(polarization.claims) == 1
    assert len(said(lambda c: c.subject == MSC_EV and c.object == "mscev:m2-macrophage-polarization")) == 2


def test_the_evidence_of_osteoarthritis_is_read_from_the_columns(drawn: Callable[[str], View]) -> None:
    subgraph, style = drawn("osteoarthritis")
    assert style.arrangement is not None
    for group in style.arrangement.groups:
        for edge in subgraph.edges:
            levels = {claim.evidence_level for claim in edge.claims}
            if group.heading.startswith("Clinical") and {edge.source, edge.target} & set(group.ids):
                assert levels == {"CLINICAL"}
            if group.heading.startswith("Preclinical") and {edge.source, edge.target} & set(group.ids):
                assert levels == {"PRECLINICAL"}


def test_covid_and_stroke_hold_their_claims_and_no_others(drawn: Callable[[str], View]) -> None:
    subgraph, style = drawn("covid-19-and-stroke")
    claims = said(lambda c: about(c, (COVID, STROKE)) or CRANIECTOMY in roles(c, ContextRole.POPULATION))
    require_same(subgraph, claims)
    assert style.arrangement is not None
    bands = {group.heading: set(group.ids) for group in style.arrangement.groups}
    assert "mscev:oxygenation" in bands["Clinical: COVID-19"]
    assert "mscev:safe-use-in-patients" in bands["Clinical: patients after craniectomy"]
    assert "GO:0001525" in bands["Preclinical: ischemic stroke"]
    assert STROKE in bands["Review statement"]


def test_the_loop_closes(drawn: Callable[[str], View]) -> None:
    subgraph, style = drawn("sasp-loop")
    assert style.arrangement is not None
    groups = style.arrangement.groups
    loop = next(group for group in groups if group.heading.startswith("The loop"))
    inside = {i for group in groups for i in group.ids}
    require_same(subgraph, said(lambda c: c.subject in inside and c.object in inside))
    joined = {(edge.source, edge.target) for edge in subgraph.edges}
    assert all(pair in joined for pair in zip(loop.ids, [*loop.ids[1:], loop.ids[0]], strict=True))
    broken = {
        edge.target for edge in subgraph.edges if edge.source == MSC_EV and edge.direction == "DECREASED"
    }
    assert {"GO:0090398", "MESH:D000089262"} <= broken


def test_subtypes_stand_by_the_sizes_of_the_article(drawn: Callable[[str], View]) -> None:
    subgraph, _ = drawn("ev-subtypes")
    spans = {node.name: node.span_nm for node in subgraph.nodes if node.span_nm}
    assert spans == {
        "exosome": (30.0, 150.0),
        "microvesicle": (100.0, 1000.0),
        "apoptotic body": (500.0, 2000.0),
    }
    subtypes = {e.id for e in built_in().entities() if e.kind == "EvSubtype"}
    require_same(
        subgraph,
        said(
            lambda c: bool({c.subject, c.object} & subtypes) or (c.subject, c.object) == (MSC, "GO:1903561")
        ),
    )


def test_each_limitation_of_cells_is_addressed(drawn: Callable[[str], View]) -> None:
    subgraph, _ = drawn("cell-therapy-limits")
    limits = {node.id for node in subgraph.nodes if node.kind == "Limitation"}
    assert len(limits) == 11
    addressed = {edge.target for edge in subgraph.edges if edge.predicate == "ADDRESSES"}
    assert addressed == limits
    specific = said(
        lambda c: c.predicate == "ADDRESSES" and kind(c.subject) in {"Advantage", "DeliveryRoute"}
    )
    drawn_ids = {claim.id for edge in subgraph.edges for claim in edge.claims}
    assert {claim.id for claim in specific} <= drawn_ids


def test_the_way_from_source_to_disease_runs_from_left_to_right(drawn: Callable[[str], View]) -> None:
    subgraph, style = drawn("source-to-disease")
    known = {claim.id for claim in said(lambda _: True)}
    assert {claim.id for edge in subgraph.edges for claim in edge.claims} <= known
    assert style.arrangement is not None
    assert [group.heading for group in style.arrangement.groups] == [
        "Tissue",
        "Cells",
        "Vesicles",
        "Cargo",
        "Pathway",
        "Process",
        "Disease",
    ]
    assert all(group.ids for group in style.arrangement.groups)


def test_markers_lead_to_their_references_and_the_rest_to_none(drawn: Callable[[str], View]) -> None:
    subgraph, style = drawn("citations")
    records = {citation.id: citation for citation in built_in().citations()}
    kinds = {node.id: node.kind for node in subgraph.nodes}
    unresolved = {i for i, c in records.items() if c.status is CitationStatus.UNRESOLVED}
    assert {i for i, k in kinds.items() if k == UNRESOLVED} == unresolved
    assert len(unresolved) == 15
    resolved = {e.source: e.target for e in subgraph.edges if e.predicate == "RESOLVED_TO"}
    assert {i: int(ref.rpartition("/")[2]) for i, ref in resolved.items()} == {
        i: c.reference for i, c in records.items() if c.reference
    }
    may_be = sorted((e.source, int(e.target.rpartition("/")[2])) for e in subgraph.edges if e.uncertain)
    assert may_be == sorted((i, other) for i, c in records.items() for other in c.alternatives)
    doubted = {
        citation.label for claim in built_in().claims() for citation in claim.citations if citation.concerns
    }
    names = {n.id.rpartition("/")[2]: n.name for n in subgraph.nodes if n.kind == IN_DOUBT}
    assert set(names) == doubted
    assert names["30"] == "30: phase, erratum"
    assert set(kinds.values()) == {MARKER, IN_DOUBT, UNRESOLVED, REFERENCE}
    words = [row.word for row in compose(subgraph, style).legend if row.kind]
    assert words == [
        "in-text marker",
        "marker with a concern",
        "marker, no printed reference",
        "printed reference",
    ]
    assert not set(kinds.values()) & set(KIND_BY_NAME)
    others = [row.word for row in compose(subgraph, style).legend if not row.kind]
    assert others == ["resolved to", "may be"]


def test_what_a_marker_carries_is_behind_its_edge(drawn: Callable[[str], View]) -> None:
    subgraph, _ = drawn("citations")
    for edge in subgraph.edges:
        label = edge.source.rpartition("/")[2]
        wanted = {c.id for c in built_in().claims() if label in {own.label for own in c.citations}}
        assert edge.uncertain or {claim.id for claim in edge.claims} == wanted


def test_claims_that_deny_something_are_crossed_and_on_their_own(drawn: Callable[[str], View]) -> None:
    subgraph, style = drawn("osteoarthritis")
    edge = subgraph.edges[0]
    denied = replace(edge, id=f"{edge.id}/denied", claims=(replace(edge.claims[0], negated=True),))
    picture = compose(replace(subgraph, edges=(*subgraph.edges, denied)), style)
    assert [mark.edge.id for mark in picture.edges if mark.negated] == [denied.id]


def test_an_unknown_name_lists_the_names() -> None:
    with pytest.raises(NotFound, match="unknown view 'nope'; allowed: source-to-disease, ev-subtypes, "):
        view_named("nope")


def test_a_view_is_built_whatever_the_order_of_its_claims() -> None:
    a, b = ViewNode("a", "a", "Disease"), ViewNode("b", "b", "Disease")
    said_ = [
        StatedClaim(a, "CAUSES", b, None, ("x",), replace(claim(i, f"said {i}"), negated=i == 2))
        for i in range(4)
    ]
    built = relations(said_)
    random.Random(1).shuffle(said_)
    assert relations(said_) == built
    assert [len(edge.claims) for edge in built.edges] == [3, 1]
    assert built.edges[1].id == f"{built.edges[0].id}/denied"
