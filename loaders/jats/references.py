"""The entries of a JATS reference list as records."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from loaders.article.references import read
from loaders.jats.citations import NUMBER
from loaders.jats.tree import Element, attribute, children, first, within, words
from loaders.jats.tree import name as tag_of
from schema.records import Reference

if TYPE_CHECKING:
    from loaders.jats.text import Entry

CITATIONS = ("element-citation", "mixed-citation", "nlm-citation", "citation")
YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)


def reference_of(text: str, entry: Entry, article: str, position: int) -> Reference:
    """Return one entry; what no element says is read from the printed text, as in any other list."""
    element, block = entry.element, entry.block
    printed = " ".join(text[max(block.start, entry.label_end) : block.end].split()) if block else ""
    label = NUMBER.fullmatch(words(first(element, "label")))
    number = int(label[1]) if label else None
    citation = first(element, *CITATIONS)
    if citation is None or first(citation, "article-title", "source", "chapter-title", "data-title") is None:
        return _with_ids(read(printed, article, position, number), citation)
    titled = first(citation, "article-title", "chapter-title", "data-title")
    source = words(first(citation, "source")) or None
    reference = Reference(
        article=article,
        position=position,
        text=printed or None,
        printed_number=number,
        title=words(titled) or source,
        authors=_authors(citation),
        journal=source if titled is not None else None,
        year=_year(citation),
        volume=words(first(citation, "volume")) or None,
        pages=_pages(citation),
    )
    return _with_ids(reference, citation)


def doi_in(text: str) -> str | None:
    """Return a DOI without the address in front of it; None where the text is none."""
    match = DOI.match(text.strip())
    return match[1].rstrip(".,;") if match else None


def pmcid_in(text: str) -> str | None:
    """Return a PMCID with its letters, which files often leave out."""
    digits = text.strip().upper().removeprefix("PMC").partition(".")[0]
    return f"PMC{digits}" if digits.isdigit() else None


def name_of(element: Element, *, given_first: bool) -> str:
    """Return a person's or a group's name as one text."""
    surname, given = words(first(element, "surname")), words(first(element, "given-names"))
    if not surname:
        return words(element)
    parts = (given, surname) if given_first else (surname, given)
    return " ".join(part for part in (*parts, words(first(element, "suffix"))) if part)


def _authors(citation: Element) -> tuple[str, ...]:
    groups = [g for g in children(citation, "person-group") if attribute(g, "person-group-type") != "editor"]
    people = [one for group in groups for one in children(group)] or list(children(citation))
    named = (one for one in people if tag_of(one) in {"name", "string-name", "collab"})
    return tuple(name for one in named if (name := name_of(one, given_first=False)))


def _year(citation: Element) -> int | None:
    match = YEAR.search(words(first(citation, "year")))
    return int(match[0]) if match else None


def _pages(citation: Element) -> str | None:
    begin, end = words(first(citation, "fpage")), words(first(citation, "lpage"))
    if begin and end and begin != end:
        return f"{begin}-{end}"
    return begin or words(first(citation, "page-range", "elocation-id")) or None


def _with_ids(reference: Reference, citation: Element | None) -> Reference:
    """Take the identifiers that the file marks as such; a link to a DOI counts where nothing else does."""
    if citation is None:
        return reference
    found: dict[str, str] = {}
    links = [attribute(link, "href") or words(link) for link in within(citation, "ext-link", "uri")]
    for one in within(citation, "pub-id"):
        found.setdefault(attribute(one, "pub-id-type"), words(one))
    dois = [doi for text in (found.get("doi", ""), *links) if (doi := doi_in(text))]
    pmid = found.get("pmid", "")
    return replace(
        reference,
        doi=next(iter(dois), reference.doi),
        pmid=pmid if pmid.isdigit() else reference.pmid,
        pmcid=pmcid_in(found.get("pmcid", found.get("pmc", ""))) or reference.pmcid,
    )
