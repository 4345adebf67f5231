"""Identifiers: CURIEs, local slugs and the ids of claims, sentences, citations and references.

A public CURIE is an entity's id only when its match is exact and nobody else holds it; else the entity is
`mscev:slug`. Everything about one article carries the article's slug.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping

import orjson

from schema.errors import InvalidRecord

LOCAL = "mscev"
CURIE = re.compile(r"(?P<prefix>[A-Za-z][A-Za-z0-9_.]*):(?P<local>[^\s|,;\"'<>\\]+)")

# What other graphs call a CURIE may hold any sign but white space.
FOREIGN_CURIE = re.compile(r"[^\s:|]+:[^\s|]+")

# Where a person can read about an identifier. Prefixes are Biolink's.
PREFIX_URLS: Mapping[str, str] = {
    "CHEBI": "https://purl.obolibrary.org/obo/CHEBI_{}",
    "CL": "https://purl.obolibrary.org/obo/CL_{}",
    "EFO": "https://www.ebi.ac.uk/efo/EFO_{}",
    "FPLX": "https://identifiers.org/fplx:{}",
    "GO": "https://purl.obolibrary.org/obo/GO_{}",
    "HGNC": "https://identifiers.org/hgnc:{}",
    "HP": "https://purl.obolibrary.org/obo/HP_{}",
    "MESH": "https://identifiers.org/mesh:{}",
    "MONDO": "https://purl.obolibrary.org/obo/MONDO_{}",
    "NCBITaxon": "https://purl.obolibrary.org/obo/NCBITaxon_{}",
    "NCIT": "https://purl.obolibrary.org/obo/NCIT_{}",
    "PATO": "https://purl.obolibrary.org/obo/PATO_{}",
    "REACT": "https://identifiers.org/reactome:{}",
    "RO": "https://purl.obolibrary.org/obo/RO_{}",
    "SO": "https://purl.obolibrary.org/obo/SO_{}",
    "UBERON": "https://purl.obolibrary.org/obo/UBERON_{}",
    "UO": "https://purl.obolibrary.org/obo/UO_{}",
    "UniProtKB": "https://identifiers.org/uniprot:{}",
}


def prefix_of(curie: str) -> str:
    """Return the prefix of a CURIE; `InvalidRecord` when it is none."""
    match = CURIE.fullmatch(curie)
    if match is None:
        raise InvalidRecord(
            f"not a CURIE: {curie!r}; write PREFIX:LOCAL, as in MONDO:0005178", field="id", given=curie
        )
    return match["prefix"]


def url_of(curie: str) -> str | None:
    """Return a page about the identifier; None for local ids and unknown prefixes.

    >>> url_of("MONDO:0005178")
    'https://purl.obolibrary.org/obo/MONDO_0005178'
    """
    prefix, _, local = curie.partition(":")
    template = PREFIX_URLS.get(prefix)
    return template.format(local) if template else None


def slug(text: str) -> str:
    """Return text as a slug of ASCII letters, digits and hyphens.

    >>> slug("Wharton's jelly MSC-EV")
    'wharton-s-jelly-msc-ev'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def article_id(name: str) -> str:
    """Return the id of an article from its slug."""
    return f"{LOCAL}.article:{name}"


def article_slug(article: str) -> str:
    """Return the slug inside an article's id."""
    return article.partition(":")[2]


def section_id(article: str, block: int) -> str:
    """Return the id of the section whose heading is this block (0: before any heading)."""
    return f"{LOCAL}.section:{article_slug(article)}/{block}"


def sentence_id(article: str, block: int, sentence: int) -> str:
    """Return the id of a sentence by its place."""
    return f"{LOCAL}.sentence:{article_slug(article)}/{block}.{sentence}"


def place_key(article: str, block: int, sentence: int) -> str:
    """Return a text that sorts places in the order of the article."""
    return f"{article_slug(article)}/{block:05}.{sentence:03}"


def reference_id(article: str, position: int) -> str:
    """Return the id of the printed reference at this position (from 1)."""
    return f"{LOCAL}.ref:{article_slug(article)}/{position}"


def citation_id(article: str, label: str) -> str:
    """Return the id of a citation by its label in the text."""
    return f"{LOCAL}.citation:{article_slug(article)}/{slug(label)}"


def canonical(value: object) -> bytes:
    """Return the one JSON text of a value: sorted keys, no white space, UTF-8."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def digest(value: object, bits: int = 256) -> str:
    """Return the first `bits` of the SHA-256 of the canonical JSON, as hex."""
    return hashlib.sha256(canonical(value)).hexdigest()[: bits // 4]
