"""Conditions as Cypher. A field is a row of a table; one without a row is an error that names the rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from graph.query import Compare, Condition, Every, Negation, Op, Order, Page, Some
from graph.statement import Parameters
from graph.vocabulary import ALL_KIND_PROPERTIES
from schema.errors import InvalidQuery

# A comparison makes a predicate of an expression; a field makes one of a variable and a comparison.
Comparison = Callable[[str], str]
Field = Callable[[str, Comparison], str]

_OPERATORS: Mapping[Op, str] = {
    Op.EQ: "{} = {}",
    Op.IN: "{} IN {}",
    Op.PREFIX: "toLower({}) STARTS WITH toLower({})",
    Op.CONTAINS: "toLower({}) CONTAINS toLower({})",
    Op.LT: "{} < {}",
    Op.LTE: "{} <= {}",
    Op.GT: "{} > {}",
    Op.GTE: "{} >= {}",
}


def _property(name: str) -> Field:
    return lambda variable, compare: compare(f"{variable}.{name}")


def _linked(pattern: str, value: str) -> Field:
    """Make a field that holds where a pattern from the variable leads to a node that compares.

    Names in the pattern begin with an underscore: a subquery joins on names that stand around it.
    """
    return lambda variable, compare: f"EXISTS {{ ({variable}){pattern} WHERE {compare(value)} }}"


ENTITY_FIELDS: Mapping[str, Field] = {
    **{name: _property(name) for name in ("id", "name", "kind", "category", *ALL_KIND_PROPERTIES)},
    "under": _linked("-[:IS_A*0..]->(_up:Entity)", "_up.id"),
}

CLAIM_FIELDS: Mapping[str, Field] = {
    **{
        name: _property(name)
        for name in (
            "id",
            "predicate",
            "direction",
            "negated",
            "certainty",
            "evidenceLevel",
            "status",
            "cited",
            "statement",
            "article",
        )
    },
    "subject": _linked("-[:SUBJECT]->(_end:Entity)", "_end.id"),
    "object": _linked("-[:OBJECT]->(_end:Entity)", "_end.id"),
    "mechanism": _linked("-[:VIA]->(_end:Entity)", "_end.id"),
    "context": _linked("-[:CONTEXT]->(_end:Entity)", "_end.id"),
    "marker": _linked("-[:CITES]->(_cited:Citation)", "_cited.marker"),
    "section": _linked("-[:STATED_IN]->(:Sentence)-[:PART_OF]->(_section:Section)", "_section.title"),
    "verified": _linked("-[:STATED_IN]->(_place:Sentence)", "_place.verified"),
}

RELATION_FIELDS: Mapping[str, Field] = {
    "id": _property("id"),
    "predicate": lambda variable, compare: compare(f"type({variable})"),
    "direction": _property("direction"),
    "subject": lambda variable, compare: compare(f"startNode({variable}).id"),
    "object": lambda variable, compare: compare(f"endNode({variable}).id"),
}

REFERENCE_FIELDS: Mapping[str, Field] = {
    name: _property(name) for name in ("id", "doi", "pmid", "pmcid", "year", "title", "journal", "article")
}


def condition_text(
    condition: Condition, variable: str, fields: Mapping[str, Field], parameters: Parameters
) -> str:
    """Return a condition as a Cypher predicate over `variable`."""
    match condition:
        case Compare(field, op, value):
            name = parameters.add(value)
            return _field(field, fields)(variable, lambda left: _OPERATORS[op].format(left, name))
        case Every(parts):
            return (
                _joined(" AND ", [condition_text(p, variable, fields, parameters) for p in parts]) or "true"
            )
        case Some(parts):
            return (
                _joined(" OR ", [condition_text(p, variable, fields, parameters) for p in parts]) or "false"
            )
        case Negation(part):
            # A null is "not so" for the part, hence "so" for its negation.
            return f"NOT coalesce({condition_text(part, variable, fields, parameters)}, false)"


def _joined(word: str, texts: list[str]) -> str:
    return f"({word.join(texts)})" if texts else ""


def _field(name: str, fields: Mapping[str, Field]) -> Field:
    try:
        return fields[name]
    except KeyError:
        raise InvalidQuery(
            f"unknown field {name!r}; allowed: {', '.join(fields)}", field=name, allowed=tuple(fields)
        ) from None


def page_text(page: Page, order: Order, variable: str, parameters: Parameters) -> tuple[str, str]:
    """Return the keyset predicate and the ORDER BY of a page; the index on the key gives the order."""
    key, id_ = f"{variable}.{order.key}", f"{variable}.id"
    sign, word = ("<", " DESC") if order.descending else (">", "")
    by = f"{id_}{word}" if order.key == "id" else f"{key}{word}, {id_}{word}"
    if page.after is None:
        return f"{key} IS NOT NULL", by
    value, last = page.after
    a = parameters.add(value)
    if order.key == "id":
        return f"{id_} {sign} {a}", by
    b = parameters.add(last)
    return f"{key} {sign}= {a} AND ({key} {sign} {a} OR {id_} {sign} {b})", by
