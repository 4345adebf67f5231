"""What the elements of JATS are for a reader of text. One that is named nowhere stands inside a line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from loaders.article.blocks import BlockKind

if TYPE_CHECKING:
    from collections.abc import Mapping

# What stands under an element, where that is not what stands around it.
KINDS: Mapping[str, BlockKind] = {
    "front": BlockKind.OTHER,
    "front-stub": BlockKind.OTHER,
    "contrib-group": BlockKind.BYLINE,
    "aff": BlockKind.AUTHOR_NOTE,
    "author-notes": BlockKind.AUTHOR_NOTE,
    "bio": BlockKind.AUTHOR_NOTE,
    "abstract": BlockKind.BODY,
    "trans-abstract": BlockKind.BODY,
    "body": BlockKind.BODY,
    "floats-group": BlockKind.BODY,
    "back": BlockKind.CLOSING_NOTE,
    "app": BlockKind.BODY,
    "caption": BlockKind.CAPTION,
    "table-wrap-foot": BlockKind.CAPTION,
    "tr": BlockKind.TABLE,
    "ref": BlockKind.REFERENCE_LIST,
    "attrib": BlockKind.OTHER,
    "alt-text": BlockKind.OTHER,
    "long-desc": BlockKind.OTHER,
    "object-id": BlockKind.OTHER,
    "permissions": BlockKind.OTHER,
}
# Other articles inside the file (reviews, answers): their text is kept, and nothing is read in it.
FOREIGN = frozenset({"sub-article", "response"})
NAMES = """
    article journal-meta article-meta article-categories title-group subtitle alt-title trans-title-group
    corresp fn pub-date history date license license-p kwd-group funding-group award-group counts
    custom-meta-group
    conference sec title p fig fig-group table-wrap table-wrap-group table thead tbody tfoot list list-item
    def-list def-item term def disp-quote boxed-text statement speech verse-group verse-line preformat code
    disp-formula-group ack app-group ref-list fn-group glossary notes supplementary-material media
"""
BLOCKS = frozenset({*KINDS, *FOREIGN, *NAMES.split()})
# One block whatever stands in it.
FLAT = frozenset({"tr", "ref", "contrib-group", "title", "article-title", "kwd-group", "term"})
ABSTRACTS = frozenset({"abstract", "trans-abstract"})
# Elements with a heading of their own; their depth is the heading's level.
SECTIONS = ABSTRACTS | {
    *("sec", "ack", "app", "app-group", "ref-list", "fn-group", "glossary", "notes", "bio", "boxed-text")
}
# Whose label is a block of its own; elsewhere it opens what follows.
LABELLED = SECTIONS | {"fig", "table-wrap", "list-item", "fn", "supplementary-material", "media"}
# What never parts two words.
GLUED = """
    italic bold sub sup sc monospace underline overline strike roman sans-serif ext-link uri named-content
    styled-content xref inline-formula math tex-math fixed-case abbrev td th
"""
FORMATTING = frozenset(GLUED.split())
# What always does.
APART = frozenset({"break", "disp-formula", "label"})
# Kinds whose elements stand side by side, often with nothing between them; else a blank goes there.
LISTED = frozenset({BlockKind.OTHER, BlockKind.BYLINE, BlockKind.AUTHOR_NOTE, BlockKind.REFERENCE_LIST})
PEOPLE: Mapping[str, str] = {"contrib": "; ", "kwd": "; "}
PRINTED: Mapping[str, str] = {
    "name": ", ",
    "string-name": ", ",
    "collab": ", ",
    "etal": ", ",
    "person-group": ". ",
    "article-title": ". ",
    "source": ". ",
    "year": ". ",
    "volume": "; ",
    "issue": ", ",
    "fpage": ": ",
    "elocation-id": ": ",
    "lpage": "-",
    "pub-id": ". ",
}
# A formula in TeX is a document of its own.
TEX = re.compile(r"\\begin\{document\}(.*)\\end\{document\}", re.DOTALL)
# Which child of a formula's element stands above the line.
RAISED: Mapping[str, int] = {"msup": 1, "msubsup": 2}
