"""Abbreviations that a text defines: "dendritic cells (DCs)", "ND (neurological disorders)".

The long form is found as Schwartz and Hearst do (PSB 2003): backwards, letter by letter, the first letter
at the start of a word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loaders.mining.lexicon import letters_of
from loaders.mining.view import views
from schema.records import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from loaders.mining.lexicon import Lexicon

SHORT = r"[A-Za-z]*[A-Z][A-Za-z0-9-]{1,9}"
AFTER = re.compile(rf"[ \n][(\[]\s*(?P<short>{SHORT})\s*[)\],;]")
BEFORE = re.compile(rf"(?<![\w-])(?P<short>{SHORT})\s\((?P<long>[^()]{{5,80}})\)")
WINDOW = 120
SENTENCE_END = re.compile(r"[.!?;]\s")


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """What a text's abbreviations stand for: entity ids by letters, and (letters, entity) that it denies."""

    meant: dict[str, str]
    denied: frozenset[tuple[str, str]]


def abbreviations(text: str, lexicon: Lexicon, named: Callable[[str], set[str]]) -> Abbreviations:
    """Return the abbreviations that a text defines; `named` gives the entities that a phrase names.

    An abbreviation of the lexicon is denied to its entity where the text gives it to something else.
    """
    meant: dict[str, str] = {}
    denied: set[tuple[str, str]] = set()
    for short, long in _definitions(text):
        ours = lexicon.get(short)
        theirs = lexicon.get(long)
        if ours is not None and ours.entity in named(long):
            meant[short] = ours.entity
        elif theirs is not None:
            meant.setdefault(short, theirs.entity)
        if ours is not None and meant.get(short) != ours.entity:
            denied.add((short, ours.entity))
    return Abbreviations(meant, frozenset(d for d in denied if meant.get(d[0]) != d[1]))


def long_form(short: str, before: str) -> str | None:
    """Return the end of a text that an abbreviation after it stands for; None when it fits none.

    >>> long_form("ND", "such as neurological disorders")
    'neurological disorders'
    """
    at = len(before)
    letters = letters_of(short).lower()
    lower = before.lower()
    for i, letter in reversed(list(enumerate(letters))):
        at -= 1
        while at >= 0 and (lower[at] != letter or (i == 0 and at > 0 and lower[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return None
    found = before[at:]
    most = min(len(letters) + 5, 2 * len(letters))
    return found if len(found.split()) <= most and len(found) > len(short) else None


def _definitions(text: str) -> Iterator[tuple[str, str]]:
    """Yield abbreviations without their plural s, and long forms as they read."""
    for match in AFTER.finditer(text):
        short = _singular(match["short"])
        start = max(0, match.start() - WINDOW)
        before = _readable(text, start, match.start())
        before = before[max((end.end() for end in SENTENCE_END.finditer(before)), default=0) :]
        long = long_form(short, before) if _is_short(short) else None
        if long is not None:
            yield short, long
    for match in BEFORE.finditer(text):
        short = _singular(match["short"])
        long = _readable(text, match.start("long"), match.end("long"))
        if _is_short(short) and long_form(short, long) == long:
            yield short, long


def _readable(text: str, start: int, end: int) -> str:
    return next(views(text, (Span(start, end),))).plain.strip()


def _singular(short: str) -> str:
    return short[:-1] if short.endswith("s") and short[:-1].upper() == short[:-1] else short


def _is_short(short: str) -> bool:
    return sum(map(str.isupper, short)) >= 2
