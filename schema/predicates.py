"""Every predicate: the kinds it may join, its direction and its Biolink reading.

The predicate carries the sign: `DECREASES` means that the subject lowers the object. `direction` is derived.
Adding a predicate is one entry in `PREDICATES`.
"""

from __future__ import annotations

from dataclasses import dataclass

from schema import biolink
from schema.enums import Direction
from schema.errors import InvalidRecord
from schema.kinds import KIND_BY_NAME

ANY = frozenset(KIND_BY_NAME)
VESICLES = frozenset({"EvSubtype", "EvPreparation"})
CELLS = frozenset({"CellType"})
MOLECULES = frozenset({"Cargo", "Cytokine", "Protein", "Receptor", "Chemical"})
BIOLOGY = frozenset({"Pathway", "BiologicalProcess", "Phenotype", "CellularComponent"})
CONDITIONS = frozenset({"Disease", "Phenotype", "Outcome"})
BODY = frozenset({"Anatomy", "MscSource"})
REMEDIES = VESICLES | CELLS | frozenset({"Therapy"})
TRAITS = frozenset({"Limitation", "Advantage"})
ACTORS = REMEDIES | MOLECULES | BIOLOGY | TRAITS | frozenset({"Disease", "DeliveryRoute"})
AFFECTED = CELLS | MOLECULES | BIOLOGY | CONDITIONS | TRAITS | frozenset({"Anatomy"})

Qualifiers = tuple[tuple[str, str], ...]


def _affects(direction: str, aspect: str) -> Qualifiers:
    return (
        ("qualified_predicate", "biolink:causes"),
        ("object_aspect_qualifier", aspect),
        ("object_direction_qualifier", direction),
    )


@dataclass(frozen=True, slots=True)
class Predicate:
    """One predicate; `qualifiers` are the Biolink qualifiers that complete `biolink`."""

    name: str
    subjects: frozenset[str]
    objects: frozenset[str]
    biolink: str
    words: str
    description: str
    direction: Direction | None = None
    qualifiers: Qualifiers = ()
    symmetric: bool = False


UP, DOWN = Direction.INCREASED, Direction.DECREASED
AFFECTS = "biolink:affects"

