"""The measurement: per case all servers in turn, so that a drift of the machine hits all alike."""

from __future__ import annotations

import statistics
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Any

from api.graphql.engine import BUSY_SECONDS
from bench.graphql import direct, wrk
from bench.graphql.cases import Case, Question
from bench.graphql.servers import Kind, Running
from graph.connection import Database
from graph.statement import Statement
from graph.target import Target

CONNECTIONS = (1, 16)
SAMPLES = 5
FEW = 4
SETTLE_SECONDS = 60.0
MORE = 4  # times as long with many connections
CALM, WRITTEN = "calm", "after a commit"

_RUNNING = Statement("SHOW TRANSACTIONS YIELD transactionId")
_COMMIT = Statement("MATCH (r:Release {id: 'graph'}) SET r.generation = r.generation + 1")


@dataclass(frozen=True, slots=True)
class Plan:
    """How a run is measured.

    Each load comes in some `rounds`, for some `seconds` each; before each case all are warmed up for `warm`
    seconds. Bodies are kept in `folder`; `database` is asked for quiet.
    """

    rounds: int
    seconds: int
    warm: int
    folder: Path
    database: Database


@dataclass(frozen=True, slots=True)
class Result:
    """One load; `load` is None where a server did not answer."""

    case: str
    subject: str
    connections: int
    load: wrk.Load | None


@dataclass(frozen=True, slots=True)
class Subject:
    """A server, and the form of the case that it is asked."""

    name: str
    server: Running
    question: Question
    tuned: bool = False


def subjects(case: Case, servers: Sequence[Running]) -> list[Subject]:
    """The servers with their forms of a case."""
    found = []
    for server in servers:
        found.append(Subject(server.kind.name, server, _form(case, server.kind)))
        if server.kind.library and case.tuned:
            found.append(Subject(f"{server.kind.name} tuned", server, case.tuned, tuned=True))
    return found


def _form(case: Case, kind: Kind) -> Question:
    if kind.bare:
        return Question(case.cypher.text, case.cypher.parameters, case.cypher.rows)
    return case.library if kind.library else case.ours


def check(case: Case, servers: Sequence[Running], target: Target | None) -> list[str]:
    """Compare the rows of all on some requests; return notes. Raises `SystemExit` where they differ."""
    answers: dict[str, list[Any]] = {}
    for subject in subjects(case, servers):
        bodies = subject.question.bodies[:SAMPLES]
        answers[subject.name] = [subject.question.rows(subject.server.ask(body)) for body in bodies]
    if target:
        answers["cypher"] = direct.values(target, case.cypher, SAMPLES)
    notes: list[str] = []
    for (one, a), (other, b) in combinations(answers.items(), 2):
        for number, (left, right) in enumerate(zip(_plain(a), _plain(b), strict=True)):
            if case.loose:
                notes += _loosely(case, (one, left), (other, right))
            elif left != right:
                raise SystemExit(
                    f"{case.name}, request {number}: {one} and {other} differ\n{left!s:.600}\n{right!s:.600}"
                )
    return notes


def _plain(value: Any) -> Any:
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value


def _loosely(case: Case, one: tuple[str, Any], other: tuple[str, Any]) -> Iterator[str]:
    """Scores must be the same; of the entities, only those with the last score may differ."""
    (name, left), (other_name, right) = one, other
    scores = [[round(row[0], 3) for row in rows] for rows in (left, right)]
    if scores[0] != scores[1]:
        yield f"{case.name}: {name} and {other_name} give other scores"
        return
    last = scores[0][-1] if scores[0] else 0
    sure = [{row[1] for row in rows if round(row[0], 3) > last} for rows in (left, right)]
    if sure[0] != sure[1]:
        yield f"{case.name}: {name} and {other_name} find other entities above the last score"


def prime(cases: Sequence[Case], servers: Sequence[Running], plan: Plan) -> None:
    """Let every virtual machine compile what it will need: all cases on all servers."""
    for case in cases:
        for subject in subjects(case, servers):
            bodies = wrk.write_bodies(plan.folder / "bodies", subject.question.bodies)
            with suppress(wrk.Unanswered):
                wrk.drive(subject.server.url, bodies, max(CONNECTIONS), plan.warm)
            settle(plan.database)


