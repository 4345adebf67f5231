"""RDF in Biolink's terms: what the graph says as JSON-LD nodes, from which Turtle is written too.

A relation is a reified association. In JSON-LD each claim is a nanopublication: what it says, from where,
and who keeps it, are named graphs; in Turtle all of that stands at the claim. What Biolink has no term for is
under `urn:mscev:vocab:`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from exports.kgx import INFORES
from exports.snapshot import BESIDE, Row, Snapshot
from schema import biolink, ids
from schema.columns import edge_column, node_column
from schema.kinds import FOREIGN
from schema.predicates import PREDICATE_BY_NAME

PREFIXES = {
    "biolink": "https://w3id.org/biolink/vocab/",
    "dcterms": "http://purl.org/dc/terms/",
    "mscev": "urn:mscev:vocab:",
    "np": "http://www.nanopub.org/nschema#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_SAFE = "/:#?&=+,;@!$'()*~"  # what may stand in an IRI beside letters and digits
_OTHERS = {"doi": "https://doi.org/", "infores": "https://w3id.org/biolink/infores/"}
_MATCHES = {"EXACT": "exactMatch", "CLOSE": "closeMatch", "BROAD": "broadMatch", "NARROW": "narrowMatch"}
_BIOLINK = {"name", "id", "category", "description", "synonym", "xref", "provided_by", "publications"}
Node = dict[str, Any]


def iri(curie: str) -> str:
    """Return the IRI of an identifier: Biolink's, a URN for ours, else that of Bioregistry's resolver.

    >>> iri("MONDO:0005178"), iri("mscev:exosome")
    ('http://purl.obolibrary.org/obo/MONDO_0005178', 'urn:mscev:entity:exosome')
    """
    prefix, _, local = curie.partition(":")
    told = quote(local, safe=_SAFE)
    if prefix == ids.LOCAL:
        return f"urn:mscev:entity:{told}"
    if prefix.startswith(f"{ids.LOCAL}."):
        return f"urn:mscev:{prefix.removeprefix(f'{ids.LOCAL}.')}:{told}"
    start = biolink.prefixes().get(prefix) or _OTHERS.get(prefix)
    return start + told if start else f"https://bioregistry.io/{quote(prefix, safe='')}:{told}"


def _ref(curie: str) -> Node:
    return {"@id": iri(curie)}


def _refs(curies: list[str]) -> list[Node]:
    return [_ref(curie) for curie in curies]


def _vocab(name: str) -> str:
    """Return the term of a column: Biolink's where Biolink has it."""
    known = name in _BIOLINK or biolink.is_many(name) is not None
    return f"biolink:{name}" if known else f"mscev:{quote(name, safe='')}"


def _filled(node: Node) -> Node:
    return {name: value for name, value in node.items() if value is not None and value != []}


def entity_nodes(snapshot: Snapshot) -> Iterator[Node]:
    """Yield entities with their identifiers, steps of ontologies and mentions."""
    for row in snapshot.rows("entities"):
        own = dict(row["properties"])
        kind = own.pop("kind")
        mapped: dict[str, list[Node]] = {}
        for one in row["mappings"]:
            mapped.setdefault(f"skos:{_MATCHES[one['properties']['match']]}", []).append(_ref(one["id"]))
        yield _filled(
            {
                "@id": iri(own["id"]),
                "@type": [own.pop("category"), *([] if kind == FOREIGN.name else [f"mscev:{kind}"])],
                "biolink:id": own.pop("id"),
                "rdfs:label": own.pop("name"),
                "dcterms:description": own.pop("description", None),
                "skos:altLabel": own.pop("synonyms", []),
                "dcterms:source": _refs(own.pop("sources", [])),
                **mapped,
                **{_vocab(node_column(name)): value for name, value in own.items()},
                "mscev:mapping": [
                    _filled(
                        {
                            "skos:notation": one["id"],
                            "rdfs:label": one["label"],
                            **{f"mscev:{name}": value for name, value in one["properties"].items()},
                        }
                    )
                    for one in row["mappings"]
                ],
                "biolink:subclass_of": [_ref(step["parent"]) for step in row["isA"]],
                "mscev:isA": [
                    {
                        "mscev:parent": _ref(step["parent"]),
                        **{f"mscev:{name}": value for name, value in step["properties"].items()},
                    }
                    for step in row["isA"]
                ],
                "mscev:mentionedIn": [
                    {
                        "mscev:sentence": _ref(one["sentence"]),
                        "mscev:spans": _spans(one),
                    }
                    for one in row["mentions"]
                ],
            }
        )


def _spans(place: Row) -> list[str]:
    """Return half-open ranges of code points as `start-end`, in the order of the text."""
    return [f"{start}-{end}" for start, end in zip(place["starts"], place["ends"], strict=True)]


