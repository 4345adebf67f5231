"""Provenance: articles, their sections and references, places and citations."""

from __future__ import annotations

from graph.cypher.model.link import Leaf, Leaves, Link, Links, lists, match, properties
from graph.cypher.names import Vars

_CITATION = properties("f", "id", "label", "marker", "status", "basis", "confidence", "note")


def _concerns_of_all(v: Vars) -> str:
    k, x = v.local("k"), v.local("x")
    return (
        f"COLLECT {{ MATCH (:Claim)-[{k}:CITES]->({v.f}) UNWIND {k}.concerns AS {x} "
        f"RETURN DISTINCT {x} ORDER BY {x} }}"
    )


_NO_NOTE: Leaf = lambda v: "null"  # noqa: E731 - a row of the table below

_CITATION_LINKS: Links = {
    "reference": match(lambda o, n: f"({o.f})-[:RESOLVED_TO]->({n.b})", "Reference", many=False),
    "alternatives": match(
        lambda o, n: f"({o.f})-[:MAY_BE]->({n.b})", "Reference", lambda n: f"{n.b}.position"
    ),
}

LEAVES: dict[str, Leaves] = {
    "Evidence": {
        **properties("s", "article", "sentence", "page", "sha256", "quote", "place", paragraph="block"),
        **properties("t", section="title"),
        "verified": lambda v: f"coalesce({v.s}.verified, false)",
    },
    "Span": {"start": lambda v: f"{v.m}.starts[{v.i}]", "end": lambda v: f"{v.m}.ends[{v.i}]"},
    "ClaimCitation": {
        **_CITATION,
        "concerns": lambda v: f"coalesce({v.k}.concerns, [])",
        "claimNote": lambda v: f"{v.k}.note",
    },
    "Citation": {**_CITATION, "concerns": _concerns_of_all, "claimNote": _NO_NOTE},
    "Reference": {
        **properties("b", "id", "position", "printedNumber", "title", "text", "journal", "year", "volume"),
        **properties("b", "pages", "doi", "pmid", "pmcid", "erratum", "article"),
        **lists("b", "authors"),
    },
    "Section": properties("t", "title", "level", paragraph="block"),
    "Article": {
        **properties("a", "id", "title", "articleType", "interests"),
        **lists("a", "authors"),
        "sha256": lambda v: f"coalesce({v.a}.sha256, '')",
    },
}

LINKS: dict[str, Links] = {
    "Evidence": {
        "article": match(lambda o, n: f"({o.t})-[:PART_OF]->({n.a})", "Article", many=False),
        "spans": Link(
            "Span",
            lambda o, n, a: f"UNWIND range(0, size({o.s}.starts) - 1) AS {n.i} WITH {n.i}",
            keep={"m": "s"},
            order=lambda n: n.i,
        ),
    },
    "ClaimCitation": _CITATION_LINKS,
    "Citation": _CITATION_LINKS,
    "Reference": {
        "claims": Link(
            "Claim",
            lambda o, n, a: f"MATCH ({o.b})<-[:RESOLVED_TO]-()<-[:CITES]-({n.c})",
            distinct=True,
        )
    },
    "Article": {
        "sections": match(
            lambda o, n: f"({n.t}:Section)-[:PART_OF]->({o.a})", "Section", lambda n: f"{n.t}.block"
        ),
        "references": match(lambda o, n: f"({o.a})-[:LISTS]->({n.b})", "Reference"),
    },
}
