"""The legend: one entry for each kind and each manner of relation that is in the picture."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from schema.kinds import FOREIGN, KIND_BY_NAME, Shape
from views.papers import PAPERS
from views.picture import EdgeMark, KindMark, LegendRow
from views.text import one_line, shorten, width
from views.theme import SIGN_WORDS, Sign

SIZE = 16.0
ROW = 27.0
SYMBOL = 34.0
LINE_SYMBOL = 46.0
_GAPS = (26.0, 20.0, 15.0)  # the widest that takes fewest lines
_WORD_LIMIT = 240.0
HEDGED, NEGATED = "hedged (may, suggests)", "said not to hold"
_ORDER = {name: place for place, name in enumerate((*KIND_BY_NAME, *PAPERS))}


def kind_mark(name: str, category: str | None) -> KindMark:
    """Return how a kind is drawn; one that the schema does not know is a grey circle with its own name."""
    if name in PAPERS:
        return PAPERS[name]
    known = KIND_BY_NAME.get(name)
    if known:
        return KindMark(known.name, known.word, known.shape, known.colour)
    if name == FOREIGN.name and category:
        name = ""  # its class says what it is
    word = one_line(name) or one_line(category).removeprefix("biolink:") or "entity"
    return KindMark(one_line(name), word, Shape.CIRCLE, "#bbbbbb")


def rows(kinds: Iterable[KindMark], edges: Sequence[EdgeMark]) -> list[LegendRow]:
    """Return the entries in the schema's order, without places."""
    used = sorted(set(kinds), key=lambda k: (_ORDER.get(k.name, len(_ORDER)), k.name))
    found = [LegendRow(kind.word, 0, 0, kind=kind) for kind in used]
    for sign in Sign:
        words = {edge.words for edge in edges if edge.sign is sign and not edge.edge.uncertain}
        if words:
            word = words.pop() if len(words) == 1 else SIGN_WORDS[sign]
            head = next(edge.head for edge in edges if edge.sign is sign)
            found.append(LegendRow(word, 0, 0, sign=sign, head=head))
    hedged = {HEDGED if edge.edge.claims else edge.words for edge in edges if edge.hedged}
    if hedged:
        word = hedged.pop() if len(hedged) == 1 else HEDGED
        found.append(LegendRow(word, 0, 0, sign=Sign.OTHER, hedged=True))
    if any(edge.negated for edge in edges):
        found.append(LegendRow(NEGATED, 0, 0, sign=Sign.OTHER, negated=True))
    return found


def flow(
    entries: Iterable[LegendRow], left: float, limit: float, scale: float
) -> tuple[list[LegendRow], int]:
    """Return the entries side by side in lines of at most `limit`, `y` from 0, and the number of lines.

    Relations begin a line of their own where not all fits into one.
    """
    cut = [replace(e, word=shorten(one_line(e.word), SIZE * scale, _WORD_LIMIT * scale)) for e in entries]
    tried = [_set(cut, left, limit, gap * scale, scale) for gap in _GAPS]
    return min(tried, key=lambda found: found[1])


def _set(
    entries: Sequence[LegendRow], left: float, limit: float, gap: float, scale: float
) -> tuple[list[LegendRow], int]:
    wides = [scale * (SYMBOL if e.kind else LINE_SYMBOL) + width(e.word, SIZE * scale) for e in entries]
    fits = sum(wides) + gap * (len(entries) - 1) <= limit
    placed: list[LegendRow] = []
    x, line = left, 0
    for before, entry, wide in zip([None, *entries], entries, wides, strict=False):
        relations_begin = bool(before and before.kind and not entry.kind)
        if x > left and (x + wide > left + limit or (relations_begin and not fits)):
            x, line = left, line + 1
        placed.append(replace(entry, x=round(x, 1), y=round(line * ROW * scale, 1)))
        x += wide + gap
    return placed, line + 1 if placed else 0
