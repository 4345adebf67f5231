"""Where a query begins: pages of a kind, lookups by id and name, search."""

from __future__ import annotations

from graph.cypher.model.link import Leaves, Link, Links, match, properties, same
from graph.cypher.model.subgraphs import between, neighborhood, paths
from graph.cypher.names import Arguments, Vars
from graph.indexes import ENTITY_TEXT
from graph.vocabulary import STRUCTURE, label
from schema.kinds import KINDS


def _of_kind(kind: str) -> Link:
    return match(lambda o, n: f"({n.n}:{label(kind)})", "Entity", label=label(kind))


def _by_id(to: str, letter: str, stored: str) -> Link:
    return match(lambda o, n: f"({getattr(n, letter)}:{stored} {{id: {o.x}}})", to, many=False)


def _entity(o: Vars, n: Vars, a: Arguments) -> str:
    id_, direct, mapped = a.parameter("id"), n.local("n"), n.local("n")
    return (
        f"OPTIONAL MATCH ({direct}:Entity {{id: {id_}}}) "
        f"OPTIONAL MATCH ({mapped}:Entity)-[:MAPPED_TO {{match: 'EXACT'}}]->(:Term {{id: {id_}}}) "
        f"WITH coalesce({direct}, {mapped}) AS {n.n} WHERE {n.n} IS NOT NULL"
    )


def _nodes(o: Vars, n: Vars, a: Arguments) -> str:
    ids = a.parameter("ids")
    return f"UNWIND range(0, size({ids}) - 1) AS {n.i} WITH {n.i}, {ids}[{n.i}] AS {n.x}"


def _resolve(o: Vars, n: Vars, a: Arguments) -> str:
    """Find, for each text, the entities that hold it as id, exact identifier, name, synonym or form."""
    texts, phrases = a.parameter("texts"), a.parameter("phrases")
    found, form, one = n.local("n"), n.local("x"), n.local("x")
    # who has the id; whom an article calls so; who is called so: the first of these that is one entity
    tests = (f"{one}.id = {n.x}", f"{n.x} IN coalesce({one}.asWritten, [])", f"{one}.name = {n.x}")
    alone = [(n.local("e"), f"[{one} IN {n.w} WHERE {test}]") for test in tests]
    chosen = " ".join(f"WHEN size({name}) = 1 THEN {name}" for name, _ in alone)
    low = f"toLower({n.x})"
    forms = f"[{found}.name] + coalesce({found}.synonyms, []) + coalesce({found}.asWritten, [])"
    return (
        f"UNWIND range(0, size({texts}) - 1) AS {n.i} WITH {n.i}, {texts}[{n.i}] AS {n.x} "
        f"CALL ({n.i}, {n.x}) {{ "
        f"MATCH ({found}:Entity {{id: {n.x}}}) RETURN {found} "
        f"UNION MATCH ({found}:Entity)-[:MAPPED_TO {{match: 'EXACT'}}]->(:Term {{id: {n.x}}}) RETURN {found} "
        f"UNION CALL db.index.fulltext.queryNodes('{ENTITY_TEXT}', {phrases}[{n.i}]) YIELD node AS {found} "
        f"WITH {found} WHERE any({form} IN {forms} WHERE toLower({form}) = {low}) RETURN {found} "
        f"UNION UNWIND [null] AS {found} RETURN {found} }} "
        f"WITH {n.i}, {n.x}, {found} ORDER BY {n.i}, CASE WHEN {found}.id = {n.x} THEN 0 "
        f"WHEN toLower({found}.name) = {low} THEN 1 ELSE 2 END, {found}.id "
        f"WITH {n.i}, {n.x}, collect({found}) AS {n.w} "
        f"WITH {n.i}, {n.x}, {n.w}, {', '.join(f'{those} AS {name}' for name, those in alone)} "
        f"WITH {n.i}, {n.x}, CASE {chosen} ELSE {n.w} END AS {n.w}"
    )


def _reason(v: Vars) -> str:
    i, text = v.local("i"), v.local("x")
    shown = f"CASE WHEN size({v.w}) < 5 THEN size({v.w}) ELSE 5 END"
    names = f"reduce({text} = {v.w}[0].id, {i} IN range(1, {shown} - 1) | {text} + ', ' + {v.w}[{i}].id)"
    return (
        f"CASE size({v.w}) WHEN 1 THEN null WHEN 0 THEN 'names no entity' "
        f"ELSE 'names ' + toString(size({v.w})) + ' entities: ' + {names} END"
    )


