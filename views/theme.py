"""Colours of the two themes and how the sign of a relation is drawn.

Text has at least 7:1 and borders and edges at least 3:1 against the ground (WCAG 1.4.6, 1.4.11);
a test computes both. The forms after SBGN Activity Flow: a sign is told by its head, not by colour alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from schema.enums import Direction
from schema.predicates import PREDICATE_BY_NAME


class Sign(StrEnum):
    """What a relation does to its target, as drawn."""

    INCREASES = "increases"
    DECREASES = "decreases"
    OTHER = "other"
    MUTUAL = "mutual"


class Head(StrEnum):
    """The end of an edge; the values are vis-network's arrow types."""

    ARROW = "triangle"
    BAR = "bar"
    OPEN = "vee"
    NONE = ""


HEADS = {Sign.INCREASES: Head.ARROW, Sign.DECREASES: Head.BAR, Sign.OTHER: Head.OPEN, Sign.MUTUAL: Head.NONE}
SIGN_WORDS = {
    Sign.INCREASES: "increases",
    Sign.DECREASES: "decreases",
    Sign.OTHER: "other relation",
    Sign.MUTUAL: "both ways",
}


@dataclass(frozen=True, slots=True)
class Theme:
    """One set of colours, all `#rrggbb`."""

    ground: str
    panel: str
    text: str
    muted: str
    border: str
    line: str
    link: str
    mark: str
    edges: dict[Sign, str]


PALETTES = {
    "light": Theme(
        ground="#ffffff",
        panel="#f4f5f7",
        text="#1a1c1f",
        muted="#45494f",
        border="#222222",
        line="#767b83",
        link="#0a4a8a",
        mark="#7a1fa2",
        edges={
            Sign.INCREASES: "#00704e",
            Sign.DECREASES: "#b8400a",
            Sign.OTHER: "#6a6f76",
            Sign.MUTUAL: "#6a6f76",
        },
    ),
    "dark": Theme(
        ground="#12161c",
        panel="#1c222b",
        text="#f2f4f7",
        muted="#c3c9d2",
        border="#eeeeee",
        line="#8b94a1",
        link="#9ccbff",
        mark="#e0a6ff",
        edges={
            Sign.INCREASES: "#35d0a0",
            Sign.DECREASES: "#ff935c",
            Sign.OTHER: "#9aa3af",
            Sign.MUTUAL: "#9aa3af",
        },
    ),
}


def sign_of(predicate: str, direction: str | None) -> Sign:
    """Return the sign; a foreign predicate has only the direction that it was given."""
    known = PREDICATE_BY_NAME.get(predicate)
    given = direction or (known.direction if known else None)
    if given == Direction.INCREASED:
        return Sign.INCREASES
    if given == Direction.DECREASED:
        return Sign.DECREASES
    return Sign.MUTUAL if known and known.symmetric else Sign.OTHER


def words_of(predicate: str) -> str:
    """Return the predicate as words: `HAS_PART` -> `has part`."""
    known = PREDICATE_BY_NAME.get(predicate)
    return known.words if known else predicate.removeprefix("biolink:").replace("_", " ").lower()
