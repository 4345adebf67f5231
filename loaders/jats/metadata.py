"""What the front of a JATS article says of it: identifiers, people, terms and interests."""

from __future__ import annotations

import re

from loaders.article.document import Metadata
from loaders.jats.references import doi_in, name_of, pmcid_in
from loaders.jats.tree import Element, attribute, children, first, name, within, words
from schema.licences import SEE_SOURCE

COMMONS = re.compile(r"creativecommons\.org/licen[sc]es/(by(?:-nc)?(?:-nd|-sa)?)/(\d\.\d)", re.IGNORECASE)
ZERO = re.compile(r"creativecommons\.org/publicdomain/zero/(\d\.\d)", re.IGNORECASE)
INTERESTS = re.compile(
    r"\W*(?:(?:statement of )?(?:conflicts?|competing|declaration of)\b.*interests?.*)", re.IGNORECASE
)
CONFLICT = frozenset({"conflict", "coi-statement"})


def title_of(article: Element) -> str:
    """Return the article's title without its notes; empty where it has none."""
    group = first(article, "title-group")
    title = next(children(group, "article-title"), None) if group is not None else None
    return words(title, without=frozenset({"xref", "fn"}))


def authors_of(article: Element) -> tuple[str, ...]:
    """Return the names of the authors in order, given names first."""
    meta = first(article, "article-meta", "front-stub")
    if meta is None:
        return ()
    names = []
    for contributor in (
        one for group in children(meta, "contrib-group") for one in children(group, "contrib")
    ):
        named = next(children(contributor, "name", "string-name", "collab", "name-alternatives"), None)
        if named is not None and attribute(contributor, "contrib-type") in {"author", ""}:
            names.append(name_of(named, given_first=True))
    return tuple(dict.fromkeys(one for one in names if one))


def metadata_of(article: Element) -> Metadata:
    """Return what else the front matter says."""
    meta = first(article, "article-meta", "front-stub")
    found: dict[str, str] = {}
    for one in children(meta, "article-id") if meta is not None else ():
        found.setdefault(attribute(one, "pub-id-type"), words(one))
    year = re.search(r"\d{4}", words(first(first(meta, "pub-date"), "year")))
    pmid = found.get("pmid", "")
    return Metadata(
        article_type=attribute(article, "article-type") or None,
        interests=_interests(article),
        licence=_licence(meta),
        journal=words(first(first(article, "journal-meta"), "journal-title")) or None,
        year=int(year[0]) if year else None,
        doi=doi_in(found.get("doi", "")),
        pmid=pmid if pmid.isdigit() else None,
        pmcid=pmcid_in(found.get("pmc", found.get("pmcid", ""))),
    )


def _licence(meta: Element | None) -> str | None:
    permissions = first(meta, "permissions")
    if permissions is None:
        return None
    links = [value for one in permissions.iter() for value in one.attrib.values()]
    printed = " ".join([*map(str, links), words(permissions)])
    if commons := COMMONS.search(printed):
        return f"CC-{commons[1].upper()}-{commons[2]}"
    if zero := ZERO.search(printed):
        return f"CC0-{zero[1]}"
    return SEE_SOURCE if first(permissions, "license") is not None else None


def _interests(article: Element) -> str | None:
    """Return the statement of competing interests, without its heading."""
    for note in within(article, "fn", "sec", "notes", "ack"):
        title = next(children(note, "title"), None)
        kind = attribute(note, "fn-type") or attribute(note, "sec-type") or attribute(note, "notes-type")
        if kind.lower() in CONFLICT or INTERESTS.fullmatch(words(title)):
            parts = (words(part) for part in children(note) if name(part) not in {"title", "label"})
            return " ".join(part for part in parts if part) or None
    return None
