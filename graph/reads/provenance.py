"""Reads of articles, references and citations."""

from __future__ import annotations

from collections.abc import Sequence

from graph.conditions import REFERENCE_FIELDS, condition_text, page_text
from graph.query import Condition, Order, Page
from graph.reads.shapes import ARTICLE, CITATION
from graph.statement import Parameters, Statement


def articles(ids: Sequence[str] | None = None) -> Statement:
    """Read articles in the order of their ids; all of them without `ids`."""
    return Statement(
        f"""
        MATCH (a:Article) WHERE $ids IS NULL OR a.id IN $ids
        WITH a ORDER BY a.id
        RETURN collect({ARTICLE}) AS value
        """,
        {"ids": None if ids is None else list(ids)},
    )


def reference_page(condition: Condition, order: Order, page: Page) -> Statement:
    """Read a page of references."""
    parameters = Parameters()
    where = condition_text(condition, "r", REFERENCE_FIELDS, parameters)
    keyset, by = page_text(page, order, "r", parameters)
    limit = parameters.add(page.first + 1)
    return Statement(
        f"""
        MATCH (r:Reference) WHERE {keyset} AND {where}
        WITH r ORDER BY {by} LIMIT {limit}
        RETURN collect(r {{ .* }}) AS value
        """,
        parameters.values,
    )


def reference_count(condition: Condition) -> Statement:
    """Count references."""
    parameters = Parameters()
    where = condition_text(condition, "r", REFERENCE_FIELDS, parameters)
    return Statement(f"MATCH (r:Reference) WHERE {where} RETURN count(r) AS value", parameters.values)


def citation(marker: int, article: str) -> Statement:
    """Read one citation of an article by its marker; null where there is none."""
    return Statement(
        f"""
        OPTIONAL MATCH (f:Citation {{marker: $marker}})-[:IN]->(:Article {{id: $article}})
        RETURN CASE WHEN f IS NULL THEN null ELSE {CITATION} END AS value
        """,
        {"marker": marker, "article": article},
    )


def nodes_by_id(ids: Sequence[str]) -> Statement:
    """Read references, citations and articles by id: [label, map] in the order of `ids`, or null."""
    return Statement(
        f"""
        UNWIND range(0, size($ids) - 1) AS i
        OPTIONAL MATCH (reference:Reference {{id: $ids[i]}})
        OPTIONAL MATCH (f:Citation {{id: $ids[i]}})
        OPTIONAL MATCH (a:Article {{id: $ids[i]}})
        WITH i, CASE WHEN reference IS NOT NULL THEN ['Reference', reference {{ .* }}]
                     WHEN f IS NOT NULL THEN ['Citation', {CITATION}]
                     WHEN a IS NOT NULL THEN ['Article', {ARTICLE}] END AS node
        ORDER BY i
        RETURN collect([node]) AS value
        """,
        {"ids": list(ids)},
    )
