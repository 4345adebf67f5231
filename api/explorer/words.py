"""How values read on a page: kinds, signs, enums, roles and addresses in words. Filters of the templates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import quote

from api.graphql.enums import STORED
from graph.reads.shown import ROLES
from schema.enums import (
    Certainty,
    CitationConcern,
    CitationStatus,
    Described,
    Direction,
    EvidenceLevel,
    MappingMatch,
)
from schema.ids import slug, url_of
from views.facts import publication_address, web_address
from views.legend import kind_mark
from views.theme import Sign, sign_of, words_of

Row = Mapping[str, Any]

ENUMS: dict[str, type[Described]] = {
    "certainty": Certainty,
    "concern": CitationConcern,
    "direction": Direction,
    "evidence": EvidenceLevel,
    "match": MappingMatch,
    "status": CitationStatus,
}
SYMBOLS = {Sign.INCREASES: "↑", Sign.DECREASES: "↓", Sign.OTHER: "→", Sign.MUTUAL: "↔"}
ROLE_WORDS = dict(zip(ROLES, ("subject", "object", "setting", "mechanism"), strict=True))
ONLY_WORDS = {
    "negated": "said not to hold",
    "uncited": "without a citation",
    "concerns": "with a concern about a paper",
}


def spelled(constant: object) -> str:
    """Return a constant in words: `ONGOING_TRIAL` -> `ongoing trial`, `targetCell` -> `target cell`."""
    text = str(constant)
    if not text.isupper():
        text = "".join(f" {c}" if c.isupper() else c for c in text)
    return text.replace("_", " ").lower()


def meaning(constant: str, enum: str) -> str:
    """Return what a value of an enum means."""
    return ENUMS[enum](constant).description


def kind_word(row: Row) -> str:
    """Return the kind of an entity in words; one that is none of ours by its Biolink class."""
    name = STORED["EntityKind"][row["kind"]]
    return kind_mark(name, None).word if row["kind"] != "NAMED_THING" else kind_mark("", row["category"]).word


def sign(claim: Row) -> Sign:
    """Return the sign of a claim's predicate."""
    return sign_of(claim["predicate"], claim["direction"])


def symbol(claim: Row) -> str:
    """Return the sign as one character."""
    return SYMBOLS[sign(claim)]


def entity_path(id_: str) -> str:
    """Return the address of an entity's page."""
    return f"/entity/{quote(id_, safe=':')}"


def claim_path(id_: str) -> str:
    """Return the address of a claim's page."""
    return f"/claim/{quote(id_, safe=':')}"


def papers(row: Row) -> list[tuple[str, str]]:
    """Return the ids of a paper, each with its address."""
    ids = [("DOI", row["doi"], f"doi:{row['doi']}"), ("PMID", row["pmid"], f"pmid:{row['pmid']}")]
    return [(f"{name} {value}", publication_address(curie)) for name, value, curie in ids if value]


def paper(row: Row) -> str:
    """Return a paper in one line: first author, year, title, journal, as far as they are known."""
    authors: Iterable[str] = row["authors"]
    first = next(iter(authors), "")
    others = " et al." if len(row["authors"]) > 1 else ""
    parts = [f"{first}{others}" if first else "", str(row["year"] or ""), row["title"], row["journal"]]
    return ". ".join(part.rstrip(".") for part in parts if part) + "." if any(parts) else row["text"] or ""


def page_of(curie: str) -> str:
    """Return a page about an identifier; nothing where none is known."""
    return web_address(url_of(curie))


def file_name(name: str) -> str:
    """Return a name that a file may have."""
    return slug(name)[:60] or "view"


def number(value: float | None) -> str:
    """Return a bound as a number; an open one as an ellipsis."""
    return "…" if value is None else f"{value:g}"


FILTERS: dict[str, Callable[..., Any]] = {
    "spelled": spelled,
    "meaning": meaning,
    "kind_word": kind_word,
    "sign": sign,
    "symbol": symbol,
    "words": words_of,
    "entity_path": entity_path,
    "claim_path": claim_path,
    "papers": papers,
    "paper": paper,
    "page_of": page_of,
    "web": web_address,
    "file_name": file_name,
    "number": number,
}
