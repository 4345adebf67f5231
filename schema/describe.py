"""The schema told: as JSON for machines, as Markdown for the docs."""

from __future__ import annotations

import json
from typing import Any

from schema.kinds import COMMON, KINDS, Property
from schema.predicates import PREDICATES


def as_json() -> str:
    """Return kinds and predicates as one JSON text."""
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
    }
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _property(prop: Property) -> dict[str, Any]:
    return {
        "name": prop.name,
        "type": f"[{prop.type.__name__}]" if prop.many else prop.type.__name__,
        "unit": prop.unit,
        "required": prop.required,
        "example": prop.example,
        "description": prop.description,
    }


def as_markdown() -> str:
    """Return kinds and predicates as Markdown tables."""
    lines = ["# The graph's schema", "", "## Kinds of entities", ""]
    lines += ["| kind | GraphQL root | Biolink | ids | what it is |", "|---|---|---|---|---|"]
    for kind in KINDS:
        ids = ", ".join(kind.prefixes)
        lines.append(f"| `{kind.name}` | `{kind.root}` | `{kind.biolink}` | {ids} | {kind.description} |")
    lines += ["", "## Properties", "", "| of | property | type | unit | example | what it is |"]
    lines.append("|---|---|---|---|---|---|")
    for owner, props in [("every kind", COMMON), *((kind.name, kind.properties) for kind in KINDS)]:
        for prop in props:
            value = _property(prop)
            lines.append(
                f"| {owner} | `{prop.name}` | {value['type']} | {prop.unit or ''} | {prop.example} "
                f"| {prop.description} |"
            )
    lines += [
        "",
        "## Predicates",
        "",
        "| predicate | direction | Biolink | subjects | objects | what it says |",
    ]
    lines.append("|---|---|---|---|---|---|")
    for predicate in PREDICATES:
        subjects, objects = (_ends(ends) for ends in (predicate.subjects, predicate.objects))
        biolink = f"`{predicate.biolink}`"
        if predicate.qualifiers:
            biolink += " " + ", ".join(f"{name}={value}" for name, value in predicate.qualifiers)
        lines.append(
            f"| `{predicate.name}` | {predicate.direction or ''} | {biolink} | {subjects} | {objects} "
            f"| {predicate.description} |"
        )
    return "\n".join(lines) + "\n"


def _ends(kinds: frozenset[str]) -> str:
    return "any" if len(kinds) == len(KINDS) else ", ".join(sorted(kinds))