def relation_nodes(snapshot: Snapshot) -> Iterator[Node]:
    """Yield relations as associations."""
    for row in snapshot.relations():
        own = dict(row["properties"])
        claims = own.pop("claimIds", None)
        node = {
            "@id": iri(own["id"]) if claims else _edge_iri(own["id"]),
            "@type": ["biolink:Association"],
            "biolink:id": own.pop("id"),
            **_triple(row["subject"], row["predicate"], row["object"], ours=claims is not None),
            "mscev:direction": own.pop("direction", None),
            "dcterms:source": _refs(own.pop("sources", [])),
            "mscev:claim": _refs(claims or []),
        }
        if claims:
            node["biolink:primary_knowledge_source"] = _ref(INFORES)
        yield _filled(node | {_vocab(edge_column(name)): value for name, value in own.items()})


def _edge_iri(id_: str) -> str:
    """Return the IRI of a foreign edge: its id may be any text."""
    return iri(id_) if id_.startswith(f"{ids.LOCAL}.") else f"urn:mscev:edge:{quote(id_, safe='')}"


def _triple(subject: str, type_: str, object_: str, *, ours: bool) -> Node:
    known = PREDICATE_BY_NAME.get(type_) if ours or type_ not in biolink.predicates_by_type() else None
    qualifiers = dict(known.qualifiers) if known else {}
    return {
        "biolink:subject": _ref(subject),
        "biolink:predicate": {"@id": known.biolink if known else biolink.predicates_by_type()[type_]},
        "biolink:object": _ref(object_),
        "mscev:predicate": type_,
        **{
            f"biolink:{name}": {"@id": value} if value.startswith("biolink:") else value
            for name, value in qualifiers.items()
        },
    }


def claim_parts(row: Row) -> tuple[Node, Node, Node]:
    """Return what a claim says, on what it rests, and who keeps it: three nodes with the claim's IRI."""
    own = dict(row["properties"])
    id_ = own.pop("id")
    said = {
        "@id": iri(id_),
        "@type": ["biolink:Association"],
        **_triple(
            row["subject"]["id"], own.pop("predicate"), row["object"]["id"], ours=bool(row["evidence"])
        ),
        "biolink:negated": own.pop("negated"),
        "mscev:context": [
            {"mscev:role": part["role"], "mscev:entity": _ref(part["id"])} for part in row["context"]
        ],
        "mscev:mechanism": [_ref(one["id"]) for one in row["mechanisms"]],
        **{f"mscev:{name}": own.pop(name, None) for name in ("direction", "certainty", "extent", "dose")},
        "dcterms:description": own.pop("statement"),
    }
    rests = {
        "@id": iri(id_),
        "prov:wasDerivedFrom": [_ref(place["id"]) for place in row["evidence"]],
        "dcterms:source": _ref(own.pop("article")),
        "mscev:evidenceLevel": own.pop("evidenceLevel"),
        "biolink:knowledge_level": own.pop("knowledgeLevel"),
        "biolink:agent_type": own.pop("agentType"),
        "biolink:primary_knowledge_source": _source(own.pop("primaryKnowledgeSource")),
        "mscev:sentenceSha256": own.pop("sentenceSha256"),
        "mscev:citation": [_citation(one) for one in row["citations"]],
    }
    keeps = {
        "@id": iri(id_),
        "biolink:id": id_,
        **{f"mscev:{quote(name, safe='')}": value for name, value in own.items()},
    }
    return _filled(said), _filled(rests), _filled(keeps)


def _source(name: str) -> Node | str:
    return _ref(name) if ids.FOREIGN_CURIE.fullmatch(name) else name


def _citation(one: Row) -> Node:
    return _filled(
        {
            "mscev:marker": _ref(one["id"]),
            "mscev:concern": one["concerns"],
            "mscev:note": one["claimNote"],
        }
    )


def beside_nodes(snapshot: Snapshot) -> Iterator[Node]:
    """Yield sources, articles, sections, sentences, citations and references; links by name."""
    for source in snapshot.sources:
        yield _beside("Source", source)
    for table in BESIDE:
        for row in snapshot.beside(table):
            yield _beside(table.removesuffix("s").capitalize(), row)


def _beside(type_: str, row: Row) -> Node:
    links = {"article", "partOf", "resolvedTo", "mayBe", "in"}
    node: Node = {"@id": iri(row["id"]), "@type": [f"mscev:{type_}"], "biolink:id": row["id"]}
    for name, value in row.items():
        if name in links:
            node[f"mscev:{name}"] = _refs(value) if isinstance(value, list) else _ref(value)
        elif name not in {"id", "starts", "ends"}:
            node[f"mscev:{name}"] = value
    if "starts" in row:
        node["mscev:spans"] = _spans(row)
    return _filled(node)
