"""What a view reads of the graph by GraphQL, and how its rows become the values that views/ draws."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from api.graphql.enums import STORED
from views import ViewCitation, ViewClaim, ViewEdge, ViewNode, ViewReference
from views.named import StatedClaim

Row = Mapping[str, Any]

ENTITY = "id name kind category synonyms url description"
CLAIM = """
        id statement certainty negated evidenceLevel
        context { extent dose parts { role entity { name } } }
        evidence { article { id } section paragraph sentence quote }
        citations {
          id label status concerns note
          reference { ...Printed } alternatives { ...Printed }
        }"""
PRINTED = "fragment Printed on Reference { id position title authors year doi pmid }"
INFO = "graph { release builtAt sources { title } }"
RELATION = f"id predicate direction sources publications claims {{ {CLAIM} }}"
CLAIMS = f"""query($ids: [ID!]) {{
  claims(filter: {{ id: {{ in: $ids }} }}, first: 500) {{
    nodes {{
      subject {{ {ENTITY} ...Size }} predicate object {{ {ENTITY} ...Size }} direction
      {CLAIM}
    }}
  }}
  all: claims(first: 1) {{ totalCount }}
  {INFO}
}}
fragment Size on EvSubtype {{ minDiameterNm maxDiameterNm }}
{PRINTED}"""


def source_line(info: Row, query: str) -> str:
    """Return the line under a picture: query, release, date of the data, sources."""
    built = info["builtAt"][:10] if info["builtAt"] else date.min.isoformat()
    sources = "; ".join(source["title"] for source in info["sources"]) or "empty graph"
    return f"mscev · {query} · release {(info['release'] or '')[:12]} · data of {built} · {sources}"


def stated(row: Row) -> StatedClaim:
    """Return a row of `CLAIMS`."""
    return StatedClaim(
        node_of(row["subject"]),
        row["predicate"],
        node_of(row["object"]),
        row["direction"],
        tuple(sorted({place["article"]["id"] for place in row["evidence"]})),
        _claim(row),
    )


def node_of(row: Row) -> ViewNode:
    """Return a row of `ENTITY`."""
    return ViewNode(
        row["id"],
        row["name"],
        STORED["EntityKind"][row["kind"]],
        row["category"],
        tuple(row["synonyms"]),
        row["url"],
        row["description"],
        _span(row.get("minDiameterNm"), row.get("maxDiameterNm")),
    )


def _span(low: float | None, high: float | None) -> tuple[float, float] | None:
    return None if low is None or high is None else (low, high)


def edge_of(row: Row) -> ViewEdge:
    """Return a row of `RELATION` with the ids of its ends."""
    return ViewEdge(
        row["id"],
        row["subject"]["id"],
        row["object"]["id"],
        row["predicate"],
        row["direction"],
        tuple(row["sources"]),
        tuple(row["publications"]),
        tuple(_claim(claim) for claim in row["claims"]),
    )


def _claim(row: Row) -> ViewClaim:
    place = row["evidence"][0] if row["evidence"] else {}  # a loaded graph names no sentence
    setting = row["context"]
    context = [(part["role"], part["entity"]["name"]) for part in setting["parts"]]
    context += [(word, setting[word]) for word in ("extent", "dose") if setting[word]]
    return ViewClaim(
        row["id"],
        row["statement"],
        row["certainty"],
        row["negated"],
        row["evidenceLevel"],
        place.get("section"),
        place.get("paragraph"),
        place.get("sentence"),
        place.get("quote"),
        tuple(_citation(citation) for citation in row["citations"]),
        tuple(context),
    )


def _citation(row: Row) -> ViewCitation:
    reference = row["reference"] or {}
    return ViewCitation(
        row["label"],
        row["status"],
        reference.get("title"),
        reference.get("doi"),
        reference.get("pmid"),
        tuple(row["concerns"]),
        row["note"],
        row["id"],
        _reference(row["reference"]) if row["reference"] else None,
        tuple(_reference(other) for other in row["alternatives"]),
    )


def _reference(row: Row) -> ViewReference:
    return ViewReference(
        row["id"],
        row["position"],
        row["title"],
        tuple(row["authors"]),
        row["year"],
        row["doi"],
        row["pmid"],
    )
