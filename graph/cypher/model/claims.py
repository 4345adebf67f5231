"""Claims and relations: what is said, in which setting, and which claims speak of the same."""

from __future__ import annotations

from graph.cypher.model.link import Leaves, Link, Links, attributes, lists, match, properties, same
from graph.cypher.names import Arguments, Vars
from schema.enums import ClaimStatus, ContextRole
from schema.stored import RELATION, label_named

# A list of claims leaves out what is not curated, unless a condition speaks of the status itself.
DEFAULT = ("status", ClaimStatus.CURATED.value)

_SAME_ENDS = (
    "MATCH ({c})-[:SUBJECT]->({s}), ({c})-[:OBJECT]->({e}) "
    "MATCH ({s})<-[:SUBJECT]-({other}:Claim {{status: 'CURATED'}})-[:OBJECT]->({e}) WHERE {other} <> {c} "
)
# The sign of what is said: the predicate's direction, turned round by a negation.
_SIGN = "CASE WHEN {0}.negated THEN -1 ELSE 1 END * CASE {0}.direction WHEN 'DECREASED' THEN -1 ELSE 1 END"
_RELATED = {
    "AGREES": _SAME_ENDS
    + "AND ({other}.predicate = {c}.predicate OR {other}.direction = {c}.direction) AND {sign} = {own}",
    "OPPOSES": _SAME_ENDS
    + "AND ({other}.predicate = {c}.predicate OR {other}.direction IS NOT NULL "
    + "AND {c}.direction IS NOT NULL) AND {sign} <> {own}",
    "EXPLAINS": "MATCH ({c})-[:VIA]->({via}) "
    "MATCH ({c})-[:SUBJECT]->({s}), ({c})-[:OBJECT]->({e}) "
    "MATCH ({via})<-[:SUBJECT|OBJECT]-({other}:Claim {{status: 'CURATED'}}) WHERE {other} <> {c} AND ("
    "EXISTS {{ ({s})<-[:SUBJECT]-({other})-[:OBJECT]->({via}) }} "
    "OR EXISTS {{ ({via})<-[:SUBJECT]-({other})-[:OBJECT]->({e}) }})",
}


def _related(o: Vars, n: Vars, a: Arguments) -> str:
    text = _RELATED[str(a["kind"])].format(
        c=o.c,
        other=n.c,
        s=n.local("s"),
        e=n.local("e"),
        via=n.local("v"),
        sign=_SIGN.format(n.c),
        own=_SIGN.format(o.c),
    )
    if a["elsewhere"] is not None:
        text += f" AND (NOT {a.parameter('elsewhere')} OR {n.c}.article <> {o.c}.article)"
    return f"{text} WITH DISTINCT {n.c}"


def _end(type_: str) -> Link:
    return match(lambda o, n: f"({o.c})-[:{type_}]->({n.n})", "Entity", many=False, always=True)


def _role(role: ContextRole) -> Link:
    return match(
        lambda o, n: f"({o.c})-[:CONTEXT {{role: '{role}'}}]->({n.n})",
        "Entity",
        lambda n: f"{n.n}.id",
        many=False,
    )


def _texts(v: Vars) -> str:
    text = v.local("x")
    many = f"[{text} IN {v.v} | toString({text})]"
    return f"CASE WHEN valueType({v.v}) STARTS WITH 'LIST' THEN {many} ELSE [toString({v.v})] END"


LEAVES: dict[str, Leaves] = {
    "Claim": {
        **properties("c", "id", "predicate", "direction", "negated", "certainty", "evidenceLevel", "status"),
        **properties("c", "statement", "extent", "dose", "cited", "article", "place"),
        **properties("c", "primaryKnowledgeSource", "knowledgeLevel", "agentType"),
        **properties("c", "rule", "score", "reviewer"),
    },
    "Attribute": {"name": lambda v: v.k, "values": _texts},
    "ContextPart": properties("k", "role"),
    "Relation": {
        **properties("r", "id", "direction", "originalPredicate", "knowledgeLevel", "agentType"),
        **properties("r", "claimIds"),
        **lists("r", "sources", "publications"),
        "predicate": lambda v: f"type({v.r})",
    },
}

LINKS: dict[str, Links] = {
    "Claim": {
        "subject": _end("SUBJECT"),
        "object": _end("OBJECT"),
        **{role.value: _role(role) for role in ContextRole},
        "parts": match(
            lambda o, n: f"({o.c})-[{n.k}:CONTEXT]->({n.n})",
            "ContextPart",
            lambda n: f"{n.k}.role, {n.n}.id",
        ),
        "mechanisms": match(lambda o, n: f"({o.c})-[:VIA]->({n.n})", "Entity", lambda n: f"{n.n}.id"),
        "evidence": match(
            lambda o, n: f"({o.c})-[:STATED_IN]->({n.s})-[:PART_OF]->({n.t})",
            "Evidence",
            lambda n: f"{n.s}.id",
        ),
        "citations": match(
            lambda o, n: f"({o.c})-[{n.k}:CITES]->({n.f})",
            "ClaimCitation",
            lambda n: f"{n.f}.marker, {n.f}.label",
        ),
        "attributes": attributes("c", (prop.name for prop in label_named("Claim").properties)),
        "related": Link("Claim", _related, order=lambda n: f"{n.c}.place, {n.c}.id"),
    },
    "ContextPart": {"entity": same("Entity", n="n")},
    "Relation": {
        "attributes": attributes("r", (prop.name for prop in RELATION)),
        "subject": same("Entity", n="u"),
        "object": same("Entity", n="o"),
        "claims": Link(
            "Claim",
            lambda o, n, a: f"UNWIND {o.r}.claimIds AS {n.i} MATCH ({n.c}:Claim {{id: {n.i}}})",
            order=lambda n: f"{n.c}.place, {n.c}.id",
        ),
    },
}
