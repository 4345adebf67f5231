"""Graphs to draw: a plausible small one, random ones of any size, and one that is hostile in every field."""

from __future__ import annotations

import random
from dataclasses import replace

from schema.kinds import KINDS
from views import Style, Subgraph, ViewCitation, ViewClaim, ViewEdge, ViewNode
from views.picture import Anchor, GuideBand, GuideLine, Guides, GuideText

STYLE = Style(
    title="What AT-MSC vesicles do in osteoarthritis",
    source_line="Query: osteoarthritis, 2 hops · release 3f9a1c2e · 2026-11-23 · Vesicles of MSCs: a review",
)

CITATION = ViewCitation(
    label="45",
    status="RESOLVED",
    title="Exosomes of fat in worn joints",
    doi="10.1000/xyz(123)",
    pmid="PMID:123456",
    concerns=("CELLS_NOT_VESICLES",),
    note="a trial of cells",
)

GUIDES = Guides(
    bands=(GuideBand(60, 90, 260, 420), GuideBand(400, 90, 260, 420, "#dde8f0")),
    lines=(GuideLine(60, 500, 1200, 500, 2.0), GuideLine(700, 90, 700, 500, dashed=True)),
    texts=(
        GuideText("sources", 190, 108, 16),
        GuideText("vesicles", 410, 108, 16, Anchor.START, bold=True),
        GuideText("200 nm", 1200, 494, 16, Anchor.END),
    ),
)

_NODES = (
    ("MONDO:0005178", "osteoarthritis", "Disease"),
    ("mscev:at-msc-ev", "AT-MSC-EV", "EvPreparation"),
    ("UBERON:0001013", "adipose tissue", "MscSource"),
    ("HGNC:6018", "interleukin 6", "Cytokine"),
    ("HGNC:11892", "tumor necrosis factor", "Cytokine"),
    ("HGNC:5962", "interleukin 10", "Cytokine"),
    ("CL:0000138", "chondrocyte", "CellType"),
    ("GO:0008283", "cell proliferation", "BiologicalProcess"),
    ("mscev:mir-140", "miR-140-5p", "Cargo"),
    ("mscev:nf-kb", "NF-κB signalling", "Pathway"),
    ("mscev:joint-pain", "joint pain", "Outcome"),
    ("mscev:injection", "intra-articular injection", "DeliveryRoute"),
)
_EDGES = (
    ("mscev:at-msc-ev", "DERIVES_FROM", "UBERON:0001013", ""),
    ("mscev:at-msc-ev", "DECREASES", "HGNC:6018", ""),
    ("mscev:at-msc-ev", "DECREASES", "HGNC:11892", ""),
    ("mscev:at-msc-ev", "INCREASES", "HGNC:5962", ""),
    ("mscev:at-msc-ev", "CARRIES", "mscev:mir-140", ""),
    ("mscev:mir-140", "INCREASES", "GO:0008283", ""),
    ("CL:0000138", "PARTICIPATES_IN", "GO:0008283", ""),
    ("mscev:at-msc-ev", "IMPROVES", "MONDO:0005178", ""),
    ("mscev:at-msc-ev", "STUDIED_FOR", "MONDO:0005178", "hedged"),
    ("HGNC:11892", "ACTIVATES", "mscev:nf-kb", ""),
    ("mscev:nf-kb", "CONTRIBUTES_TO", "MONDO:0005178", ""),
    ("HGNC:6018", "CONTRIBUTES_TO", "MONDO:0005178", "hedged"),
    ("MONDO:0005178", "HAS_PHENOTYPE", "mscev:joint-pain", ""),
    ("mscev:at-msc-ev", "DELIVERED_BY", "mscev:injection", ""),
    ("HGNC:11892", "INCREASES", "HGNC:11892", ""),
    ("mscev:at-msc-ev", "DECREASES", "mscev:joint-pain", "negated"),
)


def claim(place: int, statement: str, mark: str = "") -> ViewClaim:
    return ViewClaim(
        id=f"mscev.claim:{place}",
        statement=statement,
        certainty="HEDGED" if mark == "hedged" else "ASSERTED",
        negated=mark == "negated",
        evidence_level="PRECLINICAL",
        section="Osteoarthritis",
        paragraph=42,
        sentence=3,
        quote="A quoted sentence.",
        citations=(CITATION,),
        context=(("targetCell", "chondrocyte"),),
    )


