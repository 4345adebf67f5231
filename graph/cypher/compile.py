"""From a selection to its statement: each item becomes one expression, nested as the selection is."""

from __future__ import annotations

from collections.abc import Iterable

from graph.cypher.conditions import linked_vars, rule_of
from graph.cypher.model import LEAVES, LINKS, Link
from graph.cypher.names import Arguments, Scope, Vars
from graph.cypher.pages import Found
from graph.query import Count, Item, Leaf, Select, Through, Value, Whole, Window
from graph.statement import Statement
from graph.vocabulary import RELATION_TYPES


def statement_of(select: Select, types: tuple[str, ...] = RELATION_TYPES) -> Statement:
    """Return the statement of a selection from the root; its one record holds the nested list `value`.

    `types` are those of the relations in the graph: ours, and the foreign ones that are there.
    """
    scope = Scope(types)
    beside: list[str] = []
    row = _row("Query", select, Vars(scope), beside)
    return Statement(" ".join([*beside, f"RETURN {row} AS value"]), scope.parameters.values)


def target_of(type_: str, link: str) -> str | None:
    """Return the type that a link of a type leads to; None where there is no such link."""
    found = LINKS.get(type_, {}).get(link)
    return found.to if found else None


def is_bound(type_: str, link: str) -> bool:
    """Say whether a link leads to one element that is bound already, whose items need no row of their own."""
    return rule_of(LINKS, type_, link).source is None


def _row(type_: str, select: Select, of: Vars, beside: list[str]) -> str:
    """Return a row as a list; `beside` takes the clauses that must stand before it."""
    return f"[{', '.join(_item(type_, item, of, beside) for item in select.items)}]"


def _item(type_: str, item: Item, of: Vars, beside: list[str]) -> str:
    match item:
        case Leaf(name):
            text = rule_of(LEAVES, type_, name)(of)
            return of.scope.read_as.get(text, text)
        case Whole(name, select, arguments):
            link = rule_of(LINKS, type_, name)
            return _whole(link, select, Arguments(of.scope, arguments), of, beside)
        case Window(name, select, order, page, condition, arguments):
            found = Found(rule_of(LINKS, type_, name), arguments, of)
            clauses, by = found.window(condition, order, page, grouped=_reads_group(found.link, select))
            return _collected(clauses, found.link.to, select, found.new, by)
        case Count(name, condition, arguments):
            return Found(rule_of(LINKS, type_, name), arguments, of).count(condition)
        case Value(value):
            return of.scope.parameters.add(value)
        case Through(name, inner):
            link = rule_of(LINKS, type_, name)
            assert link.source is None, link  # noqa: S101 - what must be found is read `Whole`
            return _item(link.to, inner, linked_vars(link, of), beside)


def _whole(link: Link, select: Select, arguments: Arguments, of: Vars, beside: list[str]) -> str:
    new = linked_vars(link, of)
    assert link.source is not None, link  # noqa: S101 - what is bound is read `Through`
    if link.listed and _needs_no_clause(select.items):
        listed = link.listed(of, new, arguments)
        return f"[{listed} | {_row(link.to, select, new, beside)}]"
    source = link.source(of, new, arguments)
    if link.always:
        found = new.known[LETTERS[link.to]]
        beside.append(f"OPTIONAL {source}")
        return f"CASE WHEN {found} IS NULL THEN null ELSE {_row(link.to, select, new, beside)} END"
    rows = _collected(source, link.to, select, new, link.order(new) if link.order else "")
    return rows if link.many else f"{rows}[0]"


def _reads_group(link: Link, select: Select) -> bool:
    """Say whether a selection reads what its elements were found by, which is a link of their own."""
    return bool(link.group) and any(isinstance(item, Whole | Window | Count) for item in select.items)


def _needs_no_clause(items: Iterable[Item]) -> bool:
    """Say whether items are nothing but values of what is already bound."""
    return all(
        _needs_no_clause((item.item,)) if isinstance(item, Through) else isinstance(item, Leaf)
        for item in items
    )


def _collected(clauses: str, type_: str, select: Select, new: Vars, by: str) -> str:
    beside: list[str] = []
    row = _row(type_, select, new, beside)
    joined = "".join(f" {clause}" for clause in beside)
    order = f" ORDER BY {by}" if by else ""
    return f"COLLECT {{ {clauses}{joined} RETURN {row} AS {new.local('z')}{order} }}"


# The letter of the node that a link with exactly one end leads to.
LETTERS = {"Entity": "n", "State": "g"}
