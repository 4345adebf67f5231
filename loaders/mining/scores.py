"""How well mining does on annotated texts: mentions, proposals, and co-occurrence beside them.

A mention is right where span and kind are those that were read. A proposal is right where its subject, its
predicate, its object and its negation are. `same_sign` takes predicates of one direction for the same
(lowers, inhibits, improves a disease), as a reader does who asks what lowers what; `pairs` takes any.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations

from loaders.article.document import parse
from loaders.mining.annotated import Annotated, Naming, Stated
from loaders.mining.proposals import Miner, Proposal, Proposals
from schema.records import Span

SIGNS = {
    **dict.fromkeys(("DECREASES", "INHIBITS", "DOWNREGULATES", "DISRUPTS"), "down"),
    **dict.fromkeys(("INCREASES", "ACTIVATES", "UPREGULATES", "CAUSES", "CONTRIBUTES_TO"), "up"),
    **dict.fromkeys(("CARRIES", "DELIVERS", "SECRETES", "EXPRESSES"), "holds"),
}
RAISED = frozenset({"Outcome", "BiologicalProcess"})


@dataclass(frozen=True, slots=True)
class Ratio:
    """What was found and right, found and wrong, and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1 where nothing was."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Share of what was read that is found; 1 where nothing was."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __add__(self, other: Ratio) -> Ratio:
        """Add the counts."""
        return Ratio(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)


NONE = Ratio(0, 0, 0)
MEASURED = ("mentions", "overlapping", "ids", "proposals", "same_sign", "pairs", "cooccurrence")


@dataclass(frozen=True, slots=True)
class Scores:
    """Figures over a set of texts; `ids` are over right mentions whose identifier was read too."""

    texts: int
    mentions: Ratio
    overlapping: Ratio
    ids: Ratio
    proposals: Ratio
    same_sign: Ratio
    pairs: Ratio
    cooccurrence: Ratio


def as_shares(scores: Scores) -> dict[str, dict[str, float]]:
    """Return the figures as plain values, by what was measured."""
    ratios = {name: getattr(scores, name) for name in MEASURED}
    return {
        name: {"precision": r.precision, "recall": r.recall, "f1": r.f1, **asdict(r)}
        for name, r in ratios.items()
    }


def score(texts: Iterable[Annotated], miner: Miner) -> Scores:
    """Measure over texts."""
    total = [NONE] * 7
    count = 0
    for text in texts:
        count += 1
        found = miner.propose(parse(text.text, file=text.name))
        ratios = (*_mentions(text, found), *_proposals(text, found), _cooccurrence(text, found))
        total = [a + b for a, b in zip(total, ratios, strict=True)]
    return Scores(count, *total)


def _read(text: Annotated) -> list[Naming]:
    return [mention for mentions in text.mentions for mention in mentions]


def _hull(spans: Sequence[Span]) -> Span:
    return Span(spans[0].start, spans[-1].end)


def _mentions(text: Annotated, found: Proposals) -> tuple[Ratio, Ratio, Ratio]:
    kinds = {entity.id: entity.kind for entity in found.entities}
    ours = {(_hull(f.spans).start, _hull(f.spans).end, kinds[f.entity]): f.entity for _, f in found.namings}
    theirs = {(m.span.start, m.span.end, m.kind): m for m in _read(text)}
    both = ours.keys() & theirs.keys()
    with_id = [key for key in both if theirs[key].id]
    same = sum(ours[key] == theirs[key].id for key in with_id)
    touched = {key for key in ours if any(_touch(key, other) for other in theirs)}
    reached = {other for other in theirs if any(_touch(key, other) for key in ours)}
    return (
        Ratio(len(both), len(ours) - len(both), len(theirs) - len(both)),
        Ratio(len(touched), len(ours) - len(touched), len(theirs) - len(reached)),
        Ratio(same, len(with_id) - same, 0),
    )


def _touch(a: tuple[int, int, str], b: tuple[int, int, str]) -> bool:
    return a[0] < b[1] and b[0] < a[1] and a[2] == b[2]


