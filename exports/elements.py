"""The whole stored graph, nodes and relationships as they are: GraphML, CX2 and a Cypher script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import orjson

from exports.files import Losses, cell, text_file
from exports.snapshot import Row, Snapshot
from graph.script import script
from graph.vocabulary import NODE_LABELS
from schema.stored import ENTITY

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_TYPES = {bool: "boolean", int: "long", float: "double"}
_GRAPHML = {"string", "long", "double", "boolean"}
LABELS, TYPE = "labels", "label"


def write_cypher(snapshot: Snapshot, folder: Path, _: Losses) -> None:
    """Write graph.cypher: run into an empty database it makes the same release."""
    with text_file(folder / "graph.cypher") as file:
        for line in script(snapshot.rows("nodes"), snapshot.rows("nodes")):
            file.write(line + "\n")


def key_of(labels: list[str], id_: str) -> str:
    """Return a node's name in a file: an entity's id, others with their label, as ids may be shared."""
    label = next(name for name in NODE_LABELS if name in labels)
    return id_ if label == ENTITY else f"{label}/{id_}"


def element_nodes(snapshot: Snapshot) -> Iterator[tuple[str, Row]]:
    """Yield nodes: key and properties, labels among them."""
    for row in snapshot.rows("nodes"):
        own = {name: value for name, value in row["properties"].items() if value is not None}
        labels = [name for name in NODE_LABELS if name in row["labels"]]
        labels += sorted(set(row["labels"]).difference(labels))
        yield key_of(row["labels"], own["id"]), {LABELS: labels, **own}


def element_links(snapshot: Snapshot) -> Iterator[tuple[str, str, Row]]:
    """Yield relationships: both keys and properties, the type among them."""
    for row in snapshot.rows("nodes"):
        start = key_of(row["labels"], row["properties"]["id"])
        for link in row["links"]:
            yield start, key_of(link["labels"], link["to"]), {TYPE: link["type"], **link["properties"]}


def types_of(rows: Iterator[Row]) -> dict[str, str]:
    """Return the type of each property: string, long, double or boolean, or `list_of_` it.

    It is string where values of several types, or lists and single values, stand under one name.
    """
    inner: dict[str, set[str]] = {}
    many: dict[str, set[bool]] = {}
    for row in rows:
        for name, value in row.items():
            many.setdefault(name, set()).add(isinstance(value, list))
            parts = value if isinstance(value, list) else [value]
            inner.setdefault(name, set()).update(_TYPES.get(type(part), "string") for part in parts)
    return {name: _type(inner[name], many[name]) for name in sorted(many)}


def _type(inner: set[str], many: set[bool]) -> str:
    one = "double" if inner == {"long", "double"} else "string" if len(inner) != 1 else next(iter(inner))
    return "string" if len(many) > 1 else f"list_of_{one}" if many == {True} else one


def write_graphml(snapshot: Snapshot, folder: Path, losses: Losses) -> None:
    """Write graph.graphml; lists are JSON text, as GraphML has none."""
    node_types = types_of(own for _, own in element_nodes(snapshot))
    link_types = types_of(own for *_, own in element_links(snapshot))
    with text_file(folder / "graph.graphml") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        file.write('<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
        keys: dict[tuple[str, str], str] = {}
        for domain, types in (("node", node_types), ("edge", link_types)):
            for name, type_ in types.items():
                keys[domain, name] = f"{domain[0]}{len(keys)}"
                attributes = (
                    f'attr.name={quoteattr(name)} attr.type="{type_ if type_ in _GRAPHML else "string"}"'
                )
                file.write(f'<key id="{keys[domain, name]}" for="{domain}" {attributes}/>\n')
        file.write(f'<graph id="{snapshot.release}" edgedefault="directed">\n')
        for key, own in element_nodes(snapshot):
            file.write(f"<node id={quoteattr(key)}>{_data('node', own, keys, losses)}</node>\n")
        for number, (start, end, own) in enumerate(element_links(snapshot)):
            ends = f"source={quoteattr(start)} target={quoteattr(end)}"
            file.write(f'<edge id="e{number}" {ends}>{_data("edge", own, keys, losses)}</edge>\n')
        file.write("</graph>\n</graphml>\n")


def _data(domain: str, own: Row, keys: dict[tuple[str, str], str], losses: Losses) -> str:
    return "".join(
        f'<data key="{keys[domain, name]}">{_xml(value, losses)}</data>' for name, value in own.items()
    )


def _xml(value: Any, losses: Losses) -> str:
    text = cell(value)
    told = _NO_XML.sub("�", text)
    if told != text:
        losses.counts["signs that XML does not allow, which became U+FFFD"] += 1
    # a carriage return would be read as a line feed
    return escape(told, {"\r": "&#13;"})


def write_cx2(snapshot: Snapshot, folder: Path, _: Losses) -> None:
    """Write graph.cx2, the format of NDEx and Cytoscape; nodes are numbered, `key` says their ids."""
    node_types = {"key": "string", **types_of(own for _, own in element_nodes(snapshot))}
    link_types = types_of(_interactions(snapshot))
    numbers: dict[str, int] = {key: number for number, (key, _) in enumerate(element_nodes(snapshot))}
    links = sum(1 for _ in element_links(snapshot))
    name = {"name": f"mscev {snapshot.release[:12]}", "release": snapshot.release}
    declared = {
        "networkAttributes": {key: {"d": "string"} for key in name},
        "nodes": {key: {"d": type_} for key, type_ in node_types.items()},
        "edges": {key: {"d": type_} for key, type_ in link_types.items()},
    }
    counts = {"attributeDeclarations": 1, "networkAttributes": 1, "nodes": len(numbers), "edges": links}
    with (folder / "graph.cx2").open("wb") as file:

        def put(value: Any, end: bytes = b",\n") -> None:
            file.write(orjson.dumps(value) + end)

        file.write(b"[")
        put({"CXVersion": "2.0", "hasFragments": False})
        put({"metaData": [{"name": part, "elementCount": count} for part, count in counts.items()]})
        put({"attributeDeclarations": [declared]})
        put({"networkAttributes": [name]})
        file.write(b'{"nodes":[')
        for key, own in element_nodes(snapshot):
            number = numbers[key]
            put(
                {"id": number, "v": {"key": key, **_cx(own, node_types)}},
                b"," * (number < len(numbers) - 1) + b"\n",
            )
        file.write(b']},\n{"edges":[')
        ends = ((start, end) for start, end, _ in element_links(snapshot))
        for number, ((start, end), own) in enumerate(zip(ends, _interactions(snapshot), strict=True)):
            row = {"id": number, "s": numbers[start], "t": numbers[end], "v": _cx(own, link_types)}
            put(row, b"," * (number < links - 1) + b"\n")
        file.write(b"]},\n")
        put({"status": [{"error": "", "success": True}]}, b"]\n")


def _interactions(snapshot: Snapshot) -> Iterator[Row]:
    """Yield the properties of relationships with their type under CX2's name for it."""
    for *_, own in element_links(snapshot):
        yield {"interaction" if name == TYPE else name: value for name, value in own.items()}


def _cx(own: Row, types: dict[str, str]) -> Row:
    """Return values of the declared types: a text where several types stand under one name."""
    return {name: _as(types[name], value) for name, value in own.items()}


def _as(type_: str, value: Any) -> Any:
    if type_ == "list_of_string":
        return [cell(part) for part in value]
    return cell(value) if type_ == "string" else value
