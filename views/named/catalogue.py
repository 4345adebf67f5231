"""The named views of the built-in article. Adding one is one entry here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from schema.enums import EvidenceLevel
from views.arrangement import Arrangement, Group
from views.axis import SizeAxis
from views.bands import Bands
from views.columns import Columns
from views.model import Subgraph
from views.named.citations import citation_map, in_columns
from views.named.model import NamedView, Place, sorted_into
from views.ring import Ring

MSC, MSC_EV, EV = "CL:0000134", "mscev:msc-ev", "GO:1903561"
OA, KNEE_OA = "MONDO:0005178", "MONDO:0005416"
INFLAMMATION = "GO:0006954"
COVID, STROKE = "MONDO:0100096", "MONDO:1060198"
CRANIECTOMY = "mscev:patient-undergoing-decompressive-craniectomy"

Filter = Mapping[str, object]


def _is(value: str) -> Filter:
    return {"eq": value}


def _in(*values: str) -> Filter:
    return {"in": list(values)}


def _kind(*constants: str) -> Filter:
    return {"kind": _in(*constants)}


def _stated(more: Filter | None = None, **tests: object) -> Filter:
    """Return a filter for what is said to be so or not so; hopes and plans are no part of a picture."""
    return {"certainty": _in("ASSERTED", "HEDGED"), **tests, **(more or {})}


@dataclass(frozen=True, slots=True)
class InColumns:
    """Columns by id and kind."""

    places: tuple[Place, ...]

    def __call__(self, subgraph: Subgraph) -> Arrangement:
        """Return the columns of this subgraph."""
        return Columns(sorted_into(self.places, subgraph))


# ---- source to disease ----------------------------------------------------------------------------------
_REACHED = (
    INFLAMMATION,
    "GO:0090398",  # cellular senescence
    "MESH:D018384",  # oxidative stress
    "mscev:mitochondrial-dysfunction",
)

_PATHWAYS = (
    "GO:0070371",  # ERK signalling
    "GO:0031929",  # mTOR signalling
    "mscev:stem-progenitor-repair-pathway",
)
_IMPROVED = (
    OA,
    "MONDO:0005087",  # respiratory disease
    "MONDO:0005071",  # neurological disorder
    "MONDO:0004995",  # cardiovascular disease
)

SOURCE_TO_DISEASE = NamedView(
    "source-to-disease",
    "From the tissue to the disease: how MSC vesicles are said to work",
    "tissue, cells, vesicles, cargo, pathway, process and disease, from left to right",
    (
        _stated(subject=_is(MSC), predicate=_is("LOCATED_IN"), objectEntity=_kind("MSC_SOURCE")),
        _stated(subject=_is(MSC), predicate=_is("SECRETES"), object=_is(MSC_EV)),
        _stated(
            subjectEntity=_kind("EV_PREPARATION"),
            predicate=_is("DERIVES_FROM"),
            objectEntity=_kind("MSC_SOURCE", "CELL_TYPE"),
        ),
        _stated(predicate=_is("SUBCLASS_OF"), object=_is(MSC_EV)),
        _stated(subject=_is(MSC_EV), predicate=_in("CARRIES", "DELIVERS")),
        _stated(subject=_is(MSC_EV), predicate=_in("ACTIVATES", "AFFECTS"), objectEntity=_kind("PATHWAY")),
        _stated(
            subject=_in(*_PATHWAYS),
            predicate=_in("MEDIATES", "ENABLES"),
            objectEntity=_kind("BIOLOGICAL_PROCESS"),
        ),
        _stated(subject=_is(MSC_EV), object=_in(*_REACHED)),
        _stated(subject=_is(INFLAMMATION), object=_in(*_IMPROVED)),
        _stated(subject=_is(MSC_EV), predicate=_is("IMPROVES"), object=_in(*_IMPROVED)),
        _stated(
            {"certainty": _is("ASSERTED"), "not": {"object": _in(*_IMPROVED)}},
            subjectEntity=_kind("EV_PREPARATION"),
            predicate=_is("STUDIED_FOR"),
            objectEntity=_kind("DISEASE"),
        ),
    ),
    InColumns(
        (
            Place("Tissue", kinds=("MscSource",)),
            Place("Cells", kinds=("CellType",)),
            Place("Vesicles", kinds=("EvPreparation",)),
            Place("Cargo", kinds=("Cargo", "Cytokine")),
            Place("Pathway", kinds=("Pathway",)),
            Place("Process", kinds=("BiologicalProcess", "Phenotype")),
            Place("Disease", kinds=("Disease",)),
        )
    ),
    left_out="not drawn: cargo of vesicles in general, single genes and cytokines, outcomes, hedged uses",
)

# ---- EV subtypes ----------------------------------------------------------------------------------------


def _by_size(subgraph: Subgraph) -> Arrangement:
    sized = tuple(sorted(node.id for node in subgraph.nodes if node.span_nm))
    rest = tuple(sorted(node.id for node in subgraph.nodes if not node.span_nm))
    return SizeAxis(
        sized,
        Group("Source and class", rest),
        divide=(200.0, "small EV (MISEV2023: < 200 nm)", "large EV (> 200 nm)"),
    )


EV_SUBTYPES = NamedView(
    "ev-subtypes",
    "Subtypes of extracellular vesicles by size",
    "exosomes, microvesicles and apoptotic bodies on an axis of diameters, with the 200 nm line of MISEV2023",
    (
        _stated(subjectEntity=_kind("EV_SUBTYPE")),
        _stated(objectEntity=_kind("EV_SUBTYPE")),
        _stated(subject=_is(MSC), object=_is(EV)),
    ),
    _by_size,
)

# ---- limits of cell therapy -----------------------------------------------------------------------------
_SUMMED_UP = (
    "mscev:safety-limitation",
    "mscev:delivery-limitation",
    "mscev:manufacturing-limitation",
    "mscev:hindered-adoption",
)
_ONLY_IN_GENERAL = (
    "mscev:reduced-availability-at-target-tissue",
    "mscev:restricted-effective-dose",
    "mscev:not-feasible-for-every-patient",
    "MESH:D006084",  # allogeneic rejection
)

_CELLS = (MSC, "mscev:msc-based-therapy", "mscev:direct-delivery")

CELL_THERAPY_LIMITS = NamedView(
    "cell-therapy-limits",
    "Where cell therapy falls short, and what vesicles bring instead",
    "limitations of cells, and the advantages of vesicles that address them",
    (
        _stated(
            {"not": {"object": _in(*_SUMMED_UP)}},
            predicate=_is("HAS_LIMITATION"),
            subject=_in(*_CELLS),
        ),
        _stated(predicate=_is("ADDRESSES"), subjectEntity=_kind("ADVANTAGE", "DELIVERY_ROUTE")),
        _stated(predicate=_is("ADDRESSES"), subject=_is(MSC_EV), object=_in(*_ONLY_IN_GENERAL)),
    ),
    InColumns(
        (
            Place("Cells", _CELLS),
            Place("Their limitations", kinds=("Limitation",)),
            Place("Vesicles, and advantages of theirs", (MSC_EV,), ("Advantage", "DeliveryRoute")),
        )
    ),
    left_out="not drawn: which vesicles have which advantage, how one leads to another",
)

# ---- the SASP loop --------------------------------------------------------------------------------------
_LOOP = (
    "GO:0090398",  # cellular senescence
    "MESH:D000089262",  # SASP
    "mscev:sasp-factor",
    "mscev:paracrine-senescence",
)
_CYCLE = "mscev:sasp-feedback-loop"
_DRIVERS = (
    "MESH:D042822",  # genomic instability
    "mscev:mitochondrial-dysfunction",
    "MESH:D018384",  # oxidative stress
    "MESH:D059506",  # telomere shortening
)
_RESULTS = ("mscev:chronic-inflammation", "mscev:inflammaging", "mscev:tissue-dysfunction")
_BREAKERS = (MSC_EV, "mscev:cell-rejuvenation")
_IN_LOOP = (*_LOOP, _CYCLE, *_DRIVERS, *_RESULTS, *_BREAKERS)


def _in_ring(_: Subgraph) -> Arrangement:
    return Ring(
        Group("The loop: senescent cells make their neighbours senescent", _LOOP),
        Group("", (_CYCLE,)),
        before=(Group("Where vesicles break it", _BREAKERS), Group("What starts it", _DRIVERS)),
        after=(Group("What comes of it", _RESULTS),),
    )


SASP_LOOP = NamedView(
    "sasp-loop",
    "The SASP loop, and where MSC vesicles break it",
    "the loop of senescence and its secretions, what starts it, what comes of it, where vesicles step in",
    (_stated(subject=_in(*_IN_LOOP), object=_in(*_IN_LOOP)),),
    _in_ring,
)

# ---- osteoarthritis -------------------------------------------------------------------------------------
OSTEOARTHRITIS = NamedView(
    "osteoarthritis",
    "MSC vesicles in osteoarthritis, by evidence",
    "every claim about osteoarthritis: what drives it, what was seen in animals, what in patients",
    (
        _stated(subject=_in(OA, KNEE_OA)),
        _stated(object=_in(OA, KNEE_OA)),
        _stated(contextRole={"disease": _in(OA, KNEE_OA)}),
    ),
    InColumns(
        (
            Place(
                "Said to drive it (review)",
                (
                    "MESH:D000375",  # aging
                    "mscev:cellular-dysfunction",
                    "CL:0000863",  # M1 macrophage
                    "mscev:sasp-cytokine",
                    INFLAMMATION,
                ),
            ),
            Place(
                "Osteoarthritis (review)",
                (
                    OA,
                    "MESH:D002908",  # chronic disease
                    "mscev:ecm-remodelling",
                    "MESH:D005355",  # fibrosis
                    "UBERON:0007616",  # synovial tissue
                ),
            ),
            Place(
                "Preclinical: cells and animals",
                (
                    "MESH:D007270",  # intra-articular injection
                    "MESH:D023421",  # animal model
                    "mscev:preclinical-study",
                    "CL:0000138",  # chondrocyte
                    "EFO:0007873",  # cartilage thickness
                    "mscev:joint-degeneration",
                    "MONDO:0002400",  # synovial inflammation
                ),
                ("Pathway", "BiologicalProcess"),
            ),
            Place("Vesicles", (MSC_EV,)),
            Place("Clinical: patients", (KNEE_OA,), ("Outcome", "DeliveryRoute", "Study")),
        )
    ),
)

# ---- COVID-19 and stroke --------------------------------------------------------------------------------
_BANDS = (
    (EvidenceLevel.CLINICAL, COVID, "Clinical: COVID-19"),
    (EvidenceLevel.CLINICAL, "", "Clinical: patients after craniectomy"),
    (EvidenceLevel.PRECLINICAL, STROKE, "Preclinical: ischemic stroke"),
    (EvidenceLevel.REVIEW_STATEMENT, STROKE, "Review statement"),
)


def _by_evidence(subgraph: Subgraph) -> Arrangement:
    """Set each entity into the first band that a claim with it belongs to, the vesicles between them."""
    seen: set[str] = {MSC_EV}
    bands: list[Group] = []
    for level, disease, heading in _BANDS:
        own: list[str] = []
        for edge in subgraph.edges:
            about = {edge.source, edge.target}
            for claim in edge.claims:
                names = {name for role, name in claim.context if role == "disease"}
                in_it = (disease in about or _NAMES[disease] in names) if disease else not names
                if claim.evidence_level == level and in_it:
                    own += sorted(about - seen)
                    seen |= about
        bands.append(Group(heading, tuple(sorted(own))))
    hub = Group("Vesicles", (MSC_EV,))
    return Bands((bands[0], hub, *bands[1:]))


_NAMES = {COVID: "COVID-19", STROKE: "ischemic stroke"}

COVID_AND_STROKE = NamedView(
    "covid-19-and-stroke",
    "MSC vesicles in COVID-19 and after stroke, by level of evidence",
    "what was seen in patients, what in animals, and what the review says without naming a study",
    (
        _stated(subject=_in(COVID, STROKE)),
        _stated(object=_in(COVID, STROKE)),
        _stated(contextRole={"disease": _in(COVID, STROKE)}),
        _stated(contextRole={"population": _is(CRANIECTOMY)}),
    ),
    _by_evidence,
)

# ---- citations ------------------------------------------------------------------------------------------
CITATIONS = NamedView(
    "citations",
    "From in-text markers to printed references",
    "where each in-text marker leads, which lead nowhere, and what is doubtful about the cited papers",
    ({"cited": {"eq": True}},),
    in_columns,
    citation_map,
)

CATALOGUE = (
    SOURCE_TO_DISEASE,
    EV_SUBTYPES,
    CELL_THERAPY_LIMITS,
    SASP_LOOP,
    OSTEOARTHRITIS,
    COVID_AND_STROKE,
    CITATIONS,
)