_EXACT = 1e6  # more than any score of Lucene


def _search(o: Vars, n: Vars, a: Arguments) -> str:
    """Find the best matches, `reach` of them, sorted by score and id; what is called so exactly comes first.

    First who has the text as a name, then who has it as a synonym or written form, then all others.
    """
    query, reach, text = a.parameter("query"), a.parameter("reach"), a.parameter("text")
    form = n.local("x")
    forms = f"coalesce({n.n}.synonyms, []) + coalesce({n.n}.asWritten, [])"
    return (
        f"CALL db.index.fulltext.queryNodes('{ENTITY_TEXT}', {query}, {{limit: {reach}}}) "
        f"YIELD node AS {n.n}, score AS {n.v} WITH {n.n}, {n.v}, CASE WHEN toLower({n.n}.name) = {text} "
        f"THEN {2 * _EXACT} WHEN any({form} IN {forms} WHERE toLower({form}) = {text}) THEN {_EXACT} "
        f"ELSE 0.0 END AS {n.q}"
    )


def _relations(o: Vars, n: Vars, a: Arguments) -> str:
    types = a.types("predicates")
    # a type that the structure of articles has too needs its ends told
    label = ":Entity" if set(types.split("|")) & set(STRUCTURE) else ""
    return f"MATCH ({n.u}{label})-[{n.r}:{types}]->({n.o})"


LEAVES: dict[str, Leaves] = {
    "State": {
        **properties("g", "generation", release="hash"),
        "builtAt": lambda v: f"toString({v.g}.builtAt)",
    },
    "SearchHit": {**properties("n", "id"), "score": lambda v: v.v, "rank": lambda v: f"-({v.v} + {v.q})"},
    "Resolution": {"text": lambda v: v.x, "reason": _reason},
}

LINKS: dict[str, Links] = {
    "Query": {
        "state": match(lambda o, n: f"({n.g}:Release {{id: 'graph'}})", "State", many=False, always=True),
        "graph": Link(
            "GraphInfo", lambda o, n, a: f"OPTIONAL MATCH ({n.g}:Release {{id: 'graph'}})", many=False
        ),
        "entities": match(lambda o, n: f"({n.n}:Entity)", "Entity", label="Entity"),
        **{kind.root: _of_kind(kind.name) for kind in KINDS},
        "claims": match(lambda o, n: f"({n.c}:Claim)", "Claim", label="Claim"),
        "relations": Link(
            "Relation",
            _relations,
            plain=True,
        ),
        "references": match(lambda o, n: f"({n.b}:Reference)", "Reference"),
        "entity": Link("Entity", _entity, many=False, order=lambda n: f"{n.n}.id"),
        "node": Link("Node", lambda o, n, a: f"WITH {a.parameter('id')} AS {n.x}", many=False),
        "nodes": Link("Node", _nodes, order=lambda n: n.i),
        "resolve": Link("Resolution", _resolve, order=lambda n: n.i),
        "search": Link("SearchHit", _search),
        "between": Link("Between", between, many=False),
        "article": Link(
            "Article", lambda o, n, a: f"MATCH ({n.a}:Article {{id: {a.parameter('id')}}})", many=False
        ),
        "articles": match(lambda o, n: f"({n.a}:Article)", "Article", lambda n: f"{n.a}.id"),
        "citation": Link(
            "Citation",
            lambda o, n, a: (
                f"MATCH ({n.f}:Citation {{marker: {a.parameter('marker')}}})"
                f"-[:IN]->(:Article {{id: {a.parameter('article')}}})"
            ),
            many=False,
            order=lambda n: f"{n.f}.id",
        ),
        "paths": Link("Path", paths, order=lambda n: f"length({n.h}), {n.e}"),
        "neighborhood": Link("Subgraph", neighborhood, many=False),
    },
    "Node": {
        "entity": _by_id("Entity", "n", "Entity"),
        "claim": _by_id("Claim", "c", "Claim"),
        "reference": _by_id("Reference", "b", "Reference"),
        "citation": _by_id("Citation", "f", "Citation"),
        "article": _by_id("Article", "a", "Article"),
    },
    "SearchHit": {"node": same("Entity", n="n")},
    "Resolution": {
        "entity": Link(
            "Entity",
            lambda o, n, a: f"UNWIND CASE WHEN size({o.w}) = 1 THEN {o.w} ELSE [] END AS {n.n} WITH {n.n}",
            many=False,
        )
    },
}
