"""Every kind of entity: what it is, which identifiers it takes, how it is drawn.

A kind is a label in Neo4j, a type and a root field in GraphQL, a category in KGX and a row of the legend.
Adding a kind is one entry in `KINDS`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from schema.enums import OperationalClass
from schema.errors import InvalidRecord


class Shape(StrEnum):
    """The drawn outline; every one has a form in SVG, vis-network and PowerPoint."""

    CIRCLE = "circle"
    SQUARE = "square"
    DIAMOND = "diamond"
    TRIANGLE = "triangle"
    TRIANGLE_DOWN = "triangleDown"
    HEXAGON = "hexagon"
    STAR = "star"
    BOX = "box"


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a node; `type` is a Python type, `unit` a UCUM code."""

    name: str
    type: type
    description: str
    example: object
    unit: str | None = None
    many: bool = False
    required: bool = False

    def typed(self, value: Any) -> Any:
        """Return a value, or each of many, as the type; raises as the type does where it cannot be one."""
        return tuple(map(self.type, value)) if self.many else self.type(value)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of entity; `prefixes` is the order in which exact identifiers are preferred."""

    name: str
    root: str
    biolink: str
    prefixes: tuple[str, ...]
    description: str
    word: str
    shape: Shape
    colour: str
    properties: tuple[Property, ...] = ()

    @property
    def constant(self) -> str:
        """The name as an enum value: `EvSubtype` -> `EV_SUBTYPE`."""
        return "".join("_" + c if c.isupper() else c for c in self.name).strip("_").upper()


COMMON = (
    Property("name", str, "The preferred name.", "interleukin 6", required=True),
    Property("category", str, "The Biolink class.", "biolink:Protein", required=True),
    Property("synonyms", str, "Other names of the same thing.", "IL-6", many=True),
    Property("asWritten", str, "The forms that the sources use, as written.", "IL-6", many=True),
    Property("description", str, "What it is, in our own words.", "a cytokine that drives the acute phase"),
    Property(
        "composition",
        str,
        "For a local term: the public terms it is composed of, as 'GO:1903561', 'RO:0003001 CL:0000134'.",
        "RO:0003001 CL:0000134",
        many=True,
    ),
)

_DIAMETERS = (
    Property("minDiameterNm", float, "Lower bound of the diameter as the source states it.", 30.0, unit="nm"),
    Property(
        "maxDiameterNm", float, "Upper bound of the diameter as the source states it.", 150.0, unit="nm"
    ),
    Property(
        "operationalClasses",
        OperationalClass,
        "The MISEV2023 operational terms that the diameter range falls into.",
        "SMALL_EV",
        many=True,
    ),
)

# Fills are the Okabe-Ito palette and its tints: told apart without colour vision together with the shape.
KINDS: tuple[Kind, ...] = (
    Kind(
        "MscSource",
        "mscSources",
        "biolink:GrossAnatomicalStructure",
        ("UBERON", "MESH"),
        "A tissue from which mesenchymal stem (stromal) cells are obtained.",
        "MSC source",
        Shape.HEXAGON,
        "#E69F00",
    ),
    Kind(
        "CellType",
        "cellTypes",
        "biolink:Cell",
        ("CL", "MESH"),
        "A type or state of cell.",
        "cell type",
        Shape.CIRCLE,
        "#F5D08A",
    ),
    Kind(
        "EvSubtype",
        "evSubtypes",
        "biolink:CellularComponent",
        ("GO", "MESH"),
        "A subtype of extracellular vesicle by origin or size.",
        "EV subtype",
        Shape.CIRCLE,
        "#56B4E9",
        _DIAMETERS,
    ),
    Kind(
        "EvPreparation",
        "evPreparations",
        "biolink:CellularComponent",
        ("GO", "MESH"),
        "Extracellular vesicles as a population: of any source, or from a named one such as AT-MSC-EV.",
        "EV preparation",
        Shape.HEXAGON,
        "#56B4E9",
    ),
    Kind(
        "Cargo",
        "cargos",
        "biolink:MolecularEntity",
        ("CHEBI", "SO", "GO", "MESH"),
        "Something that vesicles carry, or a class of such things.",
        "cargo",
        Shape.DIAMOND,
        "#56B4E9",
    ),
    Kind(
        "Cytokine",
        "cytokines",
        "biolink:Protein",
        ("HGNC", "UniProtKB", "GO", "MESH"),
        "A cytokine or chemokine, or a class of them.",
        "cytokine",
        Shape.DIAMOND,
        "#D55E00",
    ),
    Kind(
        "Protein",
        "proteins",
        "biolink:Protein",
        ("HGNC", "UniProtKB", "GO", "FPLX", "MESH"),
        "A protein, its gene, a family or a complex of proteins.",
        "protein",
        Shape.DIAMOND,
        "#F0E442",
    ),
    Kind(
        "Receptor",
        "receptors",
        "biolink:Protein",
        ("HGNC", "UniProtKB", "GO", "FPLX", "MESH"),
        "A receptor or a family of receptors.",
        "receptor",
        Shape.TRIANGLE_DOWN,
        "#F0E442",
    ),
    Kind(
        "Chemical",
        "chemicals",
        "biolink:ChemicalEntity",
        ("CHEBI", "MESH"),
        "A small molecule, lipid, pigment or drug.",
        "chemical",
        Shape.SQUARE,
        "#F0E442",
    ),
    Kind(
        "Pathway",
        "pathways",
        "biolink:Pathway",
        ("GO", "REACT"),
        "A signalling pathway.",
        "pathway",
        Shape.TRIANGLE,
        "#009E73",
    ),
    Kind(
        "BiologicalProcess",
        "biologicalProcesses",
        "biolink:BiologicalProcess",
        ("GO", "MESH"),
        "A process in cells or tissue, healthy or not.",
        "process",
        Shape.BOX,
        "#009E73",
    ),
    Kind(
        "Phenotype",
        "phenotypes",
        "biolink:PhenotypicFeature",
        ("HP", "MESH"),
        "An observable state of cells, tissue or a person.",
        "phenotype",
        Shape.SQUARE,
        "#CC79A7",
    ),
    Kind(
        "CellularComponent",
        "cellularComponents",
        "biolink:CellularComponent",
        ("GO", "SO", "MESH"),
        "A part of a cell or of the space between cells.",
        "cell part",
        Shape.CIRCLE,
        "#A6D8C8",
    ),
    Kind(
        "Disease",
        "diseases",
        "biolink:Disease",
        ("MONDO", "MESH", "HP"),
        "A disease, disorder or injury.",
        "disease",
        Shape.SQUARE,
        "#D55E00",
    ),
    Kind(
        "Anatomy",
        "anatomies",
        "biolink:AnatomicalEntity",
        ("UBERON", "MESH"),
        "An organ, tissue, fluid or barrier of the body.",
        "anatomy",
        Shape.HEXAGON,
        "#F5D08A",
    ),
    Kind(
        "Therapy",
        "therapies",
        "biolink:Treatment",
        ("MESH", "NCIT"),
        "A treatment or a field of treatment.",
        "therapy",
        Shape.BOX,
        "#0072B2",
    ),
    Kind(
        "DeliveryRoute",
        "deliveryRoutes",
        "biolink:Procedure",
        ("NCIT", "MESH"),
        "A way of giving a therapy.",
        "route",
        Shape.TRIANGLE,
        "#0072B2",
    ),
    Kind(
        "Study",
        "studies",
        "biolink:Study",
        ("NCIT", "MESH"),
        "A kind of study, a phase of a trial, or one named study.",
        "study",
        Shape.STAR,
        "#999999",
    ),
    Kind(
        "Population",
        "populations",
        "biolink:PopulationOfIndividualOrganisms",
        ("NCBITaxon", "MESH"),
        "Who was studied: a species or a group of patients.",
        "population",
        Shape.CIRCLE,
        "#999999",
    ),
    Kind(
        "Outcome",
        "outcomes",
        "biolink:ClinicalFinding",
        ("HP", "EFO", "MESH"),
        "Something measured or judged in patients or animals.",
        "outcome",
        Shape.STAR,
        "#CC79A7",
    ),
    Kind(
        "Limitation",
        "limitations",
        "biolink:Attribute",
        ("EFO", "MESH"),
        "A drawback or risk of a therapy or of its evidence.",
        "limitation",
        Shape.TRIANGLE_DOWN,
        "#D55E00",
    ),
    Kind(
        "Advantage",
        "advantages",
        "biolink:Attribute",
        ("EFO", "MESH"),
        "A benefit of a therapy, often over another one.",
        "advantage",
        Shape.HEXAGON,
        "#009E73",
    ),
)

# A node of another graph, of a Biolink class that is none of ours: it has no root in GraphQL, takes any
# identifier and any property, and is drawn with its class as the word.
FOREIGN = Kind(
    "NamedThing",
    "",
    "biolink:NamedThing",
    (),
    "A node of another graph; its `category` says what it is.",
    "other",
    Shape.CIRCLE,
    "#BBBBBB",
)

KIND_BY_NAME: dict[str, Kind] = {kind.name: kind for kind in KINDS}


def kind_named(name: str) -> Kind:
    """Return the kind of this name, `FOREIGN` too; `InvalidRecord` names ours."""
    if name == FOREIGN.name:
        return FOREIGN
    try:
        return KIND_BY_NAME[name]
    except KeyError:
        raise InvalidRecord(
            f"unknown kind {name!r}; allowed: {', '.join(KIND_BY_NAME)}",
            field="kind",
            given=name,
            allowed=tuple(KIND_BY_NAME),
        ) from None
