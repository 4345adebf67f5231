"""A sentence in pieces: which of its words name an entity."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Named:
    """An entity that a sentence names: where in the file (half-open), and what it is called."""

    id: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a sentence, and the entity that they name, if any."""

    text: str
    entity: str | None = None


def pieces(quote: str, starts: Sequence[int], ends: Sequence[int], named: Iterable[Named]) -> list[Piece]:
    """Return the quote in pieces that together are the quote.

    `starts` and `ends` are the sentence's spans in the file. Where layout broke the sentence or white space
    was collapsed, offsets no longer say where the words are: then they are looked for near by. What overlaps
    a longer name that begins before it is left out.
    """
    exact = len(starts) == 1 and ends[0] - starts[0] == len(quote)
    found = []
    for entity in named:
        for start, end in zip(entity.starts, entity.ends, strict=True):
            at = start - starts[0] if starts else 0
            place = (at, at + end - start) if exact else _near(quote, at, entity.forms)
            if place is not None and 0 <= place[0] < place[1] <= len(quote):
                found.append((place[0], -place[1], entity.id))
    return list(_cut(quote, sorted(set(found))))


def _near(quote: str, at: int, forms: Sequence[str]) -> tuple[int, int] | None:
    """Return where one of the forms stands as whole words, nearest to a place; of equals the longest."""
    places = [
        match.span()
        for form in forms
        if form.strip()
        for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", quote, re.IGNORECASE)
    ]
    return min(places, key=lambda place: (abs(place[0] - at), place[0] - place[1]), default=None)


def _cut(quote: str, found: Sequence[tuple[int, int, str]]) -> Iterable[Piece]:
    done = 0
    for start, negative_end, entity in found:
        if start < done:
            continue
        if start > done:
            yield Piece(quote[done:start])
        done = -negative_end
        yield Piece(quote[start:done], entity)
    if done < len(quote):
        yield Piece(quote[done:])
