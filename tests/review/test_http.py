"""Review over HTTP on a real Neo4j: who may, what is decided, where it is kept, what the graph says then."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.app import create_app
from api.review.reviews import Reviews
from api.settings import ServiceSettings
from graph import release
from graph.connection import Database
from graph.statement import Statement
from graph.target import Target
from graph.writer import LoadReport
from loaders.review.decisions import Decision, Verdict, as_line
from loaders.review.files import ReviewFolder
from schema.errors import DatabaseUnavailable
from schema.ids import digest
from tests.conftest import NOWHERE, Service, served
from tests.review.conftest import ME, OTHER, Door, load_second
from tests.second import (
    AGREES,
    ANGIOGENESIS,
    ARTICLE,
    EV,
    FIBROSIS,
    GROWN,
    HELD_BACK,
    HELPED,
    IL6,
    PROPOSALS,
    WRONG,
)

CLAIM = Statement(
    "MATCH (c:Claim {article: $article}) RETURN collect(c { .* }) AS value", {"article": ARTICLE}
)
RELATIONS = Statement(
    """
    MATCH (:Entity {id: $id})-[r]->(o:Entity) WHERE $article IN r.sources
    RETURN collect([type(r), o.id, r.sources]) AS value
    """,
    {"id": EV, "article": ARTICLE},
)


def claims(database: Database) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in database.value(CLAIM)}


def relations(database: Database) -> set[tuple[str, str]]:
    return {(type_, object_) for type_, object_, _ in database.value(RELATIONS)}


def elements(database: Database) -> Iterator[Sequence[Any]]:
    return chain.from_iterable(map(database.stream, release.ELEMENTS))


def snapshot(database: Database) -> list[str]:
    return sorted(digest(list(row)) for row in elements(database))


def message(answer: httpx.Response) -> str:
    return str(answer.json()["error"]["message"])


@pytest.fixture(scope="module")
def public(target: Target, folder: ReviewFolder) -> Iterator[str]:
    """The service as it answers to any name."""
    settings = ServiceSettings(reviews=folder.folder)
    with served(create_app(target, settings, hosts=["*"])) as url:
        yield url


@pytest.mark.usefixtures("both")
class TestWhoMay:
    PATHS = ("/review", "/review/queue")

    @pytest.mark.parametrize("path", PATHS)
    @pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "Via", "X-Real-IP"])
    def test_nobody_behind_a_proxy(self, reviewing: Service, path: str, header: str) -> None:
        answer = httpx.get(reviewing.url + path, headers={header: "127.0.0.1"}, timeout=60)
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "FORBIDDEN")

    def test_only_under_a_name_of_this_machine(self, public: str, door: Door) -> None:
        port = public.rpartition(":")[2]
        for host, status in (
            (f"localhost:{port}", 200),
            ("[::1]", 200),
            ("kg.example.org", 403),
            ("127.0.0.1.example.org", 403),
        ):
            for path in self.PATHS:
                assert httpx.get(public + path, headers={"host": host}, timeout=60).status_code == status, (
                    host
                )
        body = {"article": ARTICLE, "claim": HELD_BACK.id, "decision": "accepted", "reviewer": ME}
        answer = Door.at(public).post("decisions", body, host="kg.example.org", origin="")
        assert answer.status_code == 403

    @pytest.mark.parametrize(
        ("headers", "problem"),
        [
            ({"x-csrf-token": ""}, "x-csrf-token"),
            ({"x-csrf-token": "guessed"}, "reload /review"),
            ({"origin": "http://evil.example"}, "evil.example"),
            ({"origin": "null"}, "null"),
            ({"sec-fetch-site": "same-site"}, "another site"),
            ({"content-type": "text/plain"}, "application/json"),
            ({"x-forwarded-for": "10.0.0.1"}, "without a proxy"),
        ],
    )
    @pytest.mark.parametrize("path", ["decisions", "undo"])
    def test_only_a_page_of_ours_decides(
        self, door: Door, folder: ReviewFolder, path: str, headers: dict[str, str], problem: str
    ) -> None:
        body = {"article": ARTICLE, "claim": HELD_BACK.id, "decision": "accepted", "reviewer": ME}
        answer = door.post(path, body, **headers)
        assert answer.status_code == 403
        assert problem in message(answer)
        assert not folder.path(ARTICLE).exists()

    def test_the_page_allows_little(self, reviewing: Service) -> None:
        headers = httpx.get(f"{reviewing.url}/review", timeout=60).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self';" in policy
        assert "unsafe" not in policy
        assert policy.endswith("frame-ancestors 'none'")
        assert httpx.get(f"{reviewing.url}/review/queue", timeout=60).headers["cache-control"] == "no-store"

    def test_openapi_describes_it(self, reviewing: Service) -> None:
        paths = httpx.get(f"{reviewing.url}/openapi.json", timeout=60).json()["paths"]
        assert {"/review", "/review/queue", "/review/decisions", "/review/undo"} <= paths.keys()
        decide = paths["/review/decisions"]["post"]
        schema = decide["requestBody"]["content"]["application/json"]["schema"]
        assert set(schema["required"]) == {"article", "claim", "reviewer", "decision"}
        assert decide["parameters"][0]["name"] == "x-csrf-token"
        assert {"400", "403", "404"} <= decide["responses"].keys()


@pytest.mark.usefixtures("fresh")
class TestQueue:
    def test_proposals_in_the_order_of_the_text(self, door: Door) -> None:
        queue = door.queue()
        ids = [item["claim"] for item in queue["items"]]
        assert ids[:2] == [HELD_BACK.id, GROWN.id]
        assert set(ids) == {claim.id for claim in PROPOSALS}
        assert queue["total"] == 4
        assert queue["counts"] == {"open": 4, "accepted": 0, "edited": 0, "rejected": 0}
        assert queue["rules"] == [{"name": "passive-trigger", "open": 1}, {"name": "verb-trigger", "open": 3}]
        assert queue["articles"] == [{"id": ARTICLE, "title": "Vesicles in mice", "open": 4}]

    def test_a_sentence_comes_in_pieces_with_what_they_name(self, door: Door) -> None:
        first = door.queue()["items"][0]
        assert first["sentence"]["pieces"] == [
            {"text": "MSC-EVs", "entity": EV},
            {"text": " may hold ", "entity": None},
            {"text": "apoptosis", "entity": "GO:0097190"},
            {"text": " back.", "entity": None},
        ]
        assert first["proposal"]["words"] == "decreases"
        assert first["entities"][EV] == {
            "id": EV,
            "name": "MSC-EV",
            "kind": "EvPreparation",
            "word": "EV preparation",
        }
        assert first["place"] == {"section": "Results", "page": None, "paragraph": 3, "sentence": 1}

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ({"rule": "passive-trigger"}, {GROWN}),
            ({"predicate": "IMPROVES"}, {HELPED}),
            ({"low": 0.6}, {HELD_BACK, GROWN, WRONG}),
            ({"low": 0.6, "high": 0.7}, {GROWN, WRONG}),
            ({"article": ARTICLE, "high": 0.4}, {HELPED}),
            ({"article": "mscev.article:msc-ev"}, set()),
            ({"state": "decided"}, set()),
        ],
    )
    def test_filters(self, door: Door, asked: dict[str, Any], found: set[Any]) -> None:
        queue = door.queue(**asked)
        assert {item["claim"] for item in queue["items"]} == {claim.id for claim in found}
        assert queue["total"] == len(found)

    def test_pages_hold_each_proposal_once(self, door: Door) -> None:
        seen: list[str] = []
        after: dict[str, str] = {}
        while True:
            queue = door.queue(first=1, **after)
            seen += [item["claim"] for item in queue["items"]]
            if queue["next"] is None:
                break
            after = {"after": " ".join(queue["next"])}
        assert seen == [item["claim"] for item in door.queue()["items"]]

    @pytest.mark.parametrize("asked", [{"state": "lost"}, {"low": 2}, {"after": "x"}, {"whatever": 1}])
    def test_what_is_not_allowed_is_told(self, reviewing: Service, asked: dict[str, Any]) -> None:
        assert httpx.get(f"{reviewing.url}/review/queue", params=asked, timeout=60).status_code == 400


class TestDeciding:
    def test_accepted_is_curated_at_once(self, door: Door, fresh: LoadReport, database: Database) -> None:
        answer = door.decide(HELD_BACK.id, "accepted").json()
        assert answer["curated"] == HELD_BACK.id
        stored = claims(database)[HELD_BACK.id]
        assert (stored["status"], stored["reviewer"]) == ("CURATED", f"orcid:{ME}")
        assert stored["agentType"] == "manual_validation_of_automated_agent"
        assert (stored["rule"], stored["score"]) == ("verb-trigger", 0.9)
        assert ("DECREASES", HELD_BACK.object) in relations(database)
        state = release.compute(elements(database))
        assert database.value(Statement("MATCH (r:Release) RETURN r.hash AS value")) == state.graph
        assert state.graph != fresh.release
        assert door.queue()["counts"] == {"open": 3, "accepted": 1, "edited": 0, "rejected": 0}

    @pytest.mark.usefixtures("fresh")
    def test_edited_takes_the_place_of_the_proposal(self, door: Door, database: Database) -> None:
        edits = {"predicate": "INCREASES", "statement": "MSC-EVs raise angiogenesis."}
        answer = door.decide(GROWN.id, "edited", edits=edits, reason="rose, not fell").json()
        stored = claims(database)
        assert GROWN.id not in stored
        made = stored[answer["curated"]]
        assert (made["predicate"], made["statement"]) == ("INCREASES", "MSC-EVs raise angiogenesis.")
        assert ("INCREASES", ANGIOGENESIS) in relations(database)
        (item,) = door.queue(state="decided")["items"]
        assert item["claim"] == GROWN.id
        assert item["decisions"][0]["edits"] == edits

    @pytest.mark.usefixtures("fresh")
    def test_rejected_is_gone_and_kept_in_the_file(
        self, door: Door, database: Database, folder: ReviewFolder
    ) -> None:
        door.decide(WRONG.id, "rejected", reason="the sentence denies it")
        assert WRONG.id not in claims(database)
        (line,) = folder.path(ARTICLE).read_text("utf-8").splitlines()
        row = json.loads(line)
        assert (row["claim"], row["decision"], row["reason"]) == (
            WRONG.id,
            "rejected",
            "the sentence denies it",
        )
        assert row["reviewer"] == f"orcid:{ME}"
        assert list(row) == ["article", "claim", "decision", "reason", "reviewer", "date", "proposal"]

    def test_undo_leads_back_step_by_step(
        self, door: Door, fresh: LoadReport, database: Database, folder: ReviewFolder
    ) -> None:
        before = snapshot(database)
        door.decide(GROWN.id, "edited", edits={"predicate": "INCREASES"})
        door.decide(GROWN.id, "rejected", reason="no")
        assert ("INCREASES", ANGIOGENESIS) not in relations(database)
        assert door.undo(GROWN.id).json()["decision"] == "rejected"
        assert ("INCREASES", ANGIOGENESIS) in relations(database)
        assert door.undo(GROWN.id).json()["decision"] == "edited"
        assert snapshot(database) == before
        assert folder.decisions(ARTICLE) == ()
        answer = door.undo(GROWN.id)
        assert answer.status_code == 404
        assert "has decided nothing" in message(answer)

    @pytest.mark.usefixtures("fresh")
    def test_of_several_reviewers_the_last_counts_and_all_are_kept(
        self, door: Door, database: Database, folder: ReviewFolder
    ) -> None:
        door.decide(WRONG.id, "rejected", reason="no")
        assert door.decide(WRONG.id, "accepted", OTHER).status_code == 200
        assert claims(database)[WRONG.id]["reviewer"] == f"orcid:{OTHER}"
        assert [one.reviewer for one in folder.decisions(ARTICLE)] == [f"orcid:{ME}", f"orcid:{OTHER}"]
        door.undo(WRONG.id, OTHER)
        assert WRONG.id not in claims(database)

    @pytest.mark.usefixtures("fresh")
    @pytest.mark.parametrize(
        ("given", "status", "problem"),
        [
            ({"who": "0000-0002-1825-0098"}, 400, "ORCID"),
            ({"claim": AGREES.id}, 404, "is no proposal"),
            ({"claim": "mscev.claim:" + "0" * 32}, 404, "is no proposal"),
            ({"article": "mscev.article:other"}, 404, "is no proposal"),
            ({"decision": "rejected"}, 400, "whoever rejects says why"),
            ({"decision": "edited"}, 400, "at least one field"),
            ({"decision": "edited", "edits": {"object": "mscev:nobody"}}, 400, "the id of a loaded entity"),
            (
                {"decision": "edited", "edits": {"predicate": "SECRETES"}},
                400,
                "subject of SECRETES cannot be",
            ),
            (
                {"decision": "edited", "edits": {"object": IL6, "predicate": "IMPROVES"}},
                400,
                "object of IMPROVES",
            ),
            ({"mood": "good"}, 400, "article, claim, reviewer, decision"),
        ],
    )
    def test_what_is_not_allowed_changes_nothing(
        self,
        door: Door,
        database: Database,
        folder: ReviewFolder,
        given: dict[str, Any],
        status: int,
        problem: str,
    ) -> None:
        before = snapshot(database)
        answer = door.decide(**{"claim": HELD_BACK.id, "decision": "accepted", **given})
        assert (answer.status_code, problem in message(answer)) == (status, True), answer.text
        assert folder.decisions(ARTICLE) == ()
        assert snapshot(database) == before

    @pytest.mark.parametrize("body", ["[]", "{", '"x"', '{"article": 1, "claim": "x", "reviewer": "y"}'])
    def test_a_body_that_is_none(self, door: Door, body: str) -> None:
        headers = {"x-csrf-token": door.token, "content-type": "application/json"}
        answer = httpx.post(f"{door.url}/review/decisions", content=body, headers=headers, timeout=60)
        assert answer.status_code == 400

    def test_a_body_that_is_too_large(self, door: Door) -> None:
        assert door.decide(HELD_BACK.id, "rejected", reason="x" * 70_000).status_code == 413

    @pytest.mark.usefixtures("fresh")
    def test_a_file_with_a_bad_line_stops_deciding(
        self, door: Door, database: Database, folder: ReviewFolder
    ) -> None:
        folder.path(ARTICLE).write_text("broken\n", "utf-8")
        before = snapshot(database)
        answer = door.decide(HELD_BACK.id, "accepted")
        assert answer.status_code == 400
        assert "second.jsonl, line 1" in message(answer)
        assert snapshot(database) == before

    def test_decisions_outlast_a_reload(
        self, door: Door, fresh: LoadReport, database: Database, folder: ReviewFolder
    ) -> None:
        door.decide(HELD_BACK.id, "accepted")
        door.decide(GROWN.id, "edited", edits={"predicate": "INCREASES"})
        door.decide(WRONG.id, "rejected", reason="no")
        before = snapshot(database)
        report = load_second(database, folder.folder)
        assert report.rejected == ()
        assert snapshot(database) == before
        assert FIBROSIS not in {object_ for _, object_ in relations(database)}


@pytest.mark.usefixtures("fresh")
class TestFiles:
    """`mscev load review` and the folder that every load applies."""

    def written(self, path: Path, folder: ReviewFolder, door: Door) -> Path:
        """Decide on the page, keep the file, take everything back."""
        door.decide(HELD_BACK.id, "accepted")
        door.decide(WRONG.id, "rejected", reason="no")
        path.write_bytes(folder.path(ARTICLE).read_bytes())
        door.undo(HELD_BACK.id)
        door.undo(WRONG.id)
        return path

    def test_loading_applies_and_loading_again_changes_nothing(
        self, door: Door, database: Database, folder: ReviewFolder, tmp_path: Path
    ) -> None:
        file = self.written(tmp_path / "mine.jsonl", folder, door)
        reviews = Reviews(database, folder)
        report = reviews.load([file])
        assert (report.new, dict(report.verdicts), report.bad) == (2, {"accepted": 1, "rejected": 1}, [])
        assert claims(database)[HELD_BACK.id]["status"] == "CURATED"
        assert WRONG.id not in claims(database)
        before, bytes_ = snapshot(database), folder.path(ARTICLE).read_bytes()
        again = reviews.load([file])
        assert (again.new, again.bad) == (0, [])
        assert (snapshot(database), folder.path(ARTICLE).read_bytes()) == (before, bytes_)
        assert bytes_ == file.read_bytes()

    def test_lines_by_hand_and_bad_ones(
        self, database: Database, folder: ReviewFolder, tmp_path: Path
    ) -> None:
        by_hand = {"article": ARTICLE, "reviewer": ME, "date": "2026-11-26"}
        lines = [
            {**by_hand, "claim": GROWN.id, "decision": "edited", "edits": {"predicate": "INCREASES"}},
            {**by_hand, "claim": HELPED.id, "decision": "edited", "edits": {"object": "mscev:nobody"}},
            {**by_hand, "claim": "mscev.claim:" + "0" * 32, "decision": "accepted"},
            {**by_hand, "claim": WRONG.id, "decision": "rejected"},
        ]
        file = tmp_path / "hand.jsonl"
        file.write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
        report = Reviews(database, folder).load([file])
        assert [line.line for line in sorted(report.bad, key=lambda bad: bad.line)] == [2, 3, 4]
        reasons = " ".join(line.reason for line in report.bad)
        for part in ("mscev:nobody", "the id of a loaded proposal", "whoever rejects says why"):
            assert part in reasons
        assert ("INCREASES", ANGIOGENESIS) in relations(database)
        (kept,) = folder.decisions(ARTICLE)
        assert kept.proposal == GROWN
        assert Reviews(database, folder).load([file]).new == 0

    def test_an_article_that_is_not_loaded_waits(
        self, database: Database, folder: ReviewFolder, tmp_path: Path
    ) -> None:
        before = snapshot(database)
        elsewhere = replace(HELD_BACK, article="mscev.article:third")
        decision = Decision(elsewhere.article, elsewhere.id, Verdict.ACCEPTED, f"orcid:{ME}", "2026-11-26")
        file = tmp_path / "third.jsonl"
        file.write_bytes(as_line(replace(decision, proposal=elsewhere)))
        report = Reviews(database, folder).load([file])
        assert (report.waiting, report.bad, report.new) == ([elsewhere.article], [], 1)
        assert snapshot(database) == before
        folder.path(elsewhere.article).unlink()

    def test_a_graph_that_fails_leaves_the_file_as_it_was(self, door: Door, folder: ReviewFolder) -> None:
        door.decide(HELD_BACK.id, "accepted")
        before = folder.path(ARTICLE).read_bytes()
        with (
            Database(NOWHERE) as nowhere,
            pytest.raises(DatabaseUnavailable),
        ):
            Reviews(nowhere, folder).decide(
                ARTICLE, HELD_BACK.id, {"decision": "accepted", "reviewer": OTHER}
            )
        assert folder.path(ARTICLE).read_bytes() == before
