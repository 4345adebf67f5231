"""Checks of records against the schema. Each problem is one `InvalidRecord` that names what is allowed."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping

from schema import biolink, ids
from schema.enums import AgentType, KnowledgeLevel, MappingMatch
from schema.errors import InvalidRecord
from schema.kinds import FOREIGN, kind_named
from schema.predicates import predicate_named, relation_type
from schema.records import Claim, Edge, Entity, IsA, Mention
from schema.stored import LABELS

_PLAIN = (str, int, float, bool)
_ENTITY_NAMES = frozenset(prop.name for prop in LABELS[0].properties)
_EDGE_NAMES = frozenset({"id", "direction", "claimIds", "sources"})


def check_entity(entity: Entity) -> Iterator[InvalidRecord]:
    """Yield what is wrong with one entity: its kind, its id, its class, its properties."""
    try:
        kind = kind_named(entity.kind)
    except InvalidRecord as error:
        yield error
        return
    yield from _check_id(entity)
    if not biolink.is_class(entity.category):
        yield _problem(entity.id, "category", entity.category, f"a class of Biolink {biolink.VERSION}")
    if not entity.name.strip():
        yield _problem(entity.id, "name", entity.name, "a text")
    if kind is FOREIGN:
        yield from _check_columns(entity.id, entity.properties, _ENTITY_NAMES)
        return
    allowed = {prop.name: prop for prop in kind.properties}
    for name, value in entity.properties:
        prop = allowed.get(name)
        if prop is None:
            yield _problem(entity.id, f"property of {kind.name}", name, ", ".join(allowed) or "none")
            continue
        for one in value if isinstance(value, tuple) else (value,):
            if not isinstance(one, prop.type):
                yield _problem(entity.id, name, one, prop.type.__name__)


def _check_columns(
    owner: str, columns: Iterable[tuple[str, object]], ours: Container[str]
) -> Iterator[InvalidRecord]:
    """Yield columns of a foreign graph that cannot be stored: one of our names, or a value of many parts."""
    for name, value in columns:
        if not name or name in ours:
            yield _problem(owner, "column", name, "a name that mscev does not use itself")
        parts = value if isinstance(value, tuple) else (value,)
        if len({type(part) for part in parts}) > 1 or not all(isinstance(part, _PLAIN) for part in parts):
            yield _problem(owner, name, value, "a text, a number, true or false, or many of one of these")


def _check_id(entity: Entity) -> Iterator[InvalidRecord]:
    if entity.kind == FOREIGN.name:
        if ids.FOREIGN_CURIE.fullmatch(entity.id) is None:
            yield _problem(entity.id, "id", entity.id, "PREFIX:LOCAL, as in MONDO:0005178")
        return
    try:
        prefix = ids.prefix_of(entity.id)
        for mapping in entity.mappings:
            ids.prefix_of(mapping.id)
    except InvalidRecord as error:
        yield error
        return
    if prefix == ids.LOCAL:
        return
    prefixes = kind_named(entity.kind).prefixes
    if prefix not in prefixes:
        yield _problem(entity.id, f"prefix of {entity.kind}", prefix, ", ".join((*prefixes, ids.LOCAL)))
    if not any(m.id == entity.id and m.match is MappingMatch.EXACT for m in entity.mappings):
        yield _problem(entity.id, "id", entity.id, "a CURIE that the entity maps to exactly, or mscev:slug")


def check_entities(entities: Iterable[Entity]) -> Iterator[tuple[Entity, InvalidRecord]]:
    """Yield what is wrong with a set of entities: each by itself, and identifiers held by two."""
    holders: dict[str, str] = {}
    seen: set[str] = set()
    for entity in entities:
        for problem in check_entity(entity):
            yield entity, problem
        if entity.id in seen:
            yield entity, _problem(entity.id, "id", entity.id, "an id that no other entity has")
        seen.add(entity.id)
        for mapping in entity.mappings:
            if mapping.match is MappingMatch.EXACT:
                other = holders.setdefault(mapping.id, entity.id)
                if other != entity.id:
                    allowed = f"one holder; {other} has it too"
                    yield entity, _problem(entity.id, "exact mapping", mapping.id, allowed)


def check_is_a(step: IsA, kinds: Mapping[str, str]) -> Iterator[InvalidRecord]:
    """Yield what is wrong with an is-a step: ends that are unknown or the same."""
    for end in (step.child, step.parent):
        if end not in kinds:
            yield _problem(f"{step.child} is a {step.parent}", "end", end, "the id of a loaded entity")
    if step.child == step.parent:
        yield _problem(step.child, "parent", step.parent, "another entity")


def check_edge(edge: Edge, kinds: Container[str], seen: Container[str] = ()) -> Iterator[InvalidRecord]:
    """Yield what is wrong with an edge of a foreign graph.

    `kinds` holds the ids of all entities of its source, `seen` those of edges that went before.
    """
    if not edge.id.strip():
        yield _problem(f"{edge.subject} {edge.predicate} {edge.object}", "id", edge.id, "a text")
    if edge.id in seen:
        yield _problem(edge.id, "id", edge.id, "an id that no other edge of the source has")
    for end in (edge.subject, edge.object):
        if end not in kinds:
            yield _problem(edge.id, "end", end, "the id of a loaded entity")
    try:
        relation_type(edge.predicate)
    except InvalidRecord as error:
        yield error
    columns = dict(edge.properties)
    for name, enum in (("knowledgeLevel", KnowledgeLevel), ("agentType", AgentType)):
        if columns.get(name) not in {value.value for value in enum}:
            yield _problem(edge.id, name, columns.get(name), ", ".join(enum))
    yield from _check_columns(edge.id, edge.properties, _EDGE_NAMES)


def check_mention(
    mention: Mention, kinds: Mapping[str, str], places: Container[tuple[str, int, int]]
) -> Iterator[InvalidRecord]:
    """Yield what is wrong with a mention: its entity, its place, its spans."""
    owner = f"mention of {mention.entity}"
    if mention.entity not in kinds:
        yield _problem(owner, "entity", mention.entity, "the id of a loaded entity")
    if (mention.article, mention.block, mention.sentence) not in places:
        given = f"block {mention.block}, sentence {mention.sentence}"
        yield _problem(owner, "place", given, f"a sentence of {mention.article}")
    if not mention.spans:
        yield _problem(owner, "spans", (), "at least one span")


def check_claim(
    claim: Claim,
    kinds: Mapping[str, str],
    places: Container[tuple[str, int, int]],
    labels: Container[tuple[str, str]],
) -> Iterator[InvalidRecord]:
    """Yield what is wrong with one claim: its ends, its predicate, its place, its citations.

    `kinds` maps the ids of all known entities to their kinds; `places` holds (article, block, sentence) and
    `labels` (article, citation label) of what is loaded with it.
    """
    if claim.placed and (claim.article, claim.block, claim.sentence) not in places:
        given = f"block {claim.block}, sentence {claim.sentence}"
        yield _problem(claim.statement, "place", given, f"a sentence of {claim.article}")
    for citation in claim.citations:
        if (claim.article, citation.label) not in labels:
            yield _problem(claim.statement, "marker", citation.label, f"a citation of {claim.article}")
    yield from _check_ends(claim, kinds)


def _check_ends(claim: Claim, kinds: Mapping[str, str]) -> Iterator[InvalidRecord]:
    named = [claim.subject, claim.object, *claim.mechanisms, *(id_ for _, id_ in claim.context.roles)]
    unknown = [id_ for id_ in named if id_ not in kinds]
    for id_ in unknown:
        yield _problem(claim.statement, "entity", id_, "the id of a loaded entity")
    if not claim.statement.strip():
        yield _problem(claim.id, "statement", claim.statement, "a text")
    try:
        if not claim.placed:
            relation_type(claim.predicate)
            return
        predicate = predicate_named(claim.predicate)
    except InvalidRecord as error:
        yield error
        return
    if not unknown:
        for end, id_, allowed in (
            ("subject", claim.subject, predicate.subjects),
            ("object", claim.object, predicate.objects),
        ):
            if kinds[id_] not in allowed:
                given = f"{id_} ({kinds[id_]})"
                yield _problem(
                    claim.statement, f"{end} of {predicate.name}", given, ", ".join(sorted(allowed))
                )


def _problem(owner: str, field: str, given: object, allowed: str) -> InvalidRecord:
    return InvalidRecord(
        f"{owner}: {field} cannot be {given!r}; allowed: {allowed}", field=field, given=given, allowed=allowed
    )
