"""The schema told: as JSON for machines, as Markdown for the docs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from schema.enums import Described
from schema.kinds import COMMON, KINDS, Property
from schema.predicates import PREDICATES, Predicate
from schema.stored import ENTITY, LABELS, LINKS, RELATION

_COLUMNS = ("property", "type", "unit", "always there", "example", "what it is")
_OWN = [prop for prop in LABELS[0].properties if prop not in COMMON]


def as_json() -> str:
    """Return kinds, predicates, and the labels and relationship types beside them as one JSON text."""
    value = {
        "kinds": [
            {
                "name": kind.name,
                "root": kind.root,
                "biolink": kind.biolink,
                "prefixes": list(kind.prefixes),
                "description": kind.description,
                "properties": [_property(prop) for prop in (*COMMON, *kind.properties)],
            }
            for kind in KINDS
        ],
        "predicates": [
            {
                "name": predicate.name,
                "words": predicate.words,
                "description": predicate.description,
                "direction": predicate.direction,
                "biolink": predicate.biolink,
                "qualifiers": dict(predicate.qualifiers),
                "symmetric": predicate.symmetric,
                "subjects": sorted(predicate.subjects),
                "objects": sorted(predicate.objects),
            }
            for predicate in PREDICATES
        ],
        "labels": [
            {
                "name": label.name,
                "description": label.description,
                "properties": [_property(prop) for prop in label.properties],
            }
            for label in LABELS
        ],
        "relationships": [
            {
                "name": link.name,
                "ends": [list(pair) for pair in link.ends],
                "description": link.description,
                "properties": [_property(prop) for prop in link.properties],
            }
            for link in LINKS
        ],
        "relationProperties": [_property(prop) for prop in RELATION],
    }
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _property(prop: Property) -> dict[str, Any]:
    return {
        "name": prop.name,
        "type": type_word(prop),
        "unit": prop.unit,
        "required": prop.required,
        "example": prop.example,
        "description": prop.description,
    }


def type_word(prop: Property) -> str:
    """Return a property's type as a word; of many values in brackets."""
    return f"[{prop.type.__name__}]" if prop.many else prop.type.__name__


def patterns() -> Iterator[str]:
    """Yield every relationship type that is no predicate as a pattern of Cypher."""
    for link in LINKS:
        inside = (
            f"{link.name} {{{', '.join(p.name for p in link.properties)}}}" if link.properties else link.name
        )
        for start, end in link.ends:
            yield f"(:{start})-[:{inside}]->(:{end})"


def as_markdown() -> str:
    """Return kinds, predicates, labels and relationship types as Markdown tables."""
    return "\n".join([*_entities(), *_predicates(), *_labels(), *_links(), *_values()]) + "\n"


def _entities() -> Iterator[str]:
    yield from ("## Kinds of entities", "", "Each is a label beside `Entity`, and a root of GraphQL.", "")
    yield from _table("kind", "GraphQL root", "Biolink", "ids", "what it is")
    for kind in KINDS:
        ids = ", ".join(kind.prefixes)
        yield f"| `{kind.name}` | `{kind.root}` | `{kind.biolink}` | {ids} | {kind.description} |"
    yield from ("", "## Properties of entities", "")
    yield from _table("of", *_COLUMNS)
    for owner, props in [("every kind", (*_OWN, *COMMON)), *((kind.name, kind.properties) for kind in KINDS)]:
        yield from (f"| {owner} {row}" for row in _rows(props))


def _predicates() -> Iterator[str]:
    yield from (
        "",
        "## Predicates",
        "",
        "`(:Entity)-[:PREDICATE]->(:Entity)`: a relation, made by its claims.",
        "",
    )
    yield from _table("predicate", "direction", "Biolink", "subjects", "objects", "what it says")
    for predicate in PREDICATES:
        subjects, objects = (_ends(ends) for ends in (predicate.subjects, predicate.objects))
        cells = (predicate.direction or "", _biolink(predicate), subjects, objects, predicate.description)
        yield f"| `{predicate.name}` | {' | '.join(cells)} |"
    yield from ("", "## Properties of relations", "")
    yield from _table(*_COLUMNS)
    yield from _rows(RELATION)


def _labels() -> Iterator[str]:
    yield from ("", "## Labels beside entities")
    for label in LABELS:
        if label.name != ENTITY:
            yield from ("", f"### `{label.name}`", "", label.description, "")
            yield from _table(*_COLUMNS)
            yield from _rows(label.properties)


def _links() -> Iterator[str]:
    yield from ("", "## Relationship types beside predicates", "")
    yield from _table("type", "from and to", "what it says")
    for link in LINKS:
        ends = ", ".join(f"`{start}` → `{end}`" for start, end in link.ends)
        yield f"| `{link.name}` | {ends} | {link.description} |"
    yield from ("", "Their properties:", "")
    yield from _table("of", *_COLUMNS)
    for link in LINKS:
        yield from (f"| `{link.name}` {row}" for row in _rows(link.properties))


def enums() -> list[type[Described]]:
    """Return the closed lists of values that properties have, by name."""
    owners = [*(label.properties for label in LABELS), *(link.properties for link in LINKS), RELATION]
    owners += [kind.properties for kind in KINDS]
    found = {prop.type for props in owners for prop in props if issubclass(prop.type, Described)}
    return sorted(found, key=lambda enum: enum.__name__)


def _values() -> Iterator[str]:
    yield from ("", "## Values", "")
    yield from _table("type", "value", "what it means")
    for enum in enums():
        yield from (f"| {enum.__name__} | `{value.value}` | {value.description} |" for value in enum)


def _table(*columns: str) -> tuple[str, str]:
    return f"| {' | '.join(columns)} |", "|---" * len(columns) + "|"


def _rows(props: Iterable[Property]) -> Iterator[str]:
    for prop in props:
        always = "yes" if prop.required else ""
        example = str(prop.example).lower() if isinstance(prop.example, bool) else prop.example
        cells = (type_word(prop), prop.unit or "", always, str(example), prop.description)
        yield f"| `{prop.name}` | {' | '.join(cells)} |"


def _biolink(predicate: Predicate) -> str:
    qualifiers = ", ".join(f"{name}={value}" for name, value in predicate.qualifiers)
    return f"`{predicate.biolink}` {qualifiers}".rstrip()


def _ends(kinds: frozenset[str]) -> str:
    return "any" if len(kinds) == len(KINDS) else ", ".join(sorted(kinds))
