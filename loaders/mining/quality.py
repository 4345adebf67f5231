"""How well mentions agree with known ones: a regression check, entity by entity and block by block."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from schema.records import Mention, Span

Place = tuple[str, int]
"""An entity and a block of the article."""


@dataclass(frozen=True, slots=True)
class Pair:
    """That a form names an entity in a block, and where the form stands in it."""

    form: str
    block: int
    entity: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Excluded:
    """A pair that is no naming of the entity, with the reason."""

    form: str
    block: int
    entity: str
    reason: str


@dataclass(frozen=True, slots=True)
class Pairs:
    """What should be found: pairs, those excluded from them, and the blocks (span, number) in text order."""

    pairs: tuple[Pair, ...]
    excluded: tuple[Excluded, ...]
    blocks: tuple[tuple[Span, int], ...]


@dataclass(frozen=True, slots=True)
class Quality:
    """Precision and recall over (entity, block), and what they leave out.

    `found` are right; `missed` should be there; `extra` should not. `nested` are pairs whose every occurrence
    lies inside a longer match; `unjudged` are mentions of entities of which the pairs know nothing.
    """

    precision: float
    recall: float
    found: tuple[Place, ...]
    missed: tuple[Place, ...]
    extra: tuple[Place, ...]
    nested: tuple[Pair, ...]
    unjudged: tuple[Place, ...]
    excluded: tuple[Excluded, ...]


def compare(mentions: Iterable[Mention], pairs: Pairs) -> Quality:
    """Compare mentions with the pairs; one without anything to measure is 1."""
    spans = [(mention.entity, span) for mention in mentions for span in mention.spans]
    named = {(entity, block) for entity, span in spans for block in _blocks(span, pairs)}
    judged = {pair.entity for pair in pairs.pairs}
    left_out = {(e.form, e.block, e.entity) for e in pairs.excluded}
    wanted: dict[Place, list[Pair]] = defaultdict(list)
    for pair in pairs.pairs:
        if (pair.form, pair.block, pair.entity) not in left_out:
            wanted[pair.entity, pair.block].append(pair)
    nested = {
        place: ours
        for place, ours in wanted.items()
        if place not in named and all(_is_nested(pair, spans) for pair in ours)
    }
    right = {place for place in named if place in wanted}
    extra = {place for place in named if place[0] in judged} - right
    missed = set(wanted) - set(nested) - right
    return Quality(
        precision=_ratio(len(right), len(extra)),
        recall=_ratio(len(right), len(missed)),
        found=_sorted(right),
        missed=_sorted(missed),
        extra=_sorted(extra),
        nested=tuple(pair for place in _sorted(nested) for pair in nested[place]),
        unjudged=_sorted(place for place in named if place[0] not in judged),
        excluded=pairs.excluded,
    )


def _blocks(span: Span, pairs: Pairs) -> Iterator[int]:
    return (number for block, number in pairs.blocks if block.start < span.end and span.start < block.end)


def _is_nested(pair: Pair, spans: Sequence[tuple[str, Span]]) -> bool:
    """Whether every occurrence lies inside a longer naming of something else."""
    return all(
        any(
            entity != pair.entity
            and span.start <= inner.start
            and inner.end <= span.end
            and span.end - span.start > inner.end - inner.start
            for entity, span in spans
        )
        for inner in pair.spans
    )


def _ratio(right: int, wrong: int) -> float:
    return right / (right + wrong) if right + wrong else 1.0


def _sorted(places: Iterable[Place]) -> tuple[Place, ...]:
    return tuple(sorted(places, key=lambda place: (place[1], place[0])))
