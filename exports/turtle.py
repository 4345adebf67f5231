"""Turtle: every node of exports/rdf.py as a block of its own, in the order of the graph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from exports.files import Losses, text_file
from exports.rdf import PREFIXES, Node, beside_nodes, claim_parts, entity_nodes, relation_nodes
from exports.snapshot import Snapshot

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_CONTROL = re.compile("[\x00-\x1f\x7f]")
_SHORT = re.compile(r"[A-Za-z_][\w-]*:[A-Za-z_][\w-]*")


def write_turtle(snapshot: Snapshot, folder: Path, _: Losses) -> None:
    """Write graph.ttl."""
    claims = (_merged(*claim_parts(row)) for row in snapshot.rows("claims"))
    with text_file(folder / "graph.ttl") as file:
        for prefix, start in PREFIXES.items():
            file.write(f"@prefix {prefix}: <{start}> .\n")
        for node in chain(beside_nodes(snapshot), entity_nodes(snapshot), relation_nodes(snapshot), claims):
            file.write(f"\n<{node['@id']}>\n{_body(node, '    ')} .\n")


def _merged(*parts: Node) -> Node:
    return {name: value for part in parts for name, value in part.items()}


def _body(node: Node, indent: str) -> str:
    return " ;\n".join(f"{indent}{line}" for line in _lines(node, indent))


def _lines(node: Node, indent: str) -> Iterator[str]:
    for name, value in node.items():
        if name == "@type":
            yield f"a {', '.join(map(_term, value))}"
        elif name != "@id":
            values = value if isinstance(value, list) else [value]
            yield f"{_term(name)} {', '.join(_object(one, indent) for one in values)}"


def _object(value: Any, indent: str) -> str:
    if isinstance(value, dict):
        if "@id" in value:
            return _term(value["@id"])
        inner = indent + "    "
        return f"[\n{_body(value, inner)}\n{indent}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f'"{value!r}"^^xsd:double'
    return str(value) if isinstance(value, int) else _text(value)


def _term(name: str) -> str:
    """Return a name with a prefix of ours as it is, where Turtle allows it, and else as an IRI."""
    prefix, _, local = name.partition(":")
    start = PREFIXES.get(prefix)
    if start is None:
        return f"<{name}>"
    return name if _SHORT.fullmatch(name) else f"<{start}{local}>"


def _text(value: str) -> str:
    escaped = "".join(_ESCAPES.get(sign, sign) for sign in value)
    return f'"{_CONTROL.sub(_code, escaped)}"'


def _code(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04X}"
