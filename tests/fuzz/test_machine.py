"""Loads, unloads, decisions, backups and restores in any order: the graph is what a fresh load makes.

Each step is one input. After it the stored release is the one that the stored rows come to, for each source
too, and the one that any other way to the same sources came to. In the end everything is loaded afresh into
an empty graph, and every node and relationship is compared.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from api.review.reviews import Reviews
from graph import writes
from graph.connection import Database
from graph.server import Home
from graph.server.backup import backup, restore
from graph.statement import Statement
from graph.stream import load_stream
from graph.unload import unload
from graph.writer import load
from loaders.review.files import ReviewFolder
from loaders.review.records import with_reviews
from schema.enums import ClaimStatus
from schema.errors import NotFound
from schema.records import Claim, Source
from tests.fuzz.counted import INPUTS, counted
from tests.fuzz.sources import ARTICLES, GRAPHS, proposals_of, records_of
from tests.graph.whole import checked, everything

ME = "0000-0002-1825-0097"
MOST_BACKUPS = 4 if INPUTS else 0  # each stops the server for seconds
EXAMPLES, STEPS = (max(10, INPUTS // 2_500), 25) if INPUTS else (8, 12)
VERSIONS = st.integers(0, 3)
Decided = dict[str, str]  # proposal -> what was decided


class Graph(RuleBasedStateMachine):
    """The model is `loaded` (source -> version) and `decided`; the graph is real."""

    database: Database
    home: Home
    folder: Path
    ways: dict[object, str]
    backups_left: int

    def __init__(self) -> None:
        super().__init__()
        self.loaded: dict[str, int] = {}
        self.decided: dict[str, Decided] = {article: {} for article in ARTICLES}
        self.kept: dict[str, int] | None = None
        shutil.rmtree(self.folder, ignore_errors=True)
        self.reviews = Reviews(self.database, ReviewFolder(self.folder / "reviews"))

    @initialize()
    def begin(self) -> None:
        wipe(self.database)

    @rule(article=st.sampled_from(ARTICLES), version=VERSIONS)
    def load_article(self, article: str, version: int) -> None:
        with counted("machine: steps"):
            self._load(article, version)

    @rule(graph=st.sampled_from(GRAPHS), version=VERSIONS, in_parts=st.booleans())
    def load_graph(self, graph: str, version: int, in_parts: bool) -> None:
        with counted("machine: steps"):
            source, *others = records_of(graph, version)
            assert isinstance(source, Source)
            if in_parts:
                load_stream(self.database, source, others, input_id=f"{graph} {version}")
            else:
                assert not load(self.database, [source, *others]).rejected
            self.loaded[graph] = version

    @rule(source=st.sampled_from((*ARTICLES, *GRAPHS)))
    def unload(self, source: str) -> None:
        with counted("machine: steps"):
            if source in self.loaded:
                assert unload(self.database, source).source == source
                del self.loaded[source]
            else:
                with pytest.raises(NotFound):
                    unload(self.database, source)

    @precondition(lambda self: any(self._proposals()))
    @rule(data=st.data(), verdict=st.sampled_from(("accepted", "rejected", "edited")))
    def decide(self, data: st.DataObject, verdict: str) -> None:
        with counted("machine: steps"):
            claim = data.draw(st.sampled_from(list(self._proposals())))
            given: dict[str, Any] = {"decision": verdict, "reviewer": ME}
            if verdict == "rejected":
                given["reason"] = "not so"
            if verdict == "edited":
                given["edits"] = {"negated": not claim.negated}
            self.reviews.decide(claim.article, claim.id, given)
            self.decided[claim.article][claim.id] = verdict

    @precondition(lambda self: any(self._proposals()))
    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        with counted("machine: steps"):
            claim = data.draw(st.sampled_from(list(self._proposals())))
            before = self.decided[claim.article].pop(claim.id, None)
            if before is None:
                with pytest.raises(NotFound):
                    self.reviews.undo(claim.article, claim.id, ME)
                return
            while True:  # every decision on it, the last one first
                with suppress(NotFound):
                    self.reviews.undo(claim.article, claim.id, ME)
                    continue
                break

    @precondition(lambda self: self.loaded and type(self).backups_left)
    @rule()
    def back_up(self) -> None:
        type(self).backups_left -= 1
        with counted("machine: backups"):
            backup(self.home, self.folder / "backup.tar.gz")
        self.kept = dict(self.loaded)

    @precondition(lambda self: self.kept is not None)
    @rule()
    def restore(self) -> None:
        with counted("machine: restores"):
            restore(self.home, self.folder / "backup.tar.gz", force=True)
        assert self.kept is not None
        self.loaded, self.kept = self.kept, None
        for source in sorted(self.loaded):  # a backup holds no decisions: those of now are applied
            if source in ARTICLES:
                self._load(source, self.loaded[source])

    @invariant()
    def the_release_is_what_is_stored_and_no_way_matters(self) -> None:
        found = checked(self.database)
        told: list[str] = self.database.value(writes.SOURCES)
        assert told == sorted(self.loaded)
        assert type(self).ways.setdefault(self._state(), found) == found

    def teardown(self) -> None:
        before = everything(self.database)
        sources, found = dict(self.loaded), self._expected_claims()
        assert count_claims(self.database) == found
        wipe(self.database)
        for source in sorted(sources):
            if source in ARTICLES:
                self._load(source, sources[source])
            else:
                load(self.database, records_of(source, sources[source]))
        assert everything(self.database) == before
        wipe(self.database)

    def _load(self, article: str, version: int) -> None:
        records = with_reviews(records_of(article, version), self.reviews.folder).records
        assert not load(self.database, records).rejected
        self.loaded[article] = version

    def _proposals(self) -> Iterator[Claim]:
        for source, version in sorted(self.loaded.items()):
            if source in ARTICLES:
                yield from proposals_of(source, version)

    def _state(self) -> object:
        return tuple(
            (source, version, tuple(sorted(self.decided.get(source, {}).items())))
            for source, version in sorted(self.loaded.items())
        )

    def _expected_claims(self) -> dict[str, int]:
        found = {status.value: 0 for status in ClaimStatus}
        for source, version in self.loaded.items():
            if source in ARTICLES:
                for record in with_reviews(records_of(source, version), self.reviews.folder).records:
                    if isinstance(record, Claim):
                        found[record.status.value] += 1
        return found


def wipe(database: Database) -> None:
    database.write(lambda tx: tx.run("MATCH (n) DETACH DELETE n").consume())


def count_claims(database: Database) -> dict[str, int]:
    _, rows = database.rows(Statement("MATCH (c:Claim) RETURN c.status, count(*)"))
    return {status.value: 0 for status in ClaimStatus} | dict(rows)


def test_no_order_of_changes_matters(database: Database, home: Home, tmp_path: Path) -> None:
    members = {
        "database": database,
        "home": home,
        "folder": tmp_path / "kept",
        "ways": {},
        "backups_left": MOST_BACKUPS,
    }
    machine: type[Graph] = type("Machine", (Graph,), members)
    try:
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=EXAMPLES,
                stateful_step_count=STEPS,
                deadline=None,
                database=None,
                derandomize=not INPUTS,
                suppress_health_check=list(HealthCheck),
            ),
        )
    finally:
        wipe(database)
    assert len(members["ways"]) >= EXAMPLES  # type: ignore[arg-type]
