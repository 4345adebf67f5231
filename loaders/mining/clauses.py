"""A sentence as rules read it: words, and mentions as single tokens; what stands in brackets left out."""

# ruff: noqa: RUF001, SIM905 - lists of words read as one

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loaders.mining.view import BREAK, View

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from loaders.mining.tagger import Found

TOKEN = re.compile(r"\(|\)|\[|\]|[,;:.?!]|(?:(?!--)[\w'’+/%-])+|[^\s\w]")
JOINTS = frozenset({"and", "or", "nor", "and/or", "&"})
# Words that may stand before a further item of a list: they change nothing in what is named.
FILLERS = frozenset(
    "the a an its their both also serum plasma human murine mouse rat circulating systemic local total "
    "increased decreased more less of level levels expression concentration concentrations production "
    "secretion release activity amount amounts number numbers vascular proinflammatory inflammatory".split()
)
FINITE = frozenset(
    "is are was were has had have did does do may might could can will would rose fell".split()
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word in lower case, or a mention: the entities that it names (several where it is a list)."""

    text: str
    start: int
    end: int
    entities: tuple[tuple[str, tuple[int, int]], ...] = ()

    @property
    def is_mention(self) -> bool:
        """Whether it names something."""
        return bool(self.entities)


def tokens(view: View, found: Sequence[Found]) -> list[Token]:
    """Return the tokens of a sentence; of names inside one another the outer one."""
    named = _mentions(view, found)
    out: list[Token] = []
    at = 0
    for token in named:
        out += _words(view.plain, at, token.start)
        out.append(token)
        at = token.end
    out += _words(view.plain, at, len(view.plain))
    return _grouped(_without_asides(out))


def _mentions(view: View, found: Sequence[Found]) -> list[Token]:
    placed: list[tuple[int, int, str]] = []
    for mention in found:
        start = bisect_left(view.starts, mention.spans[0].start)
        end = bisect_right(view.ends, mention.spans[-1].end)
        if start < end:
            placed.append((start, end, mention.entity))
    out: list[Token] = []
    for start, end, entity in sorted(placed, key=lambda p: (p[0], -p[1])):
        if out and start < out[-1].end:
            last = out[-1]
            if end <= last.end and len(last.entities) == 1 and (start, end) != last.entities[0][1]:
                continue  # inside a longer name
            held = (*last.entities, (entity, (start, end)))
            out[-1] = Token("", last.start, max(end, last.end), held)
        else:
            out.append(Token("", start, end, ((entity, (start, end)),)))
    return out


def _words(plain: str, start: int, end: int) -> Iterable[Token]:
    for match in TOKEN.finditer(plain, start, end):
        if match[0] != BREAK:
            yield Token(match[0].lower().replace("’", "'"), match.start(), match.end())


def _without_asides(given: list[Token]) -> list[Token]:
    depth = 0
    out: list[Token] = []
    for token in given:
        if token.text in {"(", "["}:
            depth += 1
        elif token.text in {")", "]"}:
            depth = max(0, depth - 1)
        elif depth == 0:
            out.append(token)
    return out if depth == 0 else [t for t in given if t.text not in {"(", ")", "[", "]"}]


def _grouped(given: list[Token]) -> list[Token]:
    """Join the mentions of a list "A, B and C" into one token; a list without its last joint is none."""
    out: list[Token] = []
    at = 0
    while at < len(given):
        token = given[at]
        end = _list_end(given, at) if token.is_mention else None
        if end is None:
            out.append(token)
            at += 1
            continue
        items = [t for t in given[at:end] if t.is_mention]
        out.append(Token("", token.start, items[-1].end, tuple(e for t in items for e in t.entities)))
        at = end
    return out


def _list_end(given: Sequence[Token], start: int) -> int | None:
    """Return the index after a list that begins here; None where there is no list."""
    at, end, commas = start + 1, None, 0
    while at < len(given):
        joint = at
        while joint < len(given) and given[joint].text == ",":
            joint += 1
        last = joint < len(given) and (given[joint].text in JOINTS or _as_well_as(given, joint))
        if last:
            joint += 3 if _as_well_as(given, joint) else 1
        if joint == at:
            break
        item = joint
        while item < len(given) and item - joint < 3 and given[item].text in FILLERS:
            item += 1
        if item >= len(given) or not given[item].is_mention:
            break
        after = given[item + 1].text if item + 1 < len(given) else ""
        if last and after in FINITE and _verb_before(given, start):
            break  # a clause of its own: "lowered A, and B was raised"
        at = item + 1
        if last:
            end, commas = at, 0
        else:
            commas += 1
    return end


def _as_well_as(given: Sequence[Token], at: int) -> bool:
    return [t.text for t in given[at : at + 3]] == ["as", "well", "as"]


def _verb_before(given: Sequence[Token], start: int) -> bool:
    """Whether the clause that the list stands in has said something before it."""
    for token in reversed(given[:start]):
        if token.text in {";", ":", "."}:
            return False
        if (
            token.text.endswith("ed")
            or token.text in FINITE
            or (token.text.endswith("s") and len(token.text) > 4)
        ):
            return True
    return False
