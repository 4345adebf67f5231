"""Conditions as Cypher predicates over an element."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from typing import TypeVar

from graph.cypher.model import DEFAULTS, LEAVES, LINKS, Link
from graph.cypher.names import Arguments, Vars
from graph.cypher.simplify import names, simplified
from graph.query import (
    AnyElement,
    Compare,
    Condition,
    Every,
    Linked,
    Negation,
    Op,
    Quantifier,
    Some,
)
from graph.vocabulary import KIND_LABELS
from schema.errors import Unsupported

Rule = TypeVar("Rule")

MAX_CHOICES = 16
# {0} is what is compared, {1} the value, {2} a variable of the expression's own.
_OPERATORS: Mapping[Op, str] = {
    Op.EQ: "{0} = {1}",
    Op.IN: "{0} IN {1}",
    Op.ONE_OF: "{0} IN [{1}]",
    Op.STARTS: "{0} STARTS WITH {1}",
    Op.PREFIX: "toLower({0}) STARTS WITH toLower({1})",
    Op.CONTAINS: "toLower({0}) CONTAINS toLower({1})",
    Op.WORDS: "all({2} IN {1} WHERE toLower({0}) CONTAINS {2})",
    Op.LT: "{0} < {1}",
    Op.LTE: "{0} <= {1}",
    Op.GT: "{0} > {1}",
    Op.GTE: "{0} >= {1}",
    Op.KNOWN: "{0} IS NOT NULL",
}


def rule_of(table: Mapping[str, Mapping[str, Rule]], type_: str, name: str) -> Rule:
    """Return the rule of a name; `Unsupported` names those that there are."""
    rules = table.get(type_, {})
    try:
        return rules[name]
    except KeyError:
        raise Unsupported(
            f"{type_} has no rule for {name!r}; there is one for: {', '.join(rules)}",
            field=name,
            allowed=tuple(rules),
        ) from None


def condition_text(condition: Condition, type_: str, of: Vars) -> str:
    """Return a condition on an element as a predicate; `true` and `false` where it is constant."""
    match condition:
        case Compare(field, op, value):
            return _compare(type_, field, op, value, of)
        case AnyElement(field, tests):
            element = of.local("x")
            holds = [_test(op, element, value, of) for op, value in tests]
            return (
                f"any({element} IN {rule_of(LEAVES, type_, field)(of)} WHERE {_joined('AND', holds, 'true')})"
            )
        case Linked():
            return _linked(condition, type_, of)
        case Every(parts):
            return _joined("AND", [condition_text(part, type_, of) for part in parts], "true")
        case Some(parts):
            return _any_of([condition_text(part, type_, of) for part in parts], parts, of)
        case Negation(part):
            # A null is "not so" for the part, hence "so" for its negation.
            return f"NOT coalesce({condition_text(part, type_, of)}, false)"


def with_default(condition: Condition, type_: str) -> Condition:
    """Add what lists of a type leave out, unless the condition speaks of the field itself."""
    simple = simplified(condition, type_)
    return Every((*parts_of(simple), *_default(simple, type_)))


def _default(condition: Condition, type_: str) -> tuple[Condition, ...]:
    if type_ not in DEFAULTS or names(condition, DEFAULTS[type_][0]):
        return ()
    field, value = DEFAULTS[type_]
    return (Compare(field, Op.EQ, value),)


def parts_of(condition: Condition) -> tuple[Condition, ...]:
    """Return the parts that must all hold."""
    if isinstance(condition, Every):
        return tuple(part for nested in condition.parts for part in parts_of(nested))
    return (condition,)


def linked_vars(link: Link, of: Vars) -> Vars:
    """Return the variables of what a link leads to, with those that it shares."""
    return Vars(of.scope, {letter: of.known[old] for letter, old in link.keep.items()})


def _compare(type_: str, field: str, op: Op, value: object, of: Vars) -> str:
    if (type_, field) == ("Entity", "kind"):
        return _kind(op, value, of)
    return _test(op, rule_of(LEAVES, type_, field)(of), value, of)


def _test(op: Op, left: str, value: object, of: Vars) -> str:
    add = of.scope.parameters.add
    if op is Op.ONE_OF and isinstance(value, tuple):
        name = ", ".join(map(add, value))
    else:
        name = "" if op is Op.KNOWN else add(value)
    return _OPERATORS[op].format(left, name, of.local("x"))


def _kind(op: Op, value: object, of: Vars) -> str:
    """Test the kind by its label, which the store keeps lists and counts of."""
    kinds = value if isinstance(value, tuple) else (value,)
    tests = [
        f"{of.n}:{kind}" if kind in KIND_LABELS else _test(Op.EQ, f"{of.n}.kind", kind, of) for kind in kinds
    ]
    assert op in {Op.EQ, Op.IN}, op  # noqa: S101 - the filter of kinds has no others
    return _joined("OR", tests, "false")


def _linked(linked: Linked, type_: str, of: Vars) -> str:
    link = rule_of(LINKS, type_, linked.link)
    new = linked_vars(link, of)
    default = _default(linked.condition, link.to)
    fits = linked.condition
    if linked.quantifier is Quantifier.EVERY:
        fits = Negation(fits)
    if link.source is None:
        text = condition_text(Every((*default, fits)), link.to, new)
    else:
        source = link.source(of, new, Arguments(of.scope, linked.arguments))
        text = f"EXISTS {{ {source} WHERE {condition_text(Every((fits, *default)), link.to, new)} }}"
    return text if linked.quantifier is Quantifier.SOME else f"NOT coalesce({text}, false)"


def _any_of(texts: list[str], parts: tuple[Condition, ...], of: Vars) -> str:
    """Join alternatives, in a list where a plan of them would take seconds."""
    # Neo4j turns alternatives into a conjunction, which has a part for each choice of one test from each.
    if prod(len(parts_of(part)) for part in parts) <= MAX_CHOICES:
        return _joined("OR", texts, "false")
    one = of.local("x")
    return f"any({one} IN [{', '.join(texts)}] WHERE {one})"


def _joined(word: str, texts: list[str], nothing: str) -> str:
    if not texts:
        return nothing
    return texts[0] if len(texts) == 1 else f"({f' {word} '.join(texts)})"