def settle(database: Database) -> None:
    """Wait until Neo4j has ended what wrk no longer waits for, so that it does not slow the next down."""
    end = time.monotonic() + SETTLE_SECONDS
    quiet = 0
    while quiet < 2 and time.monotonic() < end:
        _, rows = database.rows(_RUNNING)
        quiet = quiet + 1 if len(rows) <= 1 else 0
        time.sleep(0.05)


def measure(case: Case, servers: Sequence[Running], target: Target | None, plan: Plan) -> Iterator[Result]:
    """Drive all servers with one case, and the driver beside them."""
    asked = subjects(case, servers)
    good = {subject.name for subject in asked if _answers(subject, plan)}
    loads: dict[tuple[str, int], list[wrk.Load | None]] = {}
    for number in range(plan.rounds):
        first = number % max(1, len(asked))
        for connections in CONNECTIONS:
            for subject in asked[first:] + asked[:first]:
                load = _drive(subject, connections, plan) if subject.name in good else None
                loads.setdefault((subject.name, connections), []).append(load)
        if target:
            for name, drive in (("cypher", direct.measure_async), ("cypher sync", direct.measure_sync)):
                loads.setdefault((name, 1), []).append(
                    drive(target, case.cypher, plan.seconds / 4, plan.seconds)
                )
    for (name, connections), found in loads.items():
        yield Result(case.name, name, connections, typical(found))


def typical(loads: Sequence[wrk.Load | None]) -> wrk.Load | None:
    """Return the middle of some loads, figure by figure; None where one of them was not answered well."""
    good = [load for load in loads if load and not load.bad]
    if not good or len(good) < len(loads):
        return None
    middle = {name: statistics.median(getattr(load, name) for load in good) for name in _MIDDLE}
    return wrk.Load(**middle, requests=sum(load.requests for load in good), bad=0)


_MIDDLE = ("median", "p99", "throughput")


def measure_cached(case: Case, servers: Sequence[Running], plan: Plan) -> Iterator[Result]:
    """Drive servers that cache answers with a few requests of one case."""
    return measure(
        replace(case, ours=_few(case.ours), library=_few(case.library), tuned=None), servers, None, plan
    )


def _few(question: Question) -> Question:
    return replace(question, variables=question.variables[:FEW])


def measure_written(case: Case, server: Running, plan: Plan) -> Iterator[Result]:
    """Drive our service while nobody writes and right after a commit, in turn; it is careful then."""
    subject = Subject(CALM, server, case.ours)
    good = _answers(subject, plan)
    for connections in CONNECTIONS:
        loads: dict[str, list[wrk.Load | None]] = {CALM: [], WRITTEN: []}
        for _ in range(plan.rounds if good else 0):
            time.sleep(BUSY_SECONDS)
            loads[CALM].append(_drive(subject, connections, plan))
            plan.database.write(lambda tx: tx.run(_COMMIT.text).consume())
            loads[WRITTEN].append(_drive(subject, connections, plan))
        for name, found in loads.items():
            yield Result(case.name, name, connections, typical(found))


def _answers(subject: Subject, plan: Plan) -> bool:
    """Warm up with many connections; say whether all answers were good."""
    bodies = wrk.write_bodies(plan.folder / "bodies", subject.question.bodies)
    try:
        return not wrk.drive(subject.server.url, bodies, max(CONNECTIONS), plan.warm, check=True).bad
    except wrk.Unanswered:
        return True  # it may be slow
    except subprocess.CalledProcessError:
        return False
    finally:
        settle(plan.database)


def _drive(subject: Subject, connections: int, plan: Plan) -> wrk.Load | None:
    """Measure; None where no answer came, though it was tried once more for five times as long.

    What is under way at the end of a load is not counted, so that many connections get more time.
    """
    bodies = wrk.write_bodies(plan.folder / "bodies", subject.question.bodies)
    seconds = plan.seconds if connections == 1 else MORE * plan.seconds
    try:
        for one in (seconds, 5 * seconds):
            with suppress(wrk.Unanswered):
                return wrk.drive(subject.server.url, bodies, connections, one)
            settle(plan.database)
    except subprocess.CalledProcessError:
        pass
    finally:
        settle(plan.database)
    return None
