"""Decisions on proposed claims: one a line of JSON, and what they make of claims."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import orjson

from loaders.review.fields import as_claim, as_row, edits_row, known, mapping, problem, read_edits, text
from schema.enums import AgentType, ClaimStatus, Described
from schema.orcid import orcid_of
from schema.records import Claim

_DATE = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d{3})?Z)?")
_CLAIM = re.compile(r"mscev\.claim:[0-9a-f]{32}")
_NAMES = ("article", "claim", "decision", "reason", "edits", "reviewer", "date", "proposal")


class Verdict(Described):
    """What a reviewer decides on a proposal."""

    ACCEPTED = "accepted", "kept as it was proposed"
    EDITED = "edited", "kept with other values in some fields"
    REJECTED = "rejected", "not kept; the reason says why"


@dataclass(frozen=True, slots=True)
class Decision:
    """What one reviewer decided on one proposal, and when; of several on a proposal the last counts.

    `claim` is the proposal's id. `edits` are attributes of a claim and their new values. `proposal` is what
    was decided on, so that the decision stands by itself: without it the claim must be found.
    """

    article: str
    claim: str
    verdict: Verdict
    reviewer: str
    date: str
    reason: str | None = None
    edits: tuple[tuple[str, Any], ...] = ()
    proposal: Claim | None = None

    @property
    def order(self) -> tuple[str, str, str, str]:
        """The place of its line in a file: decisions on a proposal stand together, the last one last."""
        return self.claim, self.date, self.reviewer, self.verdict.value

    def outcome(self, proposal: Claim) -> Claim | None:
        """Return the curated claim that the proposal becomes; None where it is rejected."""
        if self.verdict is Verdict.REJECTED:
            return None
        return replace(
            proposal,
            **dict(self.edits),
            status=ClaimStatus.CURATED,
            agent_type=AgentType.MANUAL_VALIDATION,
            reviewer=self.reviewer,
        )


def read_decision(given: Any) -> Decision:
    """Read a decision from JSON; `InvalidRecord` names what is wrong, and what is allowed."""
    row = mapping("decision", given)
    known(row, _NAMES)
    for name in ("article", "claim", "decision", "reviewer", "date"):
        text(name, row.get(name))
    if row["decision"] not in tuple(Verdict):
        raise problem("decision", row["decision"], ", ".join(Verdict))
    if not _CLAIM.fullmatch(row["claim"]):
        raise problem("claim", row["claim"], "the id of a claim, as mscev.claim: and 32 hex digits")
    proposal = as_claim(row["proposal"]) if row.get("proposal") is not None else None
    if proposal is not None and (proposal.id, proposal.article) != (row["claim"], row["article"]):
        raise problem("proposal", proposal.id, f"the proposal {row['claim']} of {row['article']}, unchanged")
    decision = Decision(
        row["article"],
        row["claim"],
        Verdict(row["decision"]),
        orcid_of(row["reviewer"]),
        _date(row["date"]),
        text("reason", row["reason"]) if row.get("reason") else None,
        read_edits(row.get("edits") or {}),
        proposal,
    )
    _check(decision)
    return decision


def _date(given: str) -> str:
    try:
        if _DATE.fullmatch(given):
            datetime.fromisoformat(given)
            return given
    except ValueError:
        pass
    raise problem("date", given, "a date as 2026-11-26, or an instant as 2026-11-26T09:30:00.000Z")


def _check(decision: Decision) -> None:
    if decision.verdict is Verdict.REJECTED and not decision.reason:
        raise problem("reason", decision.reason, "a text: whoever rejects says why")
    if bool(decision.edits) is not (decision.verdict is Verdict.EDITED):
        allowed = "at least one field" if decision.verdict is Verdict.EDITED else "none, unless it is edited"
        raise problem("edits", edits_row(decision.edits), allowed)
    if decision.proposal is not None and decision.edits:
        same = [name for name, value in decision.edits if getattr(decision.proposal, name) == value]
        if len(same) == len(decision.edits):
            raise problem(
                "edits", edits_row(decision.edits), "another value than the proposal has; else accept it"
            )


def as_line(decision: Decision) -> bytes:
    """Return a decision as its one line, fields always in the same order."""
    row = {
        "article": decision.article,
        "claim": decision.claim,
        "decision": decision.verdict.value,
        "reason": decision.reason,
        "edits": edits_row(decision.edits) or None,
        "reviewer": decision.reviewer,
        "date": decision.date,
        "proposal": as_row(decision.proposal) if decision.proposal else None,
    }
    return orjson.dumps({name: value for name, value in row.items() if value is not None}) + b"\n"


def instant(now: datetime, earlier: Iterable[Decision]) -> str:
    """Return a moment as decisions tell it, later than all earlier decisions: the last one counts."""
    moment = f"{now.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.{now.microsecond // 1000:03}Z"
    last = max((decision.date for decision in earlier), default="")
    if moment > last:
        return moment
    seconds, _, rest = last.rstrip("Z").partition(".")
    if "T" not in seconds:  # a day alone, today's or one to come: its first moment is later
        return f"{seconds}T00:00:00.000Z"
    after = datetime.fromisoformat(f"{seconds}+00:00").timestamp() + (int(rest or 0) + 1) / 1000
    return instant(datetime.fromtimestamp(round(after, 3), UTC), ())


def last_ones(decisions: Iterable[Decision]) -> dict[str, Decision]:
    """Return the decision that counts for each proposal."""
    return {decision.claim: decision for decision in sorted(decisions, key=lambda one: one.order)}


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Claims after review, and decisions to keep a claim that had no effect, as nothing holds their claim."""

    claims: tuple[Claim, ...]
    without_claim: tuple[Decision, ...]


