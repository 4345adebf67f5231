"""What each block is for, by its form and its neighbours: rules that hold for any article."""

from __future__ import annotations

import re
from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING

from loaders.article.blocks import Block, BlockKind
from loaders.article.boundaries import ends_sentence, opens_inside
from loaders.article.bylines import authors_in, looks_like_byline, opens_note
from loaders.article.entries import entries_in

if TYPE_CHECKING:
    from collections.abc import Sequence

# Headings under which nothing is body, with the kind of what stands there.
BACK_MATTER = {
    BlockKind.REFERENCE_LIST: r"references?|reference list|bibliography|literature cited|works cited",
    BlockKind.AUTHOR_NOTE: r"about the authors?",
    BlockKind.CLOSING_NOTE: r"acknowledge?ments?|funding|conflicts? of interests?|competing interests?"
    r"|declarations?|disclosures?|author contributions?|data availability(?: statement)?|abbreviations"
    r"|ethics statement",
}
TABLE = r"(?:[ \t]*\|[^\r\n]*\|[ \t]*(?:\r\n|\r|\n|$))+"
PAGE = r"(?:page[ \t]+)?\d{1,4}(?:[ \t]+of[ \t]+\d+)?"
FURNITURE = re.compile(rf"(?:[-*_][ \t]*){{3,}}|!\[[^\]]*\]\([^)]*\)|{PAGE}|{TABLE}", re.IGNORECASE)
DECORATION = re.compile(r"(?:>[ \t]*[*_]{0,3}|[*_]{1,3})(?=[^\s*_>])")
QUOTE_LINE = re.compile(r"(?<=[\r\n])>[ \t]*")
QUOTED = re.compile(r"(?:“[^“”]+”|«[^«»]+»|„[^„“]+“|\"[^\"]+\")[.!?]?", re.DOTALL)
WORD = re.compile(r"[^\W_]+")
UNREAD = re.compile(r"<sup>[^<]*</sup>|[*_]")
REPEAT = 6  # so many words in the same order are no accident


def classify(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks with their kinds."""
    roles = _Roles(text, blocks)
    roles.mark_back_matter()
    roles.mark_furniture()
    roles.mark_byline()
    roles.mark_pull_quotes()
    roles.mark_author_notes()
    return tuple(roles.blocks)


class _Roles:
    """The blocks of one text while their kinds are found out."""

    def __init__(self, text: str, blocks: Sequence[Block]) -> None:
        self.text = text
        self.blocks = [_bare_heading(text, block) for block in blocks]

    def prose(self, block: Block) -> str:
        return self.text[block.prose : block.end]

    def mark(self, index: int, kind: BlockKind) -> None:
        self.blocks[index] = replace(self.blocks[index], kind=kind)

    def body(self) -> list[int]:
        return [i for i, block in enumerate(self.blocks) if block.kind is BlockKind.BODY]

    def mark_back_matter(self) -> None:
        kind, level = None, 0
        lists: dict[int, list[Block]] = {}
        for i, block in enumerate(self.blocks):
            if block.level:
                found = _back_matter(block.title)
                if found or block.level <= level:
                    kind, level, opened = found, block.level, i
            if kind and block.kind is BlockKind.BODY:
                self.mark(i, kind)
                if kind is BlockKind.REFERENCE_LIST:
                    lists.setdefault(opened, []).append(block)
        for members in lists.values():
            for number in entries_in(self.text, members)[1]:
                self.mark(number - 1, BlockKind.CLOSING_NOTE)

    def mark_furniture(self) -> None:
        for i in self.body():
            if FURNITURE.fullmatch(self.prose(self.blocks[i])):
                self.mark(i, BlockKind.FURNITURE)

    def mark_byline(self) -> None:
        titled = False
        for i, block in enumerate(self.blocks):
            if titled and block.kind is BlockKind.BODY:
                if block.level or not looks_like_byline(self.prose(block)):
                    return
                self.mark(i, BlockKind.BYLINE)
            titled = titled or block.kind is BlockKind.HEADING

    def mark_pull_quotes(self) -> None:
        words = {i: _words(self.prose(self.blocks[i])) for i in self.body()}
        everything = "\n".join(words.values())
        open_piece = False
        for i, own in words.items():
            prose = self.prose(self.blocks[i])
            shape = _shape(prose, open_piece)
            if shape is _Shape.PULL_QUOTE or (shape is _Shape.MAYBE and _repeats(own, everything)):
                self.mark(i, BlockKind.PULL_QUOTE)
            else:
                open_piece = not ends_sentence(prose)

    def mark_author_notes(self) -> None:
        bylines = (self.prose(block) for block in self.blocks if block.kind is BlockKind.BYLINE)
        authors = tuple(name for byline in bylines for name in authors_in(byline))
        last = max(self.body(), default=-1)
        pending: list[int] = []
        for i in range(last, -1, -1):
            block = self.blocks[i]
            if block.level:
                return
            if block.kind is BlockKind.BODY:
                pending.append(i)
                if opens_note(self.prose(block), authors):
                    for note in pending:
                        self.mark(note, BlockKind.AUTHOR_NOTE)
                    pending.clear()
                elif not self.prose(block)[:1].islower():
                    return


def _bare_heading(text: str, block: Block) -> Block:
    """Take "References" alone on its line for a heading, with or without the marks of one."""
    prose = text[block.prose : block.end]
    if block.kind is BlockKind.BODY and not block.level and len(prose) < 40 and _back_matter(prose):
        title = prose.strip("*_ \t")
        return replace(block, prose=block.end, kind=BlockKind.HEADING, level=2, title=title)
    return block


def _back_matter(title: str) -> BlockKind | None:
    for kind, titles in BACK_MATTER.items():
        if re.fullmatch(rf"\W*(?:{titles})\W*", title, re.IGNORECASE):
            return kind
    return None


def _words(prose: str) -> str:
    return " ".join(WORD.findall(UNREAD.sub("", prose))).casefold()


class _Shape(Enum):
    """Whether a block has the form of a pull quote; MAYBE when its words must repeat the body's too."""

    PULL_QUOTE = "pull quote"
    MAYBE = "maybe"
    PROSE = "prose"


def _shape(prose: str, in_broken_paragraph: bool) -> _Shape:
    opening = DECORATION.match(prose)
    inside = QUOTE_LINE.sub("", prose[opening.end() :]).rstrip("*_ \t") if opening else prose
    decorated = opening is not None and not re.search(r"[*_]", inside)
    quoted = QUOTED.fullmatch(inside) is not None
    bare = in_broken_paragraph and ends_sentence(prose) and not opens_inside(prose)
    if decorated and quoted:
        return _Shape.PULL_QUOTE
    return _Shape.MAYBE if decorated or quoted or bare else _Shape.PROSE


def _repeats(own: str, everything: str) -> bool:
    """Whether the words stand in a longer block too: identical paragraphs are no quotes of each other."""
    return own.count(" ") + 1 >= REPEAT and (f" {own}" in everything or f"{own} " in everything)
