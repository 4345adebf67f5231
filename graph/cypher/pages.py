"""Pages and counts of what a link leads to: conditions, keysets, and the order of an index."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from graph.cypher.conditions import condition_text, linked_vars, parts_of, rule_of, with_default
from graph.cypher.lucene import of_kind
from graph.cypher.model import LEAVES, LINKS, Link
from graph.cypher.names import Arguments, Vars
from graph.indexes import CLAIM_TEXT, ENTITY_TEXT
from graph.query import Compare, Condition, Every, Linked, Op, Order, Page, Quantifier
from graph.vocabulary import KIND_LABELS
from graph.vocabulary import label as label_of
from schema.stored import ENTITY

# Where a search may begin: fields that an index finds by value, with the letter and label of the node.
_INDEXED: Mapping[tuple[str, str], tuple[str, str]] = {
    ("Entity", "id"): ("n", "Entity"),
    ("Mapping", "id"): ("t", "Term"),
    ("ClaimCitation", "marker"): ("f", "Citation"),
    ("Reference", "doi"): ("b", "Reference"),
    ("Reference", "pmid"): ("b", "Reference"),
}
# Full-text indexes by the type that they find.
_TEXTS: Mapping[str, str] = {"Entity": ENTITY_TEXT, "Claim": CLAIM_TEXT}


@dataclass(frozen=True, slots=True)
class _Matched:
    """Clauses that find elements, the tests that are left, and whether an element may be found twice.

    `piped` says that the clauses are more than one pattern, so that a count of them needs its RETURN.
    """

    clauses: str
    tests: tuple[str, ...]
    twice: bool = False
    piped: bool = False

    @property
    def where(self) -> str:
        """The tests as a WHERE; nothing where there is none."""
        return f" WHERE {' AND '.join(self.tests)}" if self.tests else ""


class Found:
    """What a link leads to from one element: its clauses, to be filtered, ordered and cut, or counted."""

    def __init__(self, link: Link, given: tuple[tuple[str, object], ...], of: Vars) -> None:
        assert link.source is not None, link  # noqa: S101 - nothing is paged that is already bound
        self.link = link
        self.new = linked_vars(link, of)
        self._of = of
        self._given = given
        self._own: list[str] = []

    def window(
        self, condition: Condition, order: Order, page: Page, *, grouped: bool = False
    ) -> tuple[str, str]:
        """Return the clauses that end with one row for each item of the page, and the order of these rows.

        `grouped` says that the lists of what each item was found by are read too.
        """
        parts = parts_of(with_default(condition, self.link.to))
        types, parts = self._types(parts)
        matched = self._matched(parts, types)
        key, id_ = (rule_of(LEAVES, self.link.to, name)(self.new) for name in (order.key, "id"))
        # with other tests, an index for each of many types would take seconds to plan
        by_type = types is not None and len(types) > 1
        ordered = self.link.plain and not (by_type and (matched.tests or matched.piped))
        keyset = self._keyset(order, page, key, id_, ordered=ordered)
        found = replace(matched, tests=(*keyset, *matched.tests))
        limit = self.new.scope.parameters.add(page.first)
        by, names = self._sorted(order, key, id_)
        once = self._once(grouped=grouped) if matched.twice else ""
        kept = ", ".join([*names, *self._kept(grouped=grouped)])
        end = f"{once}WITH {kept} ORDER BY {by} LIMIT {limit}"
        if types and by_type and ordered:
            return self._by_type(types, f"{found.where} {end}", [by, *self._own], limit), by
        return f"{found.clauses}{found.where} {end}", by

    def count(self, condition: Condition) -> str:
        """Return the number; without a condition on a label or type alone the store has it at hand."""
        types, parts = self._types(parts_of(with_default(condition, self.link.to)))
        matched = self._matched(parts, types)
        if matched.twice:
            items = ", ".join(self._kept(grouped=False))
            return f"COUNT {{ {matched.clauses}{matched.where} RETURN DISTINCT {items} }}"
        # a count of a pattern may come from the count store
        end = f" RETURN {self._own[0]}" if matched.piped else ""
        return f"COUNT {{ {matched.clauses}{matched.where}{end} }}"

    def _matched(self, parts: tuple[Condition, ...], types: tuple[str, ...] | None) -> _Matched:
        label, parts = self._label(parts)
        source = self._source(types)
        self._own = list(self.new.made)
        if label:
            source = f"MATCH ({self._own[0]}:{label})"
        for part in parts if self.link.plain or self.link.distinct else ():
            chain = _chain(part, self.link.to, self.new)
            if chain is not None:
                sources, tests = chain
                rest = self._tests(tuple(other for other in parts if other is not part))
                if not sources:
                    return _Matched(source, (*tests, *rest), self.link.distinct)
                begun = f"{source} {' '.join(sources)} WHERE {' AND '.join(tests)}"
                own = ", ".join(self._own)
                return _Matched(f"{begun} WITH DISTINCT {own}", rest, bool(self.link.group), piped=True)
        if label and self.link.to in _TEXTS:
            for part in parts:
                if isinstance(part, Compare) and part.found_by is not None:
                    return self._by_text(part, parts, label)
        return _Matched(source, self._tests(parts), self.link.distinct, not self.link.plain)

    def _by_text(self, found: Compare, parts: tuple[Condition, ...], label: str) -> _Matched:
        """Find a root's nodes by a full-text index, of one kind where a label of one is asked for."""
        node, query = self._own[0], self.new.scope.parameters.add(found.found_by)
        if label in KIND_LABELS:
            query += f" + ' AND {of_kind(label)}'"
        call = f"CALL db.index.fulltext.queryNodes('{_TEXTS[self.link.to]}', {query}) YIELD node AS {node}"
        own = self._tests((found,))
        if found.found_exactly is not False:
            sure = self.new.scope.parameters.add(found.found_exactly)
            own = tuple(f"({sure} OR {test})" for test in own)
        rest = self._tests(tuple(part for part in parts if part is not found))
        clauses = f"{call} WITH {node} WHERE {node}:{label} WITH {node}"
        return _Matched(clauses, (*own, *rest), self.link.distinct, piped=True)

    def _label(self, parts: tuple[Condition, ...]) -> tuple[str, tuple[Condition, ...]]:
        """Let a test of the kind stand in the pattern, where the store finds it without looking."""
        for part in parts:
            match part:
                case Compare("kind", Op.EQ, str(kind)) if self.link.label == ENTITY and kind in KIND_LABELS:
                    return label_of(kind), tuple(other for other in parts if other is not part)
        return self.link.label, parts

    def _types(self, parts: tuple[Condition, ...]) -> tuple[tuple[str, ...] | None, tuple[Condition, ...]]:
        """Let a test of a relation's predicate stand in the pattern; None for what is no relation."""
        if self.link.to != "Relation":
            return None, parts
        for part in parts:
            if isinstance(part, Compare) and part.field == "predicate":
                names = part.value if isinstance(part.value, tuple) else (part.value,)
                wanted = tuple(name for name in self.new.scope.types if name in names)
                return wanted, tuple(other for other in parts if other is not part)
        return self.new.scope.types, parts

    def _by_type(self, types: tuple[str, ...], rest: str, names: list[str], limit: str) -> str:
        """Read a page of each type in the order of its index, and of these the first."""
        kept = ", ".join(names)
        each = (f"{self._source((type_,))}{rest} RETURN {kept}" for type_ in types)
        return f"CALL () {{ {' UNION ALL '.join(each)} }} WITH {kept} ORDER BY {names[0]} LIMIT {limit}"

    def _source(self, types: tuple[str, ...] | None) -> str:
        assert self.link.source is not None  # noqa: S101
        given = (*self._given, ("predicates", types)) if types is not None else self._given
        return self.link.source(self._of, self.new, Arguments(self.new.scope, given))

    def _tests(self, parts: tuple[Condition, ...]) -> tuple[str, ...]:
        texts = (condition_text(part, self.link.to, self.new) for part in parts)
        return tuple(text for text in texts if text != "true")

    def _once(self, *, grouped: bool) -> str:
        """Take each item once, before its sort key is read, with the lists of what it was found by."""
        lists = [
            f"collect({self.new.known[letter]}) AS {getattr(self.new, into)}"
            for letter, into in self.link.group.items()
            if grouped
        ]
        word = "" if lists else "DISTINCT "
        return f"WITH {word}{', '.join([*self._kept(grouped=False), *lists])} "

    def _kept(self, *, grouped: bool) -> list[str]:
        """Return the names that stand for an item."""
        collected = {self.new.known[letter] for letter in self.link.group}
        lists = [getattr(self.new, into) for into in self.link.group.values() if grouped]
        return [*(name for name in self._own if name not in collected), *lists]

    def _sorted(self, order: Order, key: str, id_: str) -> tuple[str, list[str]]:
        """Return the order, and the names of the sort keys, which are read once and shown by these names."""
        word = " DESC" if order.descending else ""
        keys = [id_] if order.key == "id" else [key, id_]
        names = {text: self.new.local("y") for text in keys}
        self.new.scope.read_as |= names
        return ", ".join(f"{name}{word}" for name in names.values()), [
            f"{text} AS {name}" for text, name in names.items()
        ]

    def _keyset(self, order: Order, page: Page, key: str, id_: str, *, ordered: bool) -> tuple[str, ...]:
        """Return the tests that items follow the cursor; without one they let an index give the order."""
        if page.after is None:
            return (f"{key} IS NOT NULL",) if ordered else ()
        sign = "<" if order.descending else ">"
        value, last = page.after
        add = self.new.scope.parameters.add
        if order.key == "id":
            return (f"{id_} {sign} {add(last)}",)
        a, b = add(value), add(last)
        return f"{key} {sign}= {a}", f"({key} {sign} {a} OR {id_} {sign} {b})"


def _chain(part: Condition, type_: str, of: Vars) -> tuple[list[str], list[str]] | None:
    """Return a test of something linked as MATCH clauses and tests, where an index finds it; else None."""
    if not isinstance(part, Linked) or part.quantifier is not Quantifier.SOME:
        return None
    link = rule_of(LINKS, type_, part.link)
    if link.source is not None and not link.plain:
        return None
    new = linked_vars(link, of)
    source = [link.source(of, new, Arguments(of.scope, part.arguments))] if link.source else []
    parts = parts_of(with_default(part.condition, link.to))
    for one in parts:
        indexed = _INDEXED.get((link.to, one.field)) if isinstance(one, Compare) else None
        if indexed and isinstance(one, Compare) and one.op in {Op.EQ, Op.IN, Op.ONE_OF}:
            letter, label = indexed
            tests = [f"{new.known[letter]}:{label}", condition_text(Every(parts), link.to, new)]
            return source, tests
        nested = _chain(one, link.to, new)
        if nested:
            rest = [condition_text(other, link.to, new) for other in parts if other is not one]
            return source + nested[0], nested[1] + rest
    return None