def review(
    claims: Iterable[Claim],
    decisions: Iterable[Decision],
    sentences: Mapping[tuple[int, int], str] | None = None,
) -> Reviewed:
    """Return the claims of one article as its reviewers want them, in their order.

    A proposal that nobody finds any longer is taken from its decision where the sentence still stands:
    `sentences` has the hash of each by block and number; without it no place is looked at. Of equal claims a
    hand-made one is kept, else a reviewed one.
    """
    counting = last_ones(decisions)
    kept: dict[str, Claim] = {}
    for claim in claims:
        decision = counting.pop(claim.id, None) if claim.status is ClaimStatus.PROPOSED else None
        found = claim if decision is None else decision.outcome(claim)
        if found is not None:
            _keep(kept, found)
    lost = []
    for decision in counting.values():
        proposal = decision.proposal
        if decision.verdict is Verdict.REJECTED:
            continue
        if proposal is not None and _stands(proposal, sentences):
            _keep(kept, decision.outcome(proposal) or proposal)
        elif decision.claim not in kept:
            lost.append(decision)
    return Reviewed(tuple(kept.values()), tuple(lost))


def reviewed(claims: Iterable[Claim], decisions: Iterable[Decision]) -> Sequence[Claim]:
    """Return the claims of one article as its reviewers want them; `review` tells more."""
    return review(claims, decisions).claims


def _stands(claim: Claim, sentences: Mapping[tuple[int, int], str] | None) -> bool:
    return sentences is None or sentences.get((claim.block, claim.sentence)) == claim.sha256


def _keep(kept: dict[str, Claim], claim: Claim) -> None:
    other = kept.get(claim.id)
    if other is None or _weight(claim) > _weight(other):
        kept[claim.id] = claim


def _weight(claim: Claim) -> int:
    if claim.status is ClaimStatus.PROPOSED:
        return 0
    return 1 if claim.reviewer else 2


@dataclass(frozen=True, slots=True)
class Change:
    """What changes in a graph: claims to write, and ids of claims that are no longer said."""

    put: tuple[Claim, ...]
    drop: tuple[str, ...]


def change(proposals: Mapping[str, Claim], before: Iterable[Decision], after: Iterable[Decision]) -> Change:
    """Return what new decisions change for the proposals, from the decisions that held before.

    Claims that other decisions of the article make are left as they are.
    """
    old, new = last_ones(before), last_ones(after)
    put: dict[str, Claim] = {}
    drop: dict[str, None] = {}
    for id_, proposal in proposals.items():
        former, decision = (found.get(id_) for found in (old, new))
        drop[id_] = None
        if former is not None and (claim := former.outcome(proposal)) is not None:
            drop[claim.id] = None
        now = proposal if decision is None else decision.outcome(proposal)
        if now is not None:
            _keep(put, now)
    others = set(_outcomes(decision for id_, decision in new.items() if id_ not in proposals))
    return Change(tuple(put.values()), tuple(id_ for id_ in drop if id_ not in put and id_ not in others))


def _outcomes(decisions: Iterable[Decision]) -> Iterator[str]:
    for decision in decisions:
        if decision.proposal is not None and (claim := decision.outcome(decision.proposal)) is not None:
            yield claim.id