PREDICATES: tuple[Predicate, ...] = (
    Predicate(
        "INCREASES",
        ACTORS,
        AFFECTED,
        AFFECTS,
        "increases",
        "Raises the amount, rate or degree of the object.",
        UP,
        _affects("increased", "activity_or_abundance"),
    ),
    Predicate(
        "DECREASES",
        ACTORS,
        AFFECTED,
        AFFECTS,
        "decreases",
        "Lowers the amount, rate or degree of the object.",
        DOWN,
        _affects("decreased", "activity_or_abundance"),
    ),
    Predicate(
        "ACTIVATES",
        ACTORS,
        CELLS | MOLECULES | BIOLOGY,
        AFFECTS,
        "activates",
        "Switches the object on or makes it more active.",
        UP,
        _affects("increased", "activity"),
    ),
    Predicate(
        "INHIBITS",
        ACTORS,
        CELLS | MOLECULES | BIOLOGY,
        AFFECTS,
        "inhibits",
        "Switches the object off or makes it less active.",
        DOWN,
        _affects("decreased", "activity"),
    ),
    Predicate(
        "UPREGULATES",
        ACTORS,
        MOLECULES,
        AFFECTS,
        "upregulates",
        "Raises the expression of the object.",
        UP,
        _affects("upregulated", "expression"),
    ),
    Predicate(
        "DOWNREGULATES",
        ACTORS,
        MOLECULES,
        AFFECTS,
        "downregulates",
        "Lowers the expression of the object.",
        DOWN,
        _affects("downregulated", "expression"),
    ),
    Predicate(
        "AFFECTS",
        ACTORS,
        AFFECTED,
        AFFECTS,
        "affects",
        "Acts on the object; the source states no direction.",
    ),
    Predicate(
        "DISRUPTS",
        ACTORS,
        AFFECTED,
        "biolink:disrupts",
        "disrupts",
        "Disturbs the structure or the working of the object.",
        DOWN,
    ),
    Predicate(
        "CAUSES",
        ACTORS,
        CONDITIONS | BIOLOGY | TRAITS,
        "biolink:causes",
        "causes",
        "Brings the object about.",
        UP,
    ),
    Predicate(
        "CONTRIBUTES_TO",
        ACTORS,
        CONDITIONS | BIOLOGY | TRAITS,
        "biolink:contributes_to",
        "contributes to",
        "Is one cause of the object, or drives it in part.",
        UP,
    ),
    Predicate(
        "PREDISPOSES_TO",
        ACTORS,
        CONDITIONS,
        "biolink:predisposes_to_condition",
        "predisposes to",
        "Is a risk factor for the object.",
        UP,
    ),
    Predicate(
        "IMPROVES",
        REMEDIES,
        CONDITIONS,
        "biolink:ameliorates_condition",
        "improves",
        "Makes the condition or outcome better in the stated setting.",
    ),
    Predicate(
        "STUDIED_FOR",
        REMEDIES,
        CONDITIONS | frozenset({"BiologicalProcess", "Therapy"}),
        "biolink:studied_to_treat",
        "is studied for",
        "Was or is investigated as a treatment for the object; says nothing of success.",
    ),
    Predicate(
        "USED_IN",
        REMEDIES | MOLECULES,
        frozenset({"Therapy"}),
        "biolink:related_to",
        "is used in",
        "Is a means of the therapy or field.",
    ),
    Predicate(
        "MEDIATES",
        ACTORS,
        BIOLOGY | CONDITIONS | frozenset({"Therapy"}),
        "biolink:contributes_to",
        "mediates",
        "Is what the object works through.",
    ),
    Predicate(
        "SECRETES",
        CELLS,
        VESICLES | MOLECULES | BIOLOGY,
        "biolink:produces",
        "secretes",
        "Releases the object.",
    ),
    Predicate(
        "CARRIES",
        VESICLES,
        MOLECULES | frozenset({"CellularComponent"}),
        "biolink:has_part",
        "carries",
        "Holds the object as cargo or in its membrane.",
    ),
    Predicate(
        "DELIVERS",
        VESICLES | CELLS,
        MOLECULES | frozenset({"CellularComponent"}),
        "biolink:affects",
        "delivers",
        "Brings the object into target cells.",
        qualifiers=(("object_aspect_qualifier", "transport"),),
    ),
    Predicate(
        "DERIVES_FROM",
        VESICLES | CELLS,
        CELLS | BODY,
        "biolink:derives_from",
        "derives from",
        "Comes from the object.",
    ),
    Predicate(
        "LOCATED_IN",
        CELLS | VESICLES | MOLECULES | frozenset({"CellularComponent", "Phenotype", "BiologicalProcess"}),
        BODY | frozenset({"CellularComponent"}),
        "biolink:located_in",
        "is found in",
        "Is found in the object.",
    ),
    Predicate(
        "ACCUMULATES_IN",
        REMEDIES,
        BODY,
        "biolink:located_in",
        "accumulates in",
        "Gathers in the object after being given.",
    ),
    Predicate(
        "DIFFERENTIATES_INTO",
        CELLS,
        CELLS,
        "biolink:develops_into",
        "differentiates into",
        "Becomes the object.",
    ),
    Predicate(
        "EXPRESSES",
        CELLS | VESICLES,
        MOLECULES,
        "biolink:expresses",
        "expresses",
        "Makes or shows the object.",
    ),
    Predicate(
        "CAPABLE_OF",
        REMEDIES | MOLECULES,
        BIOLOGY,
        "biolink:capable_of",
        "is capable of",
        "Can carry out the object.",
    ),
    Predicate(
        "PARTICIPATES_IN",
        CELLS | VESICLES | MOLECULES | BIOLOGY,
        BIOLOGY | frozenset({"Disease"}),
        "biolink:participates_in",
        "takes part in",
        "Is involved in the object.",
    ),
    Predicate(
        "HAS_PART",
        ANY,
        ANY,
        "biolink:has_part",
        "has part",
        "Has the object as a part, component or member.",
    ),
    Predicate(
        "SUBCLASS_OF",
        ANY,
        ANY,
        "biolink:subclass_of",
        "is a",
        "Every subject is an object; both ends are of related kinds.",
    ),
    Predicate(
        "HAS_PHENOTYPE",
        CELLS | frozenset({"Disease", "BiologicalProcess"}),
        BIOLOGY | frozenset({"Outcome"}),
        "biolink:has_phenotype",
        "shows",
        "Is characterised by the object.",
    ),
    Predicate(
        "PRECEDES",
        BIOLOGY | CONDITIONS,
        BIOLOGY | CONDITIONS,
        "biolink:precedes",
        "precedes",
        "Comes before the object.",
    ),
    Predicate(
        "HAS_LIMITATION",
        REMEDIES | frozenset({"DeliveryRoute", "Study"}),
        frozenset({"Limitation"}),
        "biolink:related_to",
        "has the limitation",
        "Has the drawback or risk.",
    ),
    Predicate(
        "HAS_ADVANTAGE",
        REMEDIES | frozenset({"DeliveryRoute"}),
        frozenset({"Advantage"}),
        "biolink:related_to",
        "has the advantage",
        "Has the benefit, often over a comparator.",
    ),
    Predicate(
        "ADDRESSES",
        REMEDIES | frozenset({"Advantage", "DeliveryRoute"}),
        frozenset({"Limitation"}),
        "biolink:related_to",
        "addresses",
        "Removes or eases the limitation.",
    ),
    Predicate(
        "ENABLES",
        ACTORS,
        frozenset({"Advantage", "Therapy", "DeliveryRoute", "BiologicalProcess"}),
        "biolink:contributes_to",
        "enables",
        "Makes the object possible.",
    ),
    Predicate(
        "DELIVERED_BY",
        REMEDIES,
        frozenset({"DeliveryRoute"}),
        "biolink:related_to",
        "is given by",
        "Is given by this route.",
    ),
    Predicate(
        "TESTED_IN",
        REMEDIES,
        frozenset({"Study"}),
        "biolink:related_to",
        "is tested in",
        "Was or is tested in a study of this kind.",
    ),
    Predicate(
        "ASSESSES",
        frozenset({"Study"}),
        CONDITIONS | TRAITS,
        "biolink:related_to",
        "assesses",
        "Measures or will measure the object.",
    ),
    Predicate(
        "ASSOCIATED_WITH",
        ANY,
        ANY,
        "biolink:associated_with",
        "is associated with",
        "Occurs together with the object; no cause is stated.",
        symmetric=True,
    ),
)

