"""Parts of the graph: what lies around, between and on the way; the graph as a whole."""

from __future__ import annotations

from graph.cypher.model.link import Leaves, Link, Links, properties, with_ends
from graph.cypher.names import Arguments, Vars
from graph.release import EMPTY
from graph.vocabulary import KIND_LABELS, STRUCTURE, label
from schema.enums import ContextRole

NEAREST = 25
_DISEASE = "Disease"


def neighborhood(o: Vars, n: Vars, a: Arguments) -> str:
    """Find entities by distance, then by id; `w` holds them, `q` says whether the limit cut some."""
    start, path, distance = n.local("n"), n.local("p"), n.local("d")
    types, kinds = a.types("predicates"), a.names("kinds")
    if a["everywhere"]:
        found = f"MATCH ({n.n}:Entity) WHERE EXISTS {{ ({n.n})-[:{types}]-() }} WITH {n.n}, 1 AS {distance}"
    else:
        # of all ways to an entity only the shortest is looked for (a breadth-first search)
        found = (
            f"MATCH ({start}:Entity) WHERE {start}.id IN {a.parameter('ids')} "
            f"CALL ({start}) {{ MATCH {path} = ({start})-[:{types}*0..{int(str(a['hops']))}]-({n.n}) "
            f"RETURN {n.n}, min(length({path})) AS {n.e} }} "
            f"WITH {n.n}, min({n.e}) AS {distance}"
        )
    wanted = "" if kinds is None else f" WHERE {distance} = 0 OR {_any_kind(n.n, kinds)}"
    limit = a.parameter("limit")
    return (
        f"{found}{wanted} WITH {n.n} ORDER BY {distance}, {n.n}.id LIMIT {limit} + 1 "
        f"WITH collect({n.n}) AS {n.e} WITH {n.e}[..{limit}] AS {n.w}, size({n.e}) > {limit} AS {n.q}"
    )


def _any_kind(variable: str, kinds: tuple[str, ...]) -> str:
    return " OR ".join(f"{variable}.kind = '{kind}'" for kind in kinds) if kinds else "false"


def between(o: Vars, n: Vars, a: Arguments) -> str:
    """Find both entities."""
    return f"MATCH ({n.x}:Entity {{id: {a.parameter('a')}}}), ({n.y}:Entity {{id: {a.parameter('b')}}})"


def paths(o: Vars, n: Vars, a: Arguments) -> str:
    """Find ways without loops, shortest first, then by the ids of their relations."""
    x, y, r = n.local("n"), n.local("n"), n.local("r")
    hops = int(str(a["hops"]))
    return (
        f"MATCH ({x}:Entity {{id: {a.parameter('from')}}}), ({y}:Entity {{id: {a.parameter('to')}}}) "
        f"MATCH {n.h} = ({x})-[:{a.types()}]-{{1,{hops}}}({y}) "
        f"WHERE all({n.x} IN nodes({n.h}) WHERE single({n.y} IN nodes({n.h}) WHERE {n.y} = {n.x})) "
        f"WITH {n.h}, [{r} IN relationships({n.h}) | {r}.id] AS {n.e} "
        f"ORDER BY length({n.h}), {n.e} LIMIT {a.parameter('first')}"
    )


def _claims_between(o: Vars, claim: str) -> str:
    return f"({o.x})<-[:SUBJECT|OBJECT]-({claim}:Claim {{status: 'CURATED'}})-[:SUBJECT|OBJECT]->({o.y})"


def _nearest(o: Vars, n: Vars, a: Arguments) -> str:
    types = a.types()
    return (
        f"MATCH ({o.x})-[:{types}]-({n.n})-[:{types}]-({o.y}) "
        f"WHERE {n.n} <> {o.x} AND {n.n} <> {o.y} AND NOT EXISTS {{ ({o.x})-[:{types}]-({o.y}) }} "
        f"AND NOT EXISTS {{ {_claims_between(o, n.local('c'))} }} "
        f"WITH DISTINCT {n.n} ORDER BY {n.n}.id LIMIT {NEAREST}"
    )


def _relations_among(o: Vars, n: Vars, a: Arguments) -> str:
    return (
        f"UNWIND {o.w} AS {n.u} MATCH ({n.u})-[{n.r}:{a.types('predicates')}]->({n.o}) "
        f"WHERE {n.o} IN {o.w} WITH {n.u}, {n.r}, {n.o}"
    )


def _searched(v: Vars) -> str:
    a = v.local("a")
    return f"COLLECT {{ MATCH ({a}:Article) RETURN {a}.id ORDER BY {a}.id }}"


