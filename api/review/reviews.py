"""Reviews of one graph: decisions go to the files first, then to the graph; both or neither."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from graph.connection import Database
from graph.reads.review import claim_of, claims_by_id, known_to
from graph.reviews import write_review
from loaders.review.decisions import Change, Decision, change, instant, last_ones, read_decision
from loaders.review.fields import as_row, problem
from loaders.review.files import BadLine, Decisions, ReviewFolder, read_lines
from schema.enums import ClaimStatus
from schema.errors import InvalidRecord, MscevError, NotFound
from schema.orcid import orcid_of
from schema.records import Claim
from schema.validate import check_claim


@dataclass(slots=True)
class Loaded:
    """What came of loading files: decisions that count by verdict, how many are new, lines left out.

    `waiting` are articles that are not loaded: their decisions are kept, and applied when they are.
    """

    files: list[str] = field(default_factory=list)
    verdicts: Counter[str] = field(default_factory=Counter)
    new: int = 0
    waiting: list[str] = field(default_factory=list)
    bad: list[BadLine] = field(default_factory=list)


class Reviews:
    """Decides, takes back and loads. Its calls block: a service makes them in threads."""

    def __init__(self, database: Database, folder: ReviewFolder) -> None:
        self._database = database
        self.folder = folder

    def decide(self, article: str, claim: str, given: Mapping[str, Any]) -> Decision:
        """Keep one decision; `given` has decision, reason, edits and reviewer, as in a file.

        Raises `NotFound` for what is no proposal, `InvalidRecord` for what the schema does not allow.
        """
        proposal = as_row(self._proposal(article, claim))
        made: list[Decision] = []

        def add(before: Decisions) -> Iterable[Decision]:
            date = instant(datetime.now(UTC), (one for one in before if one.claim == claim))
            row = {"article": article, "claim": claim, "date": date, "proposal": proposal}
            made.append(read_decision({**given, **row}))
            return (*before, made[-1])

        self._commit(article, {claim}, add)
        return made[-1]

    def undo(self, article: str, claim: str, reviewer: str) -> Decision:
        """Take back a reviewer's last decision on a proposal; `NotFound` where there is none."""
        person = orcid_of(reviewer)
        taken: list[Decision] = []

        def remove(before: Decisions) -> Iterable[Decision]:
            mine = [one for one in before if (one.claim, one.reviewer) == (claim, person)]
            if not mine:
                raise NotFound(f"{person} has decided nothing on {claim}", given=claim)
            taken.append(mine[-1])
            return (one for one in before if one != mine[-1])

        self._commit(article, {claim}, remove)
        return taken[-1]

    def load(self, paths: Iterable[Path]) -> Loaded:
        """Take the decisions of files into the folder and apply them; again, it changes nothing.

        A line that is no decision, and one whose claim is unknown or not allowed, is left out and told.
        """
        report = Loaded()
        by_article: dict[str, dict[Decision, tuple[str, int]]] = {}
        for path in paths:
            found, bad = read_lines(path)
            report.files.append(str(path))
            report.bad += bad
            for decision, line in found.items():
                by_article.setdefault(decision.article, {}).setdefault(decision, (str(path), line))
        for article, places in sorted(by_article.items()):
            whole = self._whole(article, places)
            problems = self._problems([one for one in whole.values() if one is not None])
            kept = []
            for given, judged in whole.items():
                if judged is None:
                    allowed = "the id of a loaded proposal; or give the proposal in the line"
                    report.bad.append(BadLine(*places[given], problem("claim", given.claim, allowed).message))
                elif judged in problems:
                    report.bad.append(BadLine(*places[given], problems[judged].message))
                else:
                    kept.append(judged)
            before, after = self._commit(article, {one.claim for one in kept}, _joined_with(kept))
            report.new += len(after) - len(before)
            report.verdicts.update(one.verdict.value for one in last_ones(kept).values())
            if article not in self._known([one.proposal for one in kept if one.proposal])["articles"]:
                report.waiting.append(article)
        return report

    def _commit(
        self, article: str, claims: set[str], work: Callable[[Decisions], Iterable[Decision]]
    ) -> tuple[Decisions, Decisions]:
        """Change the decisions on some claims in the file, then in the graph; if that fails, neither."""
        plans: list[Change] = []

        def planned(before: Decisions) -> Decisions:
            after = tuple(work(before))
            plans.append(self._plan(claims, before, after))
            return after

        before, after = self.folder.change(article, planned)
        (plan,) = plans
        try:
            if plan.put or plan.drop:
                write_review(self._database, plan.put, plan.drop)
        except MscevError:
            added, removed = set(after) - set(before), set(before) - set(after)
            self.folder.change(article, lambda now: [*(set(now) - added), *removed])
            raise
        return before, after

    def _plan(self, claims: set[str], before: Decisions, after: Decisions) -> Change:
        """Return what must change in the graph; nothing for an article that is not loaded."""
        proposals = {
            one.claim: one.proposal for one in (*before, *after) if one.claim in claims and one.proposal
        }
        if not proposals:
            return Change((), ())
        plan = change(proposals, before, after)
        known = self._known([*proposals.values(), *plan.put])
        if not known["articles"]:
            return Change((), ())
        for claim in plan.put:
            for wrong in _check(claim, known):
                raise wrong
        return plan

    def _whole(self, article: str, decisions: Iterable[Decision]) -> dict[Decision, Decision | None]:
        """Return each decision with its proposal; None where nobody knows the claim."""
        found = {one.claim: one.proposal for one in self.folder.decisions(article) if one.proposal}
        found |= {one.claim: one.proposal for one in decisions if one.proposal}
        missing = sorted({one.claim for one in decisions} - found.keys())
        for row in self._database.value(claims_by_id(missing)):
            if (row["article"], row["status"]) == (article, ClaimStatus.PROPOSED):
                found[row["id"]] = claim_of(row)
        return {
            one: replace(one, proposal=found[one.claim]) if one.claim in found else None for one in decisions
        }

    def _problems(self, decisions: Sequence[Decision]) -> dict[Decision, InvalidRecord]:
        """Return what is wrong with claims that decisions make, for those on articles that are loaded."""
        made = {one: one.outcome(one.proposal) for one in decisions if one.proposal is not None}
        known = self._known([claim for claim in made.values() if claim is not None])
        return {
            one: wrong
            for one, claim in made.items()
            if claim is not None and claim.article in known["articles"]
            for wrong in list(_check(claim, known))[:1]
        }

    def _known(self, claims: Sequence[Claim]) -> dict[str, Any]:
        value: dict[str, Any] = self._database.value(known_to(claims))
        return value

    def _proposal(self, article: str, claim: str) -> Claim:
        """Return a proposal: one that was decided on from its file, else from the graph."""
        for decision in self.folder.decisions(article):
            if decision.claim == claim and decision.proposal is not None:
                return decision.proposal
        for row in self._database.value(claims_by_id([claim])):
            if (row["article"], row["status"]) == (article, ClaimStatus.PROPOSED):
                return claim_of(row)
        raise NotFound(f"{claim} is no proposal of {article}; reload the list", given=claim)


def _check(claim: Claim, known: Mapping[str, Any]) -> Iterable[InvalidRecord]:
    """Yield what is wrong with a claim, given what the graph knows of what it names."""
    hashes = {(article, block, sentence): sha256 for article, block, sentence, sha256 in known["places"]}
    labels = {(article, label) for article, label in known["labels"]}
    yield from check_claim(claim, dict(known["kinds"]), hashes, labels)
    if hashes.get((claim.article, claim.block, claim.sentence), claim.sha256) != claim.sha256:
        yield problem("sha256", claim.sha256, "the hash of the sentence that now stands there")


def _joined_with(new: Iterable[Decision]) -> Callable[[Decisions], Iterable[Decision]]:
    """Return the work that adds decisions; one that is there already stays as it is."""

    def add(before: Decisions) -> Iterable[Decision]:
        known = {one.order for one in before}
        return (*before, *(one for one in new if one.order not in known))

    return add
