"""Leaves and links: how a type of element is read, and how others are found from it.

An element is a set of variables by letter: n entity, c claim, u and o the ends of a relation r, s
sentence, t section, f citation, k the CITES or CONTEXT of a claim, b reference, a article. A leaf is an
expression over them. A link has a source, the clauses that find the linked elements from the variables of
the old one, or none where the linked element is already bound. Far ends carry no label: the relationship
types say what they are, and a label would be checked for each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from graph.cypher.names import Arguments, Vars

Leaf = Callable[[Vars], str]
Leaves = Mapping[str, Leaf]
Source = Callable[[Vars, Vars, Arguments], str]


@dataclass(frozen=True, slots=True)
class Link:
    """Where a link leads.

    `keep` names letters of the old element that the new one shares (new: old). `order` sorts a whole list.
    `distinct` says that the source may find an element twice; `group` names what is then collected for each
    (letter: letter of the list). `plain` says that the source is one MATCH, which may stand beside others.
    `always` says that there is exactly one, so that it can be matched beside its element. `listed` is the
    source as `x IN xs`, for selections that need no clauses. `label` is that of a root's nodes.
    """

    to: str
    source: Source | None = None
    keep: Mapping[str, str] = field(default_factory=dict)
    many: bool = True
    order: Leaf | None = None
    distinct: bool = False
    group: Mapping[str, str] = field(default_factory=dict)
    plain: bool = False
    always: bool = False
    listed: Source | None = None
    label: str = ""


Links = Mapping[str, Link]


def properties(letter: str, *names: str, **renamed: str) -> dict[str, Leaf]:
    """Return leaves that are properties of a variable, by their own name or another."""

    def read(stored: str) -> Leaf:
        return lambda v: f"{getattr(v, letter)}.{stored}"

    return {name: read(name) for name in names} | {name: read(stored) for name, stored in renamed.items()}


def lists(letter: str, *names: str) -> dict[str, Leaf]:
    """Return leaves that are lists, empty where nothing is stored."""

    def read(stored: str) -> Leaf:
        return lambda v: f"coalesce({getattr(v, letter)}.{stored}, [])"

    return {name: read(name) for name in names}


def match(
    pattern: Callable[[Vars, Vars], str],
    to: str,
    order: Leaf | None = None,
    *,
    many: bool = True,
    always: bool = False,
    label: str = "",
) -> Link:
    """Return a link that is one MATCH of a pattern."""
    return Link(
        to,
        lambda o, n, a: f"MATCH {pattern(o, n)}",
        many=many,
        order=order,
        plain=True,
        always=always,
        label=label,
    )


def same(to: str, **keep: str) -> Link:
    """Return a link to an element that is already bound."""
    return Link(to, keep=keep, many=False)


ARROWS: Mapping[object, tuple[str, str]] = {None: ("-", "-"), "SUBJECT": ("-", "->"), "OBJECT": ("<-", "-")}


def with_ends(v: Vars, *others: str) -> str:
    """Bind the ends of a relation that was found without them."""
    kept = "".join(f"{other}, " for other in others)
    return f"WITH {kept}{v.r}, startNode({v.r}) AS {v.u}, endNode({v.r}) AS {v.o}"


def attributes(letter: str, ours: Iterable[str]) -> Link:
    """Return a link to the properties that are none of ours: the columns of a foreign graph, by name."""
    known = ", ".join(f"'{name}'" for name in sorted(ours))

    def source(o: Vars, n: Vars, a: Arguments) -> str:
        key, owner = n.local("x"), getattr(o, letter)
        return (
            f"UNWIND [{key} IN keys({owner}) WHERE NOT {key} IN [{known}]] AS {n.k} "
            f"WITH {n.k}, {owner}[{n.k}] AS {n.v}"
        )

    return Link("Attribute", source, order=lambda n: n.k)
