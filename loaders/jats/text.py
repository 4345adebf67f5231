"""A JATS tree written as one text: which elements are blocks, what each is, and where anchors stand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

from loaders.article.blocks import Block, BlockKind
from loaders.jats.canvas import Anchor, Canvas, Placed, Role
from loaders.jats.tree import Element, children, name, walk
from loaders.jats.vocabulary import (
    ABSTRACTS,
    APART,
    BLOCKS,
    FLAT,
    FOREIGN,
    FORMATTING,
    KINDS,
    LABELLED,
    LISTED,
    PEOPLE,
    PRINTED,
    RAISED,
    SECTIONS,
    TEX,
)


@dataclass(frozen=True, slots=True)
class _Frame:
    """An element that is open, and what holds inside it."""

    tag: str
    kind: BlockKind = BlockKind.OTHER
    depth: int = 1
    section: int = 0
    paragraph: int = 0
    heading: int = 0
    flat: bool = False
    foreign: bool = False
    math: bool = False
    raised: bool = False
    hidden: str = ""
    is_block: bool = False
    anchor: Anchor | None = None


@dataclass(slots=True)
class Entry:
    """One `ref` with its block and where its label ends; no block where it holds no text."""

    element: Element
    block: Block | None = None
    label_end: int = 0


@dataclass(slots=True)
class Written:
    """A tree as text, with what the reader needs of it."""

    text: str = ""
    placed: tuple[Placed, ...] = ()
    entries: list[Entry] = field(default_factory=list)
    anchors: list[tuple[Element, Anchor]] = field(default_factory=list)
    unread: Counter[str] = field(default_factory=Counter)


def write(article: Element, file: str) -> Written:
    """Write an article's tree as text."""
    return _Writer(file).run(article)


