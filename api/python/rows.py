"""From answers to rows: what a frame or a loop wants."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

CLAIM_COLUMNS = (
    *("id", "subject", "subjectId", "predicate", "object", "objectId", "direction", "negated", "certainty"),
    *("evidenceLevel", "statement", "disease", "article", "section", "paragraph", "sentence", "verified"),
    *("markers", "papers", "unresolved", "concerns"),
)


def records(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the records of the one root field of a GraphQL answer; with several roots, the answer itself."""
    if len(data) != 1:
        return [dict(data)]
    (value,) = data.values()
    if isinstance(value, dict) and not {"nodes", "edges"}.isdisjoint(value):
        value = value["nodes"] if "nodes" in value else value["edges"]
    if isinstance(value, list):
        return [row if isinstance(row, dict) else {"value": row} for row in value if row is not None]
    return [value if isinstance(value, dict) else dict(data)] if value is not None else []


def flat(row: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """Yield columns and values: what is nested as `subject.name`, lists as they are."""
    for name, value in row.items():
        if isinstance(value, dict) and value:
            yield from flat(value, f"{above}{name}.")
        else:
            yield above + name, value


def claim_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a claim of GraphQL as one flat record, with `CLAIM_COLUMNS`."""
    place = row["evidence"][0] if row["evidence"] else None  # a loaded graph names no sentence
    diseases = [part["entity"]["name"] for part in row["context"]["parts"] if part["role"] == "disease"]
    references = [cited["reference"] for cited in row["citations"] if cited["reference"]]
    papers = [
        f"doi:{r['doi']}" if r["doi"] else f"PMID:{r['pmid']}" for r in references if r["doi"] or r["pmid"]
    ]
    return {
        "id": row["id"],
        "subject": row["subject"]["name"],
        "subjectId": row["subject"]["id"],
        "predicate": row["predicate"],
        "object": row["object"]["name"],
        "objectId": row["object"]["id"],
        **{name: row[name] for name in ("direction", "negated", "certainty", "evidenceLevel", "statement")},
        "disease": diseases[0] if diseases else None,
        "article": place["article"]["id"] if place else None,
        **{name: place[name] if place else None for name in ("section", "paragraph", "sentence", "verified")},
        "markers": [cited["label"] for cited in row["citations"]],
        "papers": papers,
        "unresolved": [cited["label"] for cited in row["citations"] if cited["status"] == "UNRESOLVED"],
        "concerns": sorted({concern for cited in row["citations"] for concern in cited["concerns"]}),
    }
