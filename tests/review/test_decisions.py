"""Decisions by themselves: ORCIDs, lines, what they make of claims; no database."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from loaders.review.decisions import (
    Decision,
    Verdict,
    as_line,
    change,
    instant,
    read_decision,
    review,
    reviewed,
)
from loaders.review.fields import FIELDS, as_claim, as_row
from loaders.review.files import ReviewFolder, read_lines
from loaders.review.records import with_reviews
from schema.enums import AgentType, Certainty, CitationConcern, ClaimStatus, ContextRole
from schema.errors import InvalidRecord, InvalidSource
from schema.orcid import check_digit, orcid_of
from schema.records import Claim, ClaimCitation, ClaimContext
from tests.second import (
    AGREES,
    ANGIOGENESIS,
    ARTICLE,
    GROWN,
    HELD_BACK,
    HELPED,
    IL6,
    OPPOSES,
    PLACES,
    PROPOSALS,
    WRONG,
    second,
)

ME, OTHER = "orcid:0000-0002-1825-0097", "orcid:0000-0002-1694-233X"
NOW = datetime(2026, 11, 26, 9, 30, 0, 123_456, UTC)


def decided(
    claim: Claim, verdict: Verdict = Verdict.ACCEPTED, who: str = ME, day: int = 1, **values: Any
) -> Decision:
    reason = "it says the opposite" if verdict is Verdict.REJECTED else None
    return Decision(
        ARTICLE,
        claim.id,
        verdict,
        who,
        f"2026-11-{day:02}",
        **{"reason": reason, "proposal": claim, **values},
    )


TURNED = (("predicate", "INCREASES"),)


def _with(decision: Decision, before: tuple[Decision, ...]) -> tuple[Decision, ...]:
    return (*before, decision)


class TestOrcid:
    @pytest.mark.parametrize("given", ["0000-0002-1825-0097", ME, "https://orcid.org/0000-0002-1825-0097 "])
    def test_every_way_to_write_it(self, given: str) -> None:
        assert orcid_of(given) == ME

    def test_its_last_character_may_be_x(self) -> None:
        assert orcid_of("0000-0002-1694-233x") == OTHER
        assert check_digit("0000-0001-5109-370") == "0"

    @pytest.mark.parametrize(
        "given", ["", "0000-0002-1825-0098", "0000-0002-1825-009", "0000000218250097", "me"]
    )
    def test_what_is_none_is_told(self, given: str) -> None:
        with pytest.raises(InvalidRecord, match="ORCID"):
            orcid_of(given)


class TestLines:
    def test_every_field_of_a_claim_comes_back(self) -> None:
        columns = {"properties"}  # those of a foreign graph's edge, which nobody proposes
        assert {field.attribute for field in FIELDS} == {field.name for field in fields(Claim)} - columns
        full = replace(
            HELD_BACK,
            negated=True,
            context=ClaimContext(
                ((ContextRole.DISEASE, "MONDO:1"), (ContextRole.ROUTE, "a:1"), (ContextRole.ROUTE, "a:2")),
                "by half",
                "1 mg",
            ),
            mechanisms=("GO:1", "GO:2"),
            citations=(ClaimCitation("1", (CitationConcern.OTHER,), "why"), ClaimCitation("2")),
            reviewer=ME,
        )
        for claim in (full, HELD_BACK, AGREES):
            assert as_claim(json.loads(json.dumps(as_row(claim)))) == claim

    @pytest.mark.parametrize(
        "decision",
        [
            decided(HELD_BACK, reason="fits"),
            decided(GROWN, Verdict.EDITED, edits=TURNED),
            decided(WRONG, Verdict.REJECTED, OTHER),
            decided(WRONG, Verdict.REJECTED, proposal=None),
        ],
    )
    def test_a_decision_comes_back(self, decision: Decision) -> None:
        line = as_line(decision)
        assert line.count(b"\n") == 1
        assert read_decision(json.loads(line)) == decision

    @pytest.mark.parametrize(
        ("values", "problem"),
        [
            ({"decision": "maybe"}, "accepted, edited, rejected"),
            ({"decision": "rejected"}, "whoever rejects says why"),
            ({"decision": "edited"}, "at least one field"),
            ({"edits": {"predicate": "INCREASES"}}, "none, unless it is edited"),
            ({"decision": "edited", "edits": {"predicate": "DECREASES"}}, "another value than the proposal"),
            ({"decision": "edited", "edits": {"predicate": "EATS"}}, "unknown predicate 'EATS'"),
            ({"decision": "edited", "edits": {"sha256": "0"}}, "subject, predicate, object"),
            ({"decision": "edited", "edits": {"negated": "no"}}, "true, false"),
            ({"reviewer": "0000-0002-1825-0098"}, "ORCID"),
            ({"reviewer": None}, "reviewer cannot be None"),
            ({"date": "26 November"}, "2026-11-26"),
            ({"date": "2026-13-01"}, "2026-11-26"),
            ({"claim": "x"}, "32 hex digits"),
            ({"claim": GROWN.id}, "unchanged"),
            ({"opinion": 1}, "article, claim, decision"),
        ],
    )
    def test_what_is_wrong_is_named_with_what_is_allowed(self, values: dict[str, Any], problem: str) -> None:
        row = json.loads(as_line(decided(HELD_BACK))) | values
        with pytest.raises(InvalidRecord, match=problem):
            read_decision(row)

    def test_a_later_decision_has_a_later_date(self) -> None:
        assert instant(NOW, ()) == "2026-11-26T09:30:00.123Z"
        dates = ["2026-11-26T09:30:00.123Z", "2026-11-26T09:30:59.999Z", "2026-11-27"]
        for date in dates:
            later = instant(NOW, [decided(HELD_BACK), replace(decided(HELD_BACK), date=date)])
            assert later > date
            read = read_decision({**json.loads(as_line(decided(HELD_BACK))), "date": later})
            assert read.date == later


class TestReviewed:
    def test_accepted_edited_rejected_and_open(self) -> None:
        claims = (AGREES, *PROPOSALS)
        decisions = [
            decided(HELD_BACK),
            decided(GROWN, Verdict.EDITED, edits=TURNED),
            decided(WRONG, Verdict.REJECTED),
        ]
        kept, accepted, edited, open_ = reviewed(claims, decisions)
        assert (kept, open_) == (AGREES, HELPED)
        for claim, proposal in ((accepted, HELD_BACK), (edited, GROWN)):
            assert (claim.status, claim.reviewer) == (ClaimStatus.CURATED, ME)
            assert claim.agent_type is AgentType.MANUAL_VALIDATION
            assert (claim.rule, claim.score) == (proposal.rule, proposal.score)
        assert accepted.id == HELD_BACK.id
        assert (edited.predicate, edited.object) == ("INCREASES", ANGIOGENESIS)
        assert edited.id != GROWN.id

    def test_the_last_of_several_reviewers_counts(self) -> None:
        decisions = [decided(WRONG, Verdict.REJECTED, OTHER, 2), decided(WRONG, who=ME, day=1)]
        assert reviewed([WRONG], decisions) == ()
        assert reviewed([WRONG], [*decisions, decided(WRONG, who=ME, day=3)])[0].reviewer == ME

    def test_what_people_made_is_left_alone(self) -> None:
        same = replace(AGREES, status=ClaimStatus.PROPOSED)
        assert reviewed([AGREES], [decided(same, Verdict.REJECTED)]) == (AGREES,)
        assert reviewed([AGREES], [decided(same)]) == (AGREES,)

    def test_a_decision_outlasts_the_rule_that_proposed(self) -> None:
        decisions = [decided(HELD_BACK), decided(WRONG, Verdict.REJECTED), decided(HELPED, proposal=None)]
        found = review([AGREES], decisions, {place: s.sha256 for place, s in PLACES.items()})
        assert [claim.id for claim in found.claims] == [AGREES.id, HELD_BACK.id]
        assert [one.claim for one in found.without_claim] == [HELPED.id]
        moved = review([], decisions, {(3, 1): "another sentence"})
        assert moved.claims == ()
        assert {one.claim for one in moved.without_claim} == {HELD_BACK.id, HELPED.id}

    def test_edits_that_meet_are_one_claim(self) -> None:
        twin = replace(
            HELPED, object=ANGIOGENESIS, predicate="INCREASES", block=3, sentence=2, sha256=GROWN.sha256
        )
        found = reviewed([GROWN, twin], [decided(GROWN, Verdict.EDITED, edits=TURNED)])
        assert [(claim.id, claim.status) for claim in found] == [(twin.id, ClaimStatus.CURATED)]

    def test_records_of_a_source_keep_everything_else(self, tmp_path: Path) -> None:
        folder = ReviewFolder(tmp_path)
        folder.change(ARTICLE, lambda _: [decided(HELD_BACK), decided(WRONG, Verdict.REJECTED)])
        before = list(second())
        found = with_reviews(before, folder)
        assert [r for r in found.records if not isinstance(r, Claim)] == [
            r for r in before if not isinstance(r, Claim)
        ]
        statuses = {r.id: r.status for r in found.records if isinstance(r, Claim)}
        assert statuses == {
            AGREES.id: ClaimStatus.CURATED,
            OPPOSES.id: ClaimStatus.CURATED,
            HELD_BACK.id: ClaimStatus.CURATED,
            GROWN.id: ClaimStatus.PROPOSED,
            HELPED.id: ClaimStatus.PROPOSED,
        }


class TestChange:
    def one(self, claim: Claim, before: list[Decision], after: list[Decision]) -> tuple[list[str], list[str]]:
        found = change({claim.id: claim}, before, after)
        return [f"{one.status} {one.id}" for one in found.put], list(found.drop)

    def test_there_and_back(self) -> None:
        edited = decided(GROWN, Verdict.EDITED, edits=TURNED)
        made = edited.outcome(GROWN)
        assert made
        assert self.one(GROWN, [], [edited]) == ([f"CURATED {made.id}"], [GROWN.id])
        assert self.one(GROWN, [edited], []) == ([f"PROPOSED {GROWN.id}"], [made.id])
        assert self.one(WRONG, [], [decided(WRONG, Verdict.REJECTED)]) == ([], [WRONG.id])
        assert self.one(HELD_BACK, [], [decided(HELD_BACK)]) == ([f"CURATED {HELD_BACK.id}"], [])

    def test_a_claim_that_another_decision_makes_stays(self) -> None:
        twin = replace(
            HELPED, object=ANGIOGENESIS, predicate="INCREASES", block=3, sentence=2, sha256=GROWN.sha256
        )
        edited, accepted = decided(GROWN, Verdict.EDITED, edits=TURNED), decided(twin)
        assert self.one(GROWN, [edited, accepted], [accepted]) == ([f"PROPOSED {GROWN.id}"], [])


class TestFolder:
    def test_order_and_bytes_do_not_depend_on_the_order_of_deciding(self, tmp_path: Path) -> None:
        decisions = [decided(claim, day=day) for day, claim in enumerate(PROPOSALS, 1)]
        files = []
        for name, given in (("a", decisions), ("b", decisions[::-1])):
            folder = ReviewFolder(tmp_path / name)
            for one in given:
                folder.change(ARTICLE, partial(_with, one))
            files.append(folder.path(ARTICLE).read_bytes())
            assert folder.articles() == [ARTICLE]
        assert files[0] == files[1]
        assert files[0] == b"".join(sorted(files[0].splitlines(keepends=True)))

    def test_what_does_not_change_is_not_written(self, tmp_path: Path) -> None:
        folder = ReviewFolder(tmp_path)
        folder.change(ARTICLE, lambda _: [decided(HELD_BACK)])
        inode = folder.path(ARTICLE).stat().st_ino
        folder.change(ARTICLE, lambda before: (*before, decided(HELD_BACK)))
        assert folder.path(ARTICLE).stat().st_ino == inode
        folder.change(ARTICLE, lambda before: (*before, decided(GROWN)))
        assert folder.path(ARTICLE).stat().st_ino != inode

    def test_a_name_cannot_leave_the_folder(self, tmp_path: Path) -> None:
        folder = ReviewFolder(tmp_path / "in")
        for article in ("mscev.article:../x", "mscev.article:/etc/x", "mscev.article:.."):
            assert folder.path(article).parent == tmp_path / "in"

    def test_bad_lines_are_told_with_their_numbers(self, tmp_path: Path) -> None:
        path = tmp_path / "second.jsonl"
        good = as_line(decided(HELD_BACK))
        conflict = b"<<<<<<< HEAD\r\n"
        path.write_bytes(b"\xef\xbb\xbf" + good + b"\n" + conflict + b'{"claim": 1}\n' + b"\xff\n" + good)
        found, bad = read_lines(path)
        assert list(found.values()) == [1]
        assert [line.line for line in bad] == [3, 4, 5]
        assert str(bad[1]).startswith(f"{path}, line 4: article cannot be None")

    def test_a_file_with_a_bad_line_is_never_written_over(self, tmp_path: Path) -> None:
        folder = ReviewFolder(tmp_path)
        path = folder.path(ARTICLE)
        path.write_bytes(b"not JSON\n")
        with pytest.raises(InvalidSource, match=r"second\.jsonl, line 1: not JSON.*mend the line first"):
            folder.change(ARTICLE, lambda before: (*before, decided(HELD_BACK)))
        assert path.read_bytes() == b"not JSON\n"

    def test_a_file_changed_by_hand_is_read_again(self, tmp_path: Path) -> None:
        folder = ReviewFolder(tmp_path)
        folder.change(ARTICLE, lambda _: [decided(HELD_BACK)])
        assert len(folder.decisions(ARTICLE)) == 1
        folder.path(ARTICLE).write_bytes(as_line(decided(HELD_BACK)) + as_line(decided(GROWN)))
        assert len(folder.decisions(ARTICLE)) == 2


def test_a_file_for_another_article_is_refused(tmp_path: Path) -> None:
    folder = ReviewFolder(tmp_path)
    folder.path("mscev.article:third").write_bytes(as_line(decided(HELD_BACK)))
    with pytest.raises(InvalidSource, match=r"belongs to mscev\.article:third"):
        folder.decisions("mscev.article:third")


def test_certainty_is_edited_into_another_claim() -> None:
    edit = decided(HELD_BACK, Verdict.EDITED, edits=(("certainty", Certainty.ASSERTED),))
    (found,) = reviewed([HELD_BACK], [edit])
    assert found.certainty is Certainty.ASSERTED
    assert found.id != HELD_BACK.id
    assert IL6 not in found.object