class _Writer:
    def __init__(self, file: str) -> None:
        self.file = file
        self.canvas = Canvas()
        self.frames = [_Frame("")]
        self.written = Written()
        self.paragraphs = 0

    def run(self, article: Element) -> Written:
        for event, value in walk(article, self.file):
            if event == "start":
                self.start(value)
            elif event == "end":
                self.end(value)
            else:
                self.say(value)
        self.written.text = self.canvas.text
        self.written.placed = tuple(self.canvas.placed)
        return self.written

    def start(self, element: Element) -> None:
        tag, around = name(element), self.frames[-1]
        frame = self._inside(element, tag, around)
        if frame.hidden and not around.hidden:
            self.written.unread[frame.hidden] += 1
        if frame.is_block:
            self.canvas.close()
        elif not frame.hidden:
            self._part(element, tag, around)
        if tag == "tr" and frame.is_block:
            self.canvas.write("| ", self._role(frame))
        if tag == "ref" and frame.is_block and not frame.foreign:
            self.written.entries.append(Entry(element))
        if (
            tag == "xref"
            and not (around.foreign or around.hidden)
            and around.kind is not BlockKind.REFERENCE_LIST
        ):
            frame = replace(frame, anchor=self.canvas.begin())
        self.frames.append(frame)
        if tag in ABSTRACTS and not frame.foreign and next(children(element, "title"), None) is None:
            self._headed("Abstract")

    def end(self, element: Element) -> None:
        frame = self.frames.pop()
        around = self.frames[-1]
        if frame.anchor is not None:
            self.canvas.finish(frame.anchor)
            self.written.anchors.append((element, frame.anchor))
        if frame.tag in {"td", "th"} and around.tag == "tr":
            self.canvas.separate(" | ")
        if frame.tag == "mfenced" and not frame.hidden:
            self.canvas.separate(element.get("close", ")"))
        if frame.tag == "label" and around.tag == "ref" and self.written.entries:
            self.written.entries[-1].label_end = self.canvas.length
        if not frame.is_block:
            if frame.tag in APART and not frame.hidden:
                self.canvas.write(" ", self._role(around))
            return
        block = self.canvas.close()
        if block is not None and block.level:
            self._enter(block.number, -1 if frame.tag == "title" else -len(self.frames))
        if frame.tag == "ref" and not frame.foreign:
            self.written.entries[-1].block = block

    def say(self, text: str) -> None:
        frame = self.frames[-1]
        if frame.hidden:
            return
        if frame.tag == "tex-math":
            formula = TEX.search(text)
            text = formula[1].strip() if formula else text
        elif frame.math and frame.tag != "mtext":
            text = text.strip()
        self.canvas.write(text, self._role(frame), raised=frame.raised)

    def _inside(self, element: Element, tag: str, around: _Frame) -> _Frame:
        is_block = not around.flat and (tag in BLOCKS or self._is_leaf(tag, around))
        frame = replace(around, tag=tag, anchor=None, is_block=is_block)
        if tag in FOREIGN:
            frame = replace(frame, foreign=True, kind=BlockKind.OTHER)
        elif tag in KINDS and not frame.foreign and not (around.flat and tag != "tr"):
            frame = replace(frame, kind=KINDS[tag])
        elif tag == "label" and is_block and not frame.foreign:
            frame = replace(frame, kind=BlockKind.OTHER)
        if is_block:
            self.paragraphs += 1
            frame = replace(frame, paragraph=self.paragraphs, heading=0, flat=tag in FLAT)
        if tag in SECTIONS:
            frame = replace(frame, depth=around.depth + 1)
        if self._is_heading(tag, around) and not frame.foreign:
            level = 1 if tag == "article-title" else around.depth
            frame = replace(frame, heading=level, kind=BlockKind.HEADING)
        elif tag == "title" and around.tag not in SECTIONS and frame.kind is not BlockKind.CAPTION:
            frame = replace(frame, kind=BlockKind.OTHER)
        return self._formula(element, tag, around, frame)

    def _formula(self, element: Element, tag: str, around: _Frame, frame: _Frame) -> _Frame:
        if tag in {"annotation", "annotation-xml"} or (tag == "tex-math" and _has_math(element)):
            return replace(frame, hidden="second form of a formula")
        at = RAISED.get(around.tag)
        raised = (
            around.raised or tag == "sup" or (at is not None and element.getparent().index(element) == at)
        )
        return replace(frame, math=around.math or tag == "math", raised=raised)

    @staticmethod
    def _is_leaf(tag: str, around: _Frame) -> bool:
        return (tag == "article-title" and around.tag == "title-group") or (
            tag == "label" and around.tag in LABELLED
        )

    @staticmethod
    def _is_heading(tag: str, around: _Frame) -> bool:
        if tag == "article-title":
            return around.tag == "title-group" and not around.flat
        return tag == "title" and around.tag in SECTIONS and not around.flat

    def _part(self, element: Element, tag: str, around: _Frame) -> None:
        """Part an element from what stands before it, where the file does not."""
        if around.tag == "mfrac" and element.getprevious() is not None:
            self.canvas.separate("/")
        if tag == "mfenced":
            self.canvas.write(element.get("open", "("), self._role(around), raised=around.raised)
        if tag in APART or (around.flat and tag in BLOCKS):
            self.canvas.write(" ", self._role(around))
        before = element.getprevious()
        if around.kind not in LISTED or around.math or before is None or before.tail:
            return
        empty = not element.text and not len(element)
        glued = tag in FORMATTING and not (tag == "xref" and around.kind is BlockKind.BYLINE)
        if not empty and not glued:
            marks = PRINTED if around.kind is BlockKind.REFERENCE_LIST else PEOPLE
            self.canvas.separate(marks.get(tag, " "))

    def _headed(self, title: str) -> None:
        """Write a heading that the file leaves to its reader."""
        frame = self.frames[-1]
        self.canvas.write(title, Role(BlockKind.HEADING, level=frame.depth))
        block = self.canvas.close()
        if block is not None:
            self._enter(block.number, -1)

    def _enter(self, section: int, start: int) -> None:
        """Let what follows stand in a section: in the element whose title it is, or everywhere."""
        for i in range(len(self.frames) + start, len(self.frames)):
            self.frames[i] = replace(self.frames[i], section=section)

    @staticmethod
    def _role(frame: _Frame) -> Role:
        return Role(frame.kind, frame.paragraph, frame.section, frame.heading)


def _has_math(element: Element) -> bool:
    return next(children(element.getparent(), "math"), None) is not None