def _proposals(text: Annotated, found: Proposals) -> tuple[Ratio, Ratio, Ratio]:
    kinds = {entity.id: entity.kind for entity in found.entities}
    return tuple(_matched(text, found.proposals, kinds, how) for how in ("same", "sign", "pair"))  # type: ignore[return-value]


def _matched(text: Annotated, ours: Sequence[Proposal], kinds: dict[str, str], how: str) -> Ratio:
    left = list(text.claims)
    right = 0
    for proposal in ours:
        match = next((claim for claim in left if _is_same(text, proposal, claim, kinds, how)), None)
        if match is not None:
            left.remove(match)
            right += 1
    return Ratio(right, len(ours) - right, len(left))


def _is_same(text: Annotated, ours: Proposal, theirs: Stated, kinds: dict[str, str], how: str) -> bool:
    ends = ((ours.subject, theirs.subject), (ours.object, theirs.object))
    if not all(_is_named(text, theirs.sentence, spans, end) for spans, end in ends):
        return False
    if how == "pair":
        return True
    if ours.claim.negated != theirs.negated:
        return False
    if how == "same":
        return ours.claim.predicate == theirs.predicate
    kind = kinds[ours.claim.object]
    return _sign(ours.claim.predicate, kind) == _sign(theirs.predicate, kind)


def _sign(predicate: str, kind: str) -> str:
    if predicate == "IMPROVES":
        return "up" if kind in RAISED else "down"
    return SIGNS.get(predicate, predicate)


def _is_named(text: Annotated, sentence: int, spans: Sequence[Span], name: str) -> bool:
    hull = _hull(spans)
    return any(
        m.text == name and m.span.start < hull.end and hull.start < m.span.end
        for m in text.mentions[sentence]
    )


def _cooccurrence(text: Annotated, found: Proposals) -> Ratio:
    """Take each pair of entities of a sentence for a claim; it is right where any claim joins them."""
    by_sentence: dict[tuple[int, int], dict[str, list[Span]]] = {}
    for sentence, naming in found.namings:
        place = (sentence.block, sentence.sentence)
        by_sentence.setdefault(place, {}).setdefault(naming.entity, []).append(_hull(naming.spans))
    pairs = [(a, b) for named in by_sentence.values() for a, b in combinations(named.values(), 2)]
    left: Counter[Stated] = Counter(text.claims)
    right = 0
    for a, b in pairs:
        for claim in left:
            if left[claim] and (_joins(text, claim, a, b) or _joins(text, claim, b, a)):
                left[claim] -= 1
                right += 1
                break
    return Ratio(right, len(pairs) - right, left.total())


def _joins(text: Annotated, claim: Stated, subject: Sequence[Span], object_: Sequence[Span]) -> bool:
    return any(_is_named(text, claim.sentence, (span,), claim.subject) for span in subject) and any(
        _is_named(text, claim.sentence, (span,), claim.object) for span in object_
    )


def differences(text: Annotated, miner: Miner) -> Iterator[str]:
    """Yield what is missed and what is too much in one text, a line each."""
    found = miner.propose(parse(text.text, file=text.name))
    kinds = {entity.id: entity.kind for entity in found.entities}
    ours = {(_hull(f.spans).start, _hull(f.spans).end, kinds[f.entity]) for _, f in found.namings}
    theirs = {(m.span.start, m.span.end, m.kind) for m in _read(text)}
    for start, end, kind in sorted(theirs - ours):
        yield f"missed mention: {text.text[start:end]} ({kind})"
    for start, end, kind in sorted(ours - theirs):
        yield f"extra mention: {text.text[start:end]} ({kind})"
    left = list(text.claims)
    for proposal in found.proposals:
        match = next((c for c in left if _is_same(text, proposal, c, kinds, "same")), None)
        if match is not None:
            left.remove(match)
            continue
        claim = proposal.claim
        subject, object_ = (
            text.text[_hull(s).start : _hull(s).end] for s in (proposal.subject, proposal.object)
        )
        denied = " (negated)" if claim.negated else ""
        yield f"extra claim: {subject} {claim.predicate} {object_}{denied} [{claim.rule}]"
    for claim_ in left:
        denied = " (negated)" if claim_.negated else ""
        yield f"missed claim: {claim_.subject} {claim_.predicate} {claim_.object}{denied}"