PREDICATE_BY_NAME: dict[str, Predicate] = {predicate.name: predicate for predicate in PREDICATES}


def predicate_named(name: str) -> Predicate:
    """Return the predicate of this name; `InvalidRecord` names the allowed ones."""
    try:
        return PREDICATE_BY_NAME[name]
    except KeyError:
        raise InvalidRecord(
            f"unknown predicate {name!r}; allowed: {', '.join(PREDICATE_BY_NAME)}",
            field="predicate",
            given=name,
            allowed=tuple(PREDICATE_BY_NAME),
        ) from None


def direction_of(name: str) -> Direction | None:
    """Return the sign of a predicate; a foreign one has none."""
    known = PREDICATE_BY_NAME.get(name)
    return known.direction if known else None


def relation_type(name: str) -> str:
    """Return the type of a relationship: a predicate of ours, or one of Biolink in upper snake case.

    Raises `InvalidRecord` for any other, so that what is returned may stand in Cypher text.
    """
    return name if name in biolink.predicates_by_type() else predicate_named(name).name


def biolink_of(name: str, *, ours: bool = False) -> str:
    """Return the Biolink predicate of a relationship type; `ours` says that claims of ours made the relation.

    A name may be ours and Biolink's with another reading: a foreign edge has Biolink's.
    """
    foreign = None if ours else biolink.predicates_by_type().get(name)
    return foreign or predicate_named(name).biolink