def _mixed_context(v: Vars) -> str:
    r, i, d, x, e = (v.local(letter) for letter in "ridxe")
    # a hop holds in the diseases of its claims' setting, and in one that it begins or ends at
    diseases = (
        f"COLLECT {{ UNWIND relationships({v.h}) AS {r} RETURN COLLECT {{ CALL ({r}) {{ "
        f"UNWIND {r}.claimIds AS {i} "
        f"MATCH (:Claim {{id: {i}}})-[:CONTEXT {{role: '{ContextRole.DISEASE}'}}]->({d}) RETURN {d} "
        f"UNION UNWIND [startNode({r}), endNode({r})] AS {d} WITH {d} WHERE {d}:{label(_DISEASE)} RETURN {d} "
        f"}} RETURN DISTINCT {d}.id ORDER BY {d}.id }} }}"
    )
    # the same diseases for each hop, or the hops hold in different ones
    return f"any({x} IN [{diseases}] WHERE any({e} IN {x} WHERE {e} <> {x}[0]))"


def _counts(names: tuple[str, ...], pattern: str, n: Vars) -> str:
    pairs = ", ".join(f"['{name}', COUNT {{ {pattern.format(name)} }}]" for name in names)
    return f"UNWIND [{pairs}] AS {n.k} WITH {n.k}"


def _predicates(o: Vars, n: Vars, a: Arguments) -> str:
    # the store has the count of a type at hand, and of a type that begins at a label
    start = "(:Entity)" if set(n.scope.types) & set(STRUCTURE) else "()"
    return _counts(n.scope.types, f"{start}-[:{{}}]->()", n)


def _sources(o: Vars, n: Vars, a: Arguments) -> str:
    # what is loaded in parts is noted before its first part and until after its last one has gone
    under_way = f"EXISTS {{ (:Load {{id: {n.s}.id}}) }}"
    return f"MATCH ({n.s}:Source) WHERE {n.s}.release <> '{EMPTY}' OR NOT {under_way}"


LEAVES: dict[str, Leaves] = {
    "Subgraph": {"truncated": lambda v: v.q},
    "Path": {"mixedContext": _mixed_context},
    "Between": {"searched": _searched},
    "GraphInfo": {
        **properties("g", release="hash"),
        "generation": lambda v: f"coalesce({v.g}.generation, 0)",
        "builtAt": lambda v: f"toString({v.g}.builtAt)",
        "entities": lambda v: "COUNT { (:Entity) }",
        "claims": lambda v: "COUNT { (:Claim) }",
    },
    "KindCount": {"kind": lambda v: f"{v.k}[0]", "count": lambda v: f"{v.k}[1]"},
    "PredicateCount": {"predicate": lambda v: f"{v.k}[0]", "count": lambda v: f"{v.k}[1]"},
    "GraphSource": properties("s", "id", "title", "version", "licence", "release"),
}

LINKS: dict[str, Links] = {
    "Subgraph": {
        "nodes": Link(
            "Entity",
            lambda o, n, a: f"UNWIND range(0, size({o.w}) - 1) AS {n.i} WITH {n.i}, {o.w}[{n.i}] AS {n.n}",
            order=lambda n: n.i,
        ),
        "relations": Link("Relation", _relations_among, order=lambda n: f"{n.r}.id"),
    },
    "Path": {
        "nodes": Link(
            "Entity",
            lambda o, n, a: (
                f"UNWIND range(0, length({o.h})) AS {n.i} WITH {n.i}, nodes({o.h})[{n.i}] AS {n.n}"
            ),
            order=lambda n: n.i,
        ),
        "relations": Link(
            "Relation",
            lambda o, n, a: (
                f"UNWIND range(0, length({o.h}) - 1) AS {n.i} "
                f"WITH {n.i}, relationships({o.h})[{n.i}] AS {n.r} {with_ends(n, n.i)}"
            ),
            order=lambda n: n.i,
        ),
    },
    "Between": {
        "relations": Link(
            "Relation",
            lambda o, n, a: f"MATCH ({o.x})-[{n.r}:{a.types()}]-({o.y}) {with_ends(n)}",
            order=lambda n: f"{n.r}.id",
        ),
        "claims": Link(
            "Claim",
            lambda o, n, a: f"MATCH {_claims_between(o, n.c)} WITH DISTINCT {n.c}",
            order=lambda n: f"{n.c}.place, {n.c}.id",
        ),
        "nearest": Link("Entity", _nearest, order=lambda n: f"{n.n}.id"),
    },
    "GraphInfo": {
        "kinds": Link("KindCount", lambda o, n, a: _counts(KIND_LABELS, "(:{})", n)),
        "predicates": Link("PredicateCount", _predicates),
        "sources": Link("GraphSource", _sources, order=lambda n: f"{n.s}.id"),
    },
}