def small() -> Subgraph:
    """Twelve nodes, sixteen relations: two parallel, one loop, two hedged, one negated."""
    nodes = tuple(
        ViewNode(
            id=curie,
            name=name,
            kind=kind,
            category="biolink:Thing",
            synonyms=(f"synonym of {name}",),
            url=f"https://example.org/{place}",
            description="A thing.",
        )
        for place, (curie, name, kind) in enumerate(_NODES)
    )
    edges = tuple(
        ViewEdge(
            id=f"r{place:02}",
            source=source,
            target=target,
            predicate=predicate,
            sources=("mscev.article:msc-ev",),
            publications=("DOI:10.3390/x", "PMID:123", "ISBN:1"),
            claims=(claim(place, f"Statement number {place}.", mark),),
        )
        for place, (source, predicate, target, mark) in enumerate(_EDGES)
    )
    return Subgraph(nodes, edges)


_WORDS = [
    "mesenchymal",
    "stromal",
    "small",
    "extracellular",
    "vesicle",
    "wound",
    "healing",
    "cartilage",
    "lung",
    "kidney",
    "stroke",
    "cytokine",
    "interferon",
    "gamma",
    "growth",
    "factor",
    "receptor",
    "kinase",
    "apoptosis",
    "macrophage",
    "polarization",
    "fibrosis",
    "injury",
    "liver",
    "heart",
    "bone",
    "marrow",
    "umbilical",
    "cord",
    "tissue",
    "tear",
    "fluid",
    "neuron",
    "synapse",
]


def random_graph(nodes: int, edges: int, seed: int = 1, *, claims: bool = False) -> Subgraph:
    """Preferential attachment over nine kinds; the names have one to three words."""
    dice = random.Random(seed)
    kinds = dice.sample([kind.name for kind in KINDS], 9)
    made = tuple(
        ViewNode(f"X:{i:05}", " ".join(dice.sample(_WORDS, dice.choice((1, 1, 2, 2, 3)))), dice.choice(kinds))
        for i in range(nodes)
    )
    joined = []
    for i in range(edges):
        a, b = (i + 1, int(dice.random() ** 2 * (i + 1))) if i < nodes - 1 else (dice.randrange(nodes),) * 2
        if a == b:
            b = int(dice.random() ** 2 * nodes)
        if dice.random() < 0.5:
            a, b = b, a
        predicate = dice.choice(("INCREASES", "DECREASES", "CARRIES", "ASSOCIATED_WITH", "foreign_relation"))
        joined.append(ViewEdge(f"mscev.relation:{i:024x}", made[a].id, made[b].id, predicate))
    if claims:
        joined = [
            replace(
                edge, claims=(claim(i, f"{edge.source} {edge.predicate.lower()} {edge.target} in mice."),)
            )
            for i, edge in enumerate(joined)
        ]
    return Subgraph(made, tuple(joined))


def shuffled(graph: Subgraph, seed: int) -> Subgraph:
    dice = random.Random(seed)
    return replace(
        graph,
        nodes=tuple(dice.sample(graph.nodes, len(graph.nodes))),
        edges=tuple(dice.sample(graph.edges, len(graph.edges))),
    )


_HIT = "window.hit=(window.hit||0)+1"
PAYLOADS = (
    f"<img src=x onerror={_HIT}>",
    f"</script><script>{_HIT}</script>",
    f"</style><script>{_HIT}</script>",
    f"</title><script>{_HIT}</script>",
    f"--><script>{_HIT}</script><!--<script>",
    f'"><svg onload="{_HIT}">',
    f"' autofocus onfocus='{_HIT}",
    f"javascript:{_HIT}",
    f'<a href="javascript:{_HIT}">href</a>',
    f"\u2028{_HIT}\u2029//",
    f'";{_HIT};//',
    f"\\u003cimg src=x onerror={_HIT}\\u003e",
    "{{ 7 * 191 }}{% raw %}",
    f"data:text/html,<script>{_HIT}</script>",
    "__proto__",
    "</body></html>\x00\x1b\ufeff",
    "<iframe srcdoc='<script>parent.hit=1</script>'>",
    "&lt;b&gt;&#60;i&#62;",
)


def hostile(text: str) -> tuple[Subgraph, Style]:
    """A graph that has the text in every field."""
    citation = ViewCitation(text, text, text, text, text, (text,), text)
    said = ViewClaim(
        text, text, text, True, text, text, 1, 2, text, (citation,), ((text, text), ("disease", text))
    )
    nodes = (
        ViewNode(f"a {text}", text, text, text, (text,), text, text),
        ViewNode(f"b {text}", f"b {text}", "Disease", None, (), f"https://example.org/{text}"),
    )
    edges = (
        ViewEdge(text, nodes[0].id, nodes[1].id, text, text, (text,), (text, f"DOI:10.{text}"), (said,)),
        ViewEdge(
            f"2 {text}", nodes[1].id, nodes[1].id, "INCREASES", None, (text,), (f"PMID:{text}",), (said,)
        ),
    )
    return Subgraph(nodes, edges, truncated=True), Style(title=text, source_line=text)
