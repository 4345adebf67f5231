"""Parts of the graph: names resolved, what lies between and around entities, the ways from one to another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from schema.enums import ClaimRelation, ContextRole, Direction
from schema.records import Claim, Entity
from tests.oracle.graph import Graph, Relation

MAX_NEAREST = 25


def resolve(graph: Graph, text: str) -> dict[str, Any]:
    """The one entity that a text names, or why there is none."""
    lower = text.lower()

    def rank(entity: Entity) -> int | None:
        if entity.id == text:
            return 0
        if entity.name.lower() == lower:
            return 1
        forms = (form.lower() for form in (*entity.synonyms, *entity.as_written))
        return 2 if graph.exact.get(text) is entity or lower in forms else None

    ranked = [(rank(entity), entity.id, entity) for entity in graph.entities.values()]
    found = [entity for _, _, entity in sorted(one for one in ranked if one[0] is not None)]
    tests = (
        lambda entity: entity.id == text,
        lambda entity: text in entity.as_written,
        lambda entity: entity.name == text,
    )
    alone = ([entity for entity in found if test(entity)] for test in tests)
    fitting = next((entities for entities in alone if len(entities) == 1), found)
    if len(fitting) == 1:
        return {"text": text, "entity": fitting[0]}
    names = ", ".join(entity.id for entity in fitting[:5])
    reason = f"names {len(fitting)} entities: {names}" if fitting else "names no entity"
    return {"text": text, "reason": reason}


def related(graph: Graph, claim: Claim, kind: ClaimRelation, elsewhere: bool) -> list[Claim]:
    """Claims that agree with a claim, oppose it or explain it, in the order of the text."""
    ends = (claim.subject, claim.object)
    steps = {(claim.subject, via) for via in claim.mechanisms} | {
        (via, claim.object) for via in claim.mechanisms
    }

    def relates(other: Claim) -> bool:
        if elsewhere and other.article == claim.article:
            return False
        if kind is ClaimRelation.EXPLAINS:
            return (other.subject, other.object) in steps
        if (other.subject, other.object) != ends:
            return False
        same_predicate = other.predicate == claim.predicate
        if kind is ClaimRelation.AGREES:
            same_direction = other.direction is not None and other.direction is claim.direction
            return (same_predicate or same_direction) and _sign(other) == _sign(claim)
        both_signed = other.direction is not None and claim.direction is not None
        return (same_predicate or both_signed) and _sign(other) != _sign(claim)

    return [other for other in graph.claims.values() if other is not claim and relates(other)]


def _sign(claim: Claim) -> int:
    """The sign of what is said: the predicate's direction, turned round by a negation."""
    return (-1 if claim.negated else 1) * (-1 if claim.direction is Direction.DECREASED else 1)


def neighbors(
    graph: Graph, entity: Entity, predicates: list[str] | None, end: str | None
) -> list[tuple[Entity, list[Relation]]]:
    """The other ends of an entity's relations, each with these relations by id."""
    found: dict[str, tuple[Entity, list[Relation]]] = {}
    for relation in _asked(graph.touching[entity.id], predicates):
        ends = {"SUBJECT": relation.subject, "OBJECT": relation.object}
        if end is None or ends[end] is entity:
            other = relation.other_end(entity)
            found.setdefault(other.id, (other, []))[1].append(relation)
    return [found[id_] for id_ in sorted(found)]


def between(graph: Graph, a: Entity, b: Entity) -> dict[str, Any]:
    """What is stated between two entities; where nothing is, who has relations with both."""
    ends = {a.id, b.id}
    relations = [r for r in graph.touching[a.id] if {r.subject.id, r.object.id} == ends]
    claims = [c for c in graph.claims.values() if {c.subject, c.object} == ends]
    nearest = []
    if not relations and not claims:
        near, far = (neighbors(graph, entity, None, None) for entity in (a, b))
        pairs = [(n, to_a, to_b) for n, to_a in near for m, to_b in far if n is m and n.id not in ends]
        # Two steps are two relations: from an entity to itself one cannot go and come back by the same.
        nearest = [n for n, to_a, to_b in pairs if len({r.id for r in (*to_a, *to_b)}) > 1]
    return {
        "relations": relations,
        "claims": claims,
        "nearest": nearest[:MAX_NEAREST],
        "searched": list(graph.articles),
    }


def neighborhood(
    graph: Graph, ids: list[str], hops: int, limit: int, kinds: list[str] | None, predicates: list[str] | None
) -> dict[str, Any]:
    """Entities by distance and id, and the relations among those within the limit."""
    if ids:
        distance = _distances(graph, [id_ for id_ in ids if id_ in graph.entities], hops, predicates)
    else:
        distance = {id_: 1 for id_ in graph.entities if _asked(graph.touching[id_], predicates)}
    fitting = [
        id_
        for id_ in sorted(distance, key=lambda id_: (distance[id_], id_))
        if kinds is None or distance[id_] == 0 or graph.entities[id_].kind in kinds
    ]
    kept = set(fitting[:limit])
    return {
        "nodes": [graph.entities[id_] for id_ in fitting[:limit]],
        "relations": [
            relation
            for relation in _asked(graph.relations.values(), predicates)
            if relation.subject.id in kept and relation.object.id in kept
        ],
        "truncated": len(fitting) > limit,
    }


def paths(graph: Graph, from_: str, to: str, max_hops: int, first: int) -> list[dict[str, Any]]:
    """Ways without loops, by their number of hops, then by the ids of their relations."""
    if from_ not in graph.entities or to not in graph.entities:
        return []
    distance = _distances(graph, [to], max_hops, None)

    def ways(nodes: list[Entity], relations: list[Relation], hops: int) -> Iterator[list[Relation]]:
        if len(relations) == hops:
            yield relations
            return
        for relation in graph.touching[nodes[-1].id]:
            other = relation.other_end(nodes[-1])
            left = hops - len(relations) - 1
            if other not in nodes and distance.get(other.id, hops) <= left and (other.id != to or not left):
                yield from ways([*nodes, other], [*relations, relation], hops)

    found: list[list[Relation]] = []
    for hops in range(1, max_hops + 1):
        if len(found) < first:
            found += sorted(ways([graph.entities[from_]], [], hops), key=lambda way: [r.id for r in way])
    return [_path(graph, graph.entities[from_], way) for way in found[:first]]


def _path(graph: Graph, start: Entity, relations: list[Relation]) -> dict[str, Any]:
    nodes = [start]
    for relation in relations:
        nodes.append(relation.other_end(nodes[-1]))
    diseases = [
        {e.id for claim in r.claims for role, e in graph.context[claim.id] if role is ContextRole.DISEASE}
        | {end.id for end in (r.subject, r.object) if end.kind == "Disease"}
        for r in relations
    ]
    return {"nodes": nodes, "relations": relations, "mixedContext": any(d != diseases[0] for d in diseases)}


def _distances(graph: Graph, ids: list[str], hops: int, predicates: list[str] | None) -> dict[str, int]:
    found = dict.fromkeys(ids, 0)
    level = set(ids)
    for hop in range(1, hops + 1):
        around = (relation for id_ in level for relation in _asked(graph.touching[id_], predicates))
        level = {end.id for relation in around for end in (relation.subject, relation.object)} - set(found)
        found |= dict.fromkeys(level, hop)
    return found


def _asked(relations: Iterable[Relation], predicates: list[str] | None) -> list[Relation]:
    return [r for r in relations if predicates is None or r.predicate in predicates]
