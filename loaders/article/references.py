"""Printed references: the list's entries, read as records.

Read is the form of PubMed and its journals: "Doe J, Roe A. Title. *Journal*. 2020 Jan;1(2):3-4. doi: …".
What an entry in another form does not show stays None; its text is always kept.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from loaders.article.blocks import Block, BlockKind
from loaders.article.entries import YEAR, entries_in
from loaders.article.latex import readable
from loaders.article.sentences import joined
from schema.records import Reference

if TYPE_CHECKING:
    from collections.abc import Sequence

LINK = r"https?://(?:dx\.)?doi\.org/"
DOI = re.compile(rf"(?:\bdoi:?\s*(?:{LINK})?|{LINK})(?P<doi>10\.\d{{4,9}}/[^\s<>\"]+)", re.IGNORECASE)
PMID = re.compile(r"\bPMID:?\s*(?P<pmid>\d+)", re.IGNORECASE)
PMCID = re.compile(r"\b(?P<pmcid>PMC\d+)\b")
# A notice of another publication, with that one's date and DOI; the paper's own ids follow it.
NOTICE = re.compile(
    r"\s*(?:(?:Published\s)?(?P<erratum>Erratum|Corrigendum|Correction)|Retraction|Comment|Update)\s(?:in|on):\s*"
    r"(?P<notice>.*?)(?=\s*(?:PMID|PMCID|Epub)\b|$)",
    re.IGNORECASE | re.DOTALL,
)
ISSUED = r"""
    \(?(?P<year>(?:1[89]|20)\d\d)\b (?P<date>[^:;.(]*)
    (?:[;,]\s* (?P<volume>[^():;.\s]+)? \s*(?:\((?P<issue>[^)]*)\))? )?
    (?:\s*:\s* (?P<pages>[^\s.;,]+) )?
"""
JOURNAL = re.compile(rf"(?P<mark>[*_]{{1,2}}) (?P<journal>[^*_]+?) \.?(?P=mark)[.,]?\s* {ISSUED}", re.VERBOSE)
PLAIN_JOURNAL = re.compile(
    rf"(?<=[.?!])\s+ (?P<journal>[^.?!]+(?:\.\s[A-Z][a-z]*(?=\.))*) [.,]\s+ {ISSUED}", re.VERBOSE
)
GIVEN = r"[^\W\d_a-z](?:-?[^\W\d_a-z]){0,3}"
AUTHOR = rf"[^\W\d_][^,.;:()\d]*?\s{GIVEN}(?:\s(?:Jr|Sr|II|III|\d(?:st|nd|rd|th)))?"
AUTHORS = re.compile(rf"(?P<authors>{AUTHOR}(?:,\s*(?:and\s|&\s)?{AUTHOR})*)(?:,?\s*et al)?[.:]\s+")


def references(text: str, blocks: Sequence[Block], article: str) -> tuple[Reference, ...]:
    """Return the printed references in order; empty when the article prints none."""
    lists = [block for block in blocks if block.kind is BlockKind.REFERENCE_LIST]
    return tuple(
        read(joined(text, entry.spans), article, position, entry.number)
        for position, entry in enumerate(entries_in(text, lists)[0], 1)
    )


def read(printed: str, article: str, position: int, number: int | None = None) -> Reference:
    """Return one printed reference as a record."""
    notice = NOTICE.search(printed)
    own = printed[: notice.start()] + " " + printed[notice.end() :] if notice else printed
    authors = AUTHORS.match(own)
    rest = own[authors.end() :] if authors else own
    issued = JOURNAL.search(rest) or (PLAIN_JOURNAL.search(rest) if authors else None)
    return Reference(
        article=article,
        position=position,
        text=printed,
        printed_number=number,
        title=_title(rest[: issued.start()]) if issued and authors else None,
        authors=_authors(authors["authors"]) if authors else (),
        journal=" ".join(issued["journal"].split()) if issued else None,
        year=int(issued["year"]) if issued else _only_year(own),
        volume=issued["volume"] if issued else None,
        pages=issued["pages"] if issued else None,
        doi=_doi(own),
        pmid=_first(PMID, "pmid", own),
        pmcid=_first(PMCID, "pmcid", own),
        erratum=_plain(notice["notice"]).rstrip(". ") if notice and notice["erratum"] else None,
    )


def _authors(printed: str) -> tuple[str, ...]:
    return tuple(re.sub(r"^(?:and|&)\s", "", name.strip()) for name in printed.split(","))


def _title(printed: str) -> str | None:
    title = _plain(printed).removesuffix(".")
    return readable(title) or None


def _plain(printed: str) -> str:
    """Take the marks of emphasis away."""
    return " ".join(re.sub(r"(?<![\w\\])[*_]{1,3}(?=\S)|(?<=\S)(?<!\\)[*_]{1,3}(?!\w)", "", printed).split())


def _doi(printed: str) -> str | None:
    doi = _first(DOI, "doi", printed)
    if doi is None:
        return None
    doi = doi.rstrip(".,;:*_")
    while doi.endswith(")") and doi.count("(") < doi.count(")"):
        doi = doi[:-1].rstrip(".,;")
    return doi


def _only_year(printed: str) -> int | None:
    years = set(YEAR.findall(DOI.sub("", printed)))
    return int(years.pop()) if len(years) == 1 else None


def _first(pattern: re.Pattern[str], group: str, printed: str) -> str | None:
    match = pattern.search(printed)
    return match[group] if match else None
