"""The stored graph told as Cypher and as Markdown: the schema, with its constraints and indexes."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from graph.indexes import statements
from schema.describe import as_markdown as schema_markdown
from schema.describe import enums, patterns, type_word
from schema.kinds import KINDS, Property
from schema.predicates import PREDICATES
from schema.stored import LABELS, LINKS, RELATION

_HEAD = """\
# The graph's schema

What may be in the graph: made from `schema/` by `mscev schema markdown`. For machines: `mscev schema json`;
as Cypher, with all constraints and indexes: `mscev schema cypher`. Types are those of Python; brackets hold
many values; units are UCUM codes.

![Claims, where they are stated, and what they rest on](images/meta-graph.svg)

![Kinds of entities and the predicates between them](images/meta-graph-kinds.svg)
"""


def as_markdown() -> str:
    """Return the page of the docs on the schema."""
    rows = [f"| `{name}` | `{_what(statement.text)}` |" for name, statement in statements()]
    indexes = ["", "## Constraints and indexes", "", "| name | what it is |", "|---|---|", *rows]
    return _HEAD + "\n" + schema_markdown() + "\n".join(indexes) + "\n"


def as_cypher() -> str:
    """Return the schema as Cypher: statements that make constraints and indexes, all else in comments.

    Comments, and not nodes of a meta-graph, so that the text can be run on a database that holds data.
    """
    return "\n".join([*_comments(), "", *(f"{statement.text};" for _, statement in statements())]) + "\n"


def _comments() -> Iterator[str]:
    yield "// The graph of mscev. What follows the comments makes missing constraints and indexes."
    for label in LABELS:
        yield from ("//", f"// (:{label.name})  {label.description}", *_properties(label.properties))
    for kind in KINDS:
        yield from ("//", f"// (:Entity:{kind.name})  {kind.description}", *_properties(kind.properties))
    for pattern in patterns():
        yield from ("//", f"// {pattern}")
        link = next(one for one in LINKS if f"[:{one.name}]" in pattern or f"[:{one.name} " in pattern)
        yield from (f"//   {link.description}", *_properties(link.properties))
    yield from (
        "//",
        "// (:Entity)-[:PREDICATE]->(:Entity)  A relation, made by its claims.",
        *_properties(RELATION),
    )
    for predicate in PREDICATES:
        yield from ("//", f"// [:{predicate.name}]  {predicate.description}")
        for word, kinds in (("from", predicate.subjects), ("to", predicate.objects)):
            told = "any kind" if len(kinds) == len(KINDS) else ", ".join(sorted(kinds))
            yield from textwrap.wrap(told, 104, initial_indent=f"//   {word} ", subsequent_indent="//     ")

    for enum in enums():
        told = ", ".join(value.value for value in enum)
        yield from (
            "//",
            *textwrap.wrap(f"{enum.__name__}: {told}", 106, initial_indent="// ", subsequent_indent="//   "),
        )


def _properties(props: Iterable[Property]) -> Iterator[str]:
    for prop in props:
        unit = f" in {prop.unit}" if prop.unit else ""
        absent = "" if prop.required else ", may be absent"
        yield f"//   {prop.name}: {type_word(prop)}{unit}{absent}. {prop.description}"


def _what(text: str) -> str:
    return text.removeprefix("CREATE ").replace(" IF NOT EXISTS", "").replace("|", "\\|")
