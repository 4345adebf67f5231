"""The enums of GraphQL, from the lists in schema/; a member's value is what is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schema import enums
from schema.biolink import predicates_by_type
from schema.enums import Described
from schema.kinds import KINDS
from schema.predicates import PREDICATES

FOREIGN_KIND = "NamedThing"


class ClaimRole(Described):
    """The part that an entity plays in a claim."""

    SUBJECT = "SUBJECT", "what the claim is about"
    OBJECT = "OBJECT", "what the claim relates its subject to"
    CONTEXT = "CONTEXT", "part of the setting"
    VIA = "VIA", "a mechanism"


class RelationEnd(Described):
    """The end of a relation that an entity is at."""

    SUBJECT = "SUBJECT", "the relation begins at it"
    OBJECT = "OBJECT", "the relation ends at it"


class EntityOrder(Described):
    """The order of entities; ties are broken by id."""

    ID = "id", "by id"
    ID_DESC = "-id", "by id, backwards"
    NAME = "name", "by name"
    NAME_DESC = "-name", "by name, backwards"


class ClaimOrder(Described):
    """The order of claims; ties are broken by id."""

    PLACE = "place", "in the order of the text"
    PLACE_DESC = "-place", "in the order of the text, backwards"
    PREDICATE = "predicate", "by predicate"
    ID = "id", "by id"


if TYPE_CHECKING:  # made from schema/, which a type checker cannot follow

    class EntityKind(Described):
        """The kind of an entity."""

    class Predicate(Described):
        """The predicate of a claim or relation."""

else:
    EntityKind = Described(
        "EntityKind",
        {kind.constant: (kind.name, kind.description) for kind in KINDS}
        | {"NAMED_THING": (FOREIGN_KIND, "Of a Biolink class that is none of ours; see `category`.")},
    )
    EntityKind.__doc__ = "The kind of an entity; each has a type and a root field of its own."
    Predicate = Described(
        "Predicate",
        {type_: (type_, f"{name}, of a foreign graph.") for type_, name in predicates_by_type().items()}
        | {predicate.name: (predicate.name, predicate.description) for predicate in PREDICATES},
    )
    Predicate.__doc__ = "What a claim says of its subject and object; the predicate carries the sign."

ALL: tuple[type[Described], ...] = (
    enums.Direction,
    enums.Certainty,
    enums.EvidenceLevel,
    enums.ClaimStatus,
    enums.CitationStatus,
    enums.CitationConcern,
    enums.MappingMatch,
    enums.OperationalClass,
    enums.KnowledgeLevel,
    enums.AgentType,
    enums.ClaimRelation,
    EntityKind,
    Predicate,
    ClaimRole,
    RelationEnd,
    EntityOrder,
    ClaimOrder,
)

# by the name of the type: the stored value of each name, and back
STORED: dict[str, dict[str, str]] = {
    type_.__name__: {name: member.value for name, member in type_.__members__.items()} for type_ in ALL
}
NAMES: dict[str, dict[str, str]] = {
    type_: {value: name for name, value in values.items()} for type_, values in STORED.items()
}
