"""What a reviewer sees: proposals with their sentences, who decided what, and how far the work is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import chain, islice
from typing import Any

from api.review.marks import Named, pieces
from graph.connection import Database
from graph.reads.review import ProposalTests, beside, claim_of, proposals
from loaders.review.decisions import Decision, last_ones
from loaders.review.fields import as_row, edits_row
from loaders.review.files import ReviewFolder
from schema.ids import place_key
from schema.records import Claim
from views.legend import kind_mark
from views.theme import words_of

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the queue is wanted: tests, whether it is decided, and which page."""

    tests: ProposalTests
    decided: bool = False
    first: int = 50
    after: tuple[str, str] | None = None


def queue(database: Database, folder: ReviewFolder, asked: Asked) -> Json:
    """Return a page of proposals in the order of the text, with counts and the values to filter by."""
    every = {article: folder.decisions(article) for article in folder.articles()}
    last = {article: last_ones(decisions) for article, decisions in every.items()}
    decided = [claim for one in last.values() for claim in one]
    read = database.value(proposals(asked.tests, decided, 0 if asked.decided else asked.first, asked.after))
    if asked.decided:
        fits = sorted(_decided(last, asked.tests), key=_place)
        total = len(fits)
        claims = list(
            islice((c for c in fits if asked.after is None or _place(c) > asked.after), asked.first)
        )
    else:
        total = read["total"]
        claims = [claim_of(row) for row in read["claims"]]
    by_claim: dict[str, list[Decision]] = {}
    for decisions in every.values():
        for decision in decisions:
            by_claim.setdefault(decision.claim, []).append(decision)
    told = {claim.id: by_claim.get(claim.id, []) for claim in claims}
    return {
        "items": _items(database, claims, told),
        "total": total,
        "next": list(_place(claims[-1])) if len(claims) == asked.first else None,
        "counts": _counts(last, read["articles"], asked.tests.article),
        "articles": [{"id": id_, "title": title, "open": number} for id_, title, number in read["articles"]],
        "rules": [{"name": name, "open": number} for name, number in read["rules"]],
        "predicates": [{"name": name, "open": number} for name, number in read["predicates"]],
        "files": {article: str(folder.path(article)) for article in every},
        "folder": str(folder.folder),
    }


def _place(claim: Claim) -> tuple[str, str]:
    return place_key(claim.article, claim.block, claim.sentence), claim.id


def _decided(last: Mapping[str, Mapping[str, Decision]], tests: ProposalTests) -> Iterable[Claim]:
    for article, decisions in last.items():
        for decision in decisions.values():
            claim = decision.proposal
            if claim is not None and tests.article in {None, article} and _fits(claim, tests):
                yield claim


def _fits(claim: Claim, tests: ProposalTests) -> bool:
    score = claim.score
    return (
        tests.rule in {None, claim.rule}
        and tests.predicate in {None, claim.predicate}
        and (tests.low is None or (score is not None and score >= tests.low))
        and (tests.high is None or (score is not None and score <= tests.high))
    )


def _counts(last: Mapping[str, Mapping[str, Decision]], open_: Sequence[Any], article: str | None) -> Json:
    verdicts = Counter(
        decision.verdict.value
        for name, decisions in last.items()
        if article in {None, name}
        for decision in decisions.values()
    )
    number = sum(number for name, _, number in open_ if article in {None, name})
    return {"open": number} | {name: verdicts[name] for name in ("accepted", "edited", "rejected")}


def _items(database: Database, claims: Sequence[Claim], told: Mapping[str, Sequence[Decision]]) -> list[Json]:
    if not claims:
        return []
    made = [outcome for claim in claims for one in told[claim.id] if (outcome := one.outcome(claim))]
    read = database.value(beside([*claims, *made]))
    names = {id_: _entity(id_, name, kind) for id_, name, kind in read["entities"]}
    sentences = {tuple(row["place"]): row for row in read["sentences"]}
    return [_item(claim, told[claim.id], names, sentences) for claim in claims]


def _item(
    claim: Claim, decisions: Sequence[Decision], names: Mapping[str, Json], sentences: Mapping[Any, Json]
) -> Json:
    place = sentences.get((claim.article, claim.block, claim.sentence))
    row = as_row(claim)
    made = (one.outcome(claim) for one in decisions)
    joined = set(chain.from_iterable(_named_by(one) for one in (claim, *made) if one is not None))
    return {
        "claim": claim.id,
        "article": {"id": claim.article, "title": place["title"] if place else claim.article},
        "place": {
            "section": place["section"] if place else None,
            "page": place["page"] if place else None,
            "paragraph": claim.block,
            "sentence": claim.sentence,
        },
        "sentence": _sentence(place),
        "proposal": row | {"negated": claim.negated, "words": words_of(claim.predicate)},
        "entities": {id_: names[id_] for id_ in sorted(joined) if id_ in names},
        "decisions": [
            {
                "decision": one.verdict.value,
                "reviewer": one.reviewer,
                "date": one.date,
                "reason": one.reason,
                "edits": edits_row(one.edits),
            }
            for one in decisions
        ],
    }


def _named_by(claim: Claim) -> Iterable[str]:
    return claim.subject, claim.object, *claim.mechanisms, *(id_ for _, id_ in claim.context.roles)


def _sentence(place: Json | None) -> Json | None:
    """Return a sentence in pieces, and all that it names; None where no copy of the article was loaded."""
    if place is None or place["quote"] is None:
        return None
    named = [
        Named(id_, tuple(starts), tuple(ends), (name, *forms))
        for id_, name, _, starts, ends, forms in place["mentions"]
    ]
    found = pieces(place["quote"], place["starts"], place["ends"], named)
    return {
        "pieces": [asdict(piece) for piece in found],
        "named": [_entity(id_, name, kind) for id_, name, kind, *_ in place["mentions"]],
    }


def _entity(id_: str, name: str, kind: str) -> Json:
    return {"id": id_, "name": name, "kind": kind, "word": kind_mark(kind, None).word}
