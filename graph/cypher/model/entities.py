"""Entities: their names and identifiers, their place in ontologies, what says something of them."""

from __future__ import annotations

from graph.cypher.model.link import (
    ARROWS,
    Leaves,
    Link,
    Links,
    attributes,
    lists,
    match,
    properties,
    same,
    with_ends,
)
from graph.cypher.names import Arguments, Vars
from graph.vocabulary import ALL_KIND_PROPERTIES
from schema.stored import ENTITY, label_named


def _text(v: Vars) -> str:
    word, text = v.local("x"), v.local("x")
    forms = f"coalesce({v.n}.synonyms, []) + coalesce({v.n}.asWritten, [])"
    return (
        f"reduce({text} = {v.n}.name + '\\n' + coalesce({v.n}.description, ''), {word} IN {forms} "
        f"| {text} + '\\n' + {word})"
    )


def _lineage(arrow: str) -> Link:
    def source(o: Vars, n: Vars, a: Arguments) -> str:
        path = n.local("p")
        return f"MATCH {path} = ({o.n}){arrow}({n.n}) WITH {n.n}, min(length({path})) AS {n.d}"

    return Link("Entity", source, order=lambda n: f"{n.d}, {n.n}.id")


def _claims(o: Vars, n: Vars, a: Arguments) -> str:
    roles = "|".join(a.names("roles") or ("SUBJECT", "OBJECT"))
    return f"MATCH ({o.n})<-[:{roles}]-({n.c})"


def _neighbors(o: Vars, n: Vars, a: Arguments) -> str:
    left, right = ARROWS[a["role"]]
    return f"MATCH ({o.n}){left}[{n.r}:{a.types('predicates')}]{right}({n.n})"


def _relations_to(o: Vars, n: Vars, a: Arguments) -> str:
    return f"UNWIND {o.w} AS {n.r} {with_ends(n)}"


def _listed_relations(o: Vars, n: Vars, a: Arguments) -> str:
    listed = f"{n.r} IN {o.w}"
    n.known |= {"u": f"startNode({n.r})", "o": f"endNode({n.r})"}
    return listed


_OURS = tuple(prop.name for prop in label_named(ENTITY).properties)

LEAVES: dict[str, Leaves] = {
    "Entity": {
        **properties("n", "id", "name", "kind", "category", "description", *ALL_KIND_PROPERTIES),
        **lists("n", "synonyms", "asWritten", "composition", "operationalClasses"),
        "text": _text,
    },
    "Mapping": {**properties("t", "id", "label"), **properties("m", "match", "source", "version")},
    "Neighbor": properties("n", "id"),
    "Mention": properties("s", "id", "place"),
}

LINKS: dict[str, Links] = {
    "Entity": {
        "mappings": match(
            lambda o, n: f"({o.n})-[{n.m}:MAPPED_TO]->({n.t})", "Mapping", lambda n: f"{n.t}.id"
        ),
        "exactMappings": match(
            lambda o, n: f"({o.n})-[{n.m}:MAPPED_TO {{match: 'EXACT'}}]->({n.t}:Term)", "Mapping"
        ),
        "attributes": attributes("n", (*_OURS, *ALL_KIND_PROPERTIES)),
        "ancestors": _lineage("-[:IS_A*1..]->"),
        "descendants": _lineage("<-[:IS_A*1..]-"),
        "under": match(lambda o, n: f"({o.n})-[:IS_A*0..]->({n.n}:Entity)", "Entity"),
        "claims": Link("Claim", _claims, distinct=True),
        "mentions": match(lambda o, n: f"({o.n})-[{n.m}:MENTIONED_IN]->({n.s})", "Mention"),
        # an entity's relations to a neighbour are collected with it
        "neighbors": Link("Neighbor", _neighbors, distinct=True, group={"r": "w"}),
    },
    "Neighbor": {
        "node": same("Entity", n="n"),
        "relations": Link("Relation", _relations_to, order=lambda n: f"{n.r}.id", listed=_listed_relations),
    },
    "Mention": {
        "evidence": Link(
            "Evidence",
            lambda o, n, a: f"MATCH ({o.s})-[:PART_OF]->({n.t})",
            keep={"s": "s"},
            many=False,
        ),
        "spans": Link(
            "Span",
            lambda o, n, a: f"UNWIND range(0, size({o.m}.starts) - 1) AS {n.i} WITH {n.i}",
            keep={"m": "m"},
            order=lambda n: n.i,
        ),
    },
}
