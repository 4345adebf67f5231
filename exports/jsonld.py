"""JSON-LD: entities and relations in the default graph, each claim as a nanopublication of named graphs."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import orjson

from exports.files import Losses
from exports.rdf import PREFIXES, Node, beside_nodes, claim_parts, entity_nodes, relation_nodes
from exports.snapshot import Row, Snapshot


def write_jsonld(snapshot: Snapshot, folder: Path, _: Losses) -> None:
    """Write graph.jsonld."""
    claims = chain.from_iterable(nanopublication(row) for row in snapshot.rows("claims"))
    nodes = chain(beside_nodes(snapshot), entity_nodes(snapshot), relation_nodes(snapshot), claims)
    with (folder / "graph.jsonld").open("wb") as file:
        file.write(b'{"@context":' + orjson.dumps(PREFIXES) + b',\n"@graph":[')
        for number, node in enumerate(nodes):
            file.write((b",\n" if number else b"\n") + orjson.dumps(node))
        file.write(b"\n]}\n")


def nanopublication(row: Row) -> Iterator[Node]:
    """Yield the head, the assertion, the provenance and the publication info of a claim."""
    said, rests, keeps = claim_parts(row)
    claim = said["@id"]
    graphs = {part: f"{claim}#{part}" for part in ("head", "assertion", "provenance", "pubinfo")}
    head = {
        "@id": f"{claim}#nanopub",
        "@type": ["np:Nanopublication"],
        "np:hasAssertion": {"@id": graphs["assertion"]},
        "np:hasProvenance": {"@id": graphs["provenance"]},
        "np:hasPublicationInfo": {"@id": graphs["pubinfo"]},
    }
    about = {
        "@id": graphs["assertion"],
        "prov:wasDerivedFrom": rests.get("prov:wasDerivedFrom", rests["dcterms:source"]),
    }
    published = {"@id": f"{claim}#nanopub", "prov:wasAttributedTo": rests["biolink:primary_knowledge_source"]}
    for part, nodes in (
        ("head", [head]),
        ("assertion", [said]),
        ("provenance", [about, rests]),
        ("pubinfo", [published, keeps]),
    ):
        yield {"@id": graphs[part], "@graph": nodes}
