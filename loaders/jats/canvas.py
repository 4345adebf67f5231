"""The one text that a JATS tree becomes: blocks parted by empty lines, with the place of every character.

Added to the characters of the file are marks only: `#` before headings, `<sup>` around superscripts, `|`
between the cells of a table, and separators where elements stand side by side without any. White space
collapses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from loaders.article.blocks import Block, BlockKind, blank, trim

BLANKS = re.compile(r"[ \t\r\n]+")
SUPERSCRIPT = re.compile(r"</?sup>")


@dataclass(frozen=True, slots=True)
class Role:
    """What a piece of text is: its block's kind, its heading's level, its section and its paragraph."""

    kind: BlockKind
    paragraph: int = 0
    section: int = 0
    level: int = 0


@dataclass(slots=True, eq=False)
class Anchor:
    """Where an element's text stands; `start` is -1 until something is written in it."""

    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class Placed:
    """A block and what it is."""

    block: Block
    role: Role


class Canvas:
    """A text while it is written."""

    def __init__(self) -> None:
        self.placed: list[Placed] = []
        self.length = 0
        self._parts: list[str] = []
        self._open: Role | None = None
        self._first = self._start = 0
        self._space = self._raised = False
        self._anchors: list[Anchor] = []

    @property
    def text(self) -> str:
        """What was written."""
        return "".join(self._parts)

    @property
    def next_number(self) -> int:
        """The number that the next block takes."""
        return len(self.placed) + 1

    def write(self, text: str, role: Role, *, raised: bool = False) -> None:
        """Write text into the open block, or a new one of this role."""
        core = BLANKS.sub(" ", text)
        if not core.strip(" "):
            self._space |= bool(core)
            return
        if self._open is None:
            self.open(role)
        elif core[0] == " ":
            self._space = True
        if self._raised and not raised:
            self._append("</sup>")
        if self._space and self.length > self._start:
            self._append(" ")
        if raised and not self._raised:
            self._append("<sup>")
        self._raised = raised
        for anchor in self._anchors:
            if anchor.start < 0:
                anchor.start = self.length
        self._append(core.strip(" "))
        self._space = core[-1] == " "

    def separate(self, mark: str) -> None:
        """Write a mark behind what the open block holds; nothing where none is open."""
        if self._open is not None and self.length > self._start:
            self._lower()
            self._append(mark.rstrip(" ") if not self._ends_so(mark) else "")
            self._space = self._space or mark.endswith(" ")

    def open(self, role: Role) -> None:
        """Open a block."""
        self.close()
        self._first = len(self._parts)
        self._append("\n\n" if self.placed else "")
        self._start = self.length
        self._append("#" * min(role.level, 6) + " " if role.level else "")
        self._open, self._space = role, False

    def close(self) -> Block | None:
        """Close the open block and return it; None where none is open or nothing in it can be seen."""
        role, self._open = self._open, None
        if role is None:
            return None
        self._lower()
        self._space = False
        written = "".join(self._parts[self._first :])
        if blank(written):
            self._take_back(written)
            return None
        start, end = trim(written, 0, len(written))
        shift = self.length - len(written)
        title = SUPERSCRIPT.sub("", written[start:end].lstrip("#").strip()) if role.level else ""
        start, end = start + shift, end + shift
        prose = end if role.level else start
        block = Block(self.next_number, start, end, prose, role.kind, role.level, title)
        self.placed.append(Placed(block, role))
        return block

    def begin(self) -> Anchor:
        """Note where the next text stands."""
        anchor = Anchor()
        self._anchors.append(anchor)
        return anchor

    def finish(self, anchor: Anchor) -> None:
        """Note where an anchor's text ends; without text, it has a place and no length."""
        self._anchors.remove(anchor)
        anchor.end = self.length
        anchor.start = anchor.end if anchor.start < 0 else anchor.start

    def _take_back(self, written: str) -> None:
        del self._parts[self._first :]
        self.length -= len(written)
        for anchor in self._anchors:
            anchor.start = -1 if anchor.start > self.length else anchor.start

    def _ends_so(self, mark: str) -> bool:
        """Whether a mark would follow a sign that parts as well: "Why?" needs no full stop."""
        return mark[0] in ".,;" and self._parts[-1][-1:] in {".", ",", ";", "?", "!", ":"}

    def _lower(self) -> None:
        if self._raised:
            self._append("</sup>")
            self._raised = False

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self.length += len(text)
