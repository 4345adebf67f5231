"""The measurement: per case all servers in turn, so that a drift of the machine hits all alike."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from bench.graphql import direct, wrk
from bench.graphql.cases import Case, Question
from bench.graphql.servers import Running
from graph.connection import Database
from graph.statement import Statement
from graph.target import Target

CONNECTIONS = (1, 16)
SAMPLES = 5
FEW = 4
SETTLE_SECONDS = 60.0

_RUNNING = Statement("SHOW TRANSACTIONS YIELD transactionId")


@dataclass(frozen=True, slots=True)
class Plan:
    """How long each load lasts, in whole seconds, where bodies are kept, and whom to ask for quiet."""

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
        question = case.library if server.kind.library else case.ours
        found.append(Subject(server.kind.name, server, question))
        if server.kind.library and case.tuned:
            found.append(Subject(f"{server.kind.name} tuned", server, case.tuned, tuned=True))
    return found


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
    """Let every virtual machine compile what it will need: all cases on all servers, for a second each."""
    for case in cases:
        for server in servers:
            question = case.library if server.kind.library else case.ours
            bodies = wrk.write_bodies(plan.folder / "bodies", question.bodies)
            with suppress(wrk.Unanswered):
                wrk.drive(server.url, bodies, max(CONNECTIONS), 1)
            settle(plan.database)


def settle(database: Database) -> None:
    """Wait until Neo4j has ended what wrk no longer waits for, so that it does not slow the next down."""
    end = time.monotonic() + SETTLE_SECONDS
    quiet = 0
    while quiet < 2 and time.monotonic() < end:
        _, rows = database.rows(_RUNNING)
        quiet = quiet + 1 if len(rows) <= 1 else 0
        time.sleep(0.05)


def measure(
    case: Case, first: int, servers: Sequence[Running], target: Target | None, plan: Plan
) -> Iterator[Result]:
    """Drive all servers with one case, beginning with the `first`, and the driver beside them."""
    asked = subjects(case, servers)
    first %= max(1, len(asked))
    for connections in CONNECTIONS:
        for subject in asked[first:] + asked[:first]:
            bodies = wrk.write_bodies(plan.folder / "bodies", subject.question.bodies)
            load = _drive(subject.server.url, bodies, connections, plan)
            yield Result(case.name, subject.name, connections, load)
    if target:
        half = max(1, plan.seconds // 2)
        yield Result(case.name, "cypher", 1, direct.measure_async(target, case.cypher, 1, half))
        yield Result(case.name, "cypher sync", 1, direct.measure_sync(target, case.cypher, 1, half))


def measure_cached(case: Case, servers: Sequence[Running], plan: Plan) -> Iterator[Result]:
    """Drive servers that cache answers with a few requests of one case."""
    for connections in CONNECTIONS:
        for server in servers:
            question = case.library if server.kind.library else case.ours
            bodies = wrk.write_bodies(plan.folder / "bodies", question.bodies[:FEW])
            yield Result(
                case.name, server.kind.name, connections, _drive(server.url, bodies, connections, plan)
            )


def _drive(url: str, bodies: Path, connections: int, plan: Plan) -> wrk.Load | None:
    """Warm up with many connections, then measure; None where an answer was wrong or missing.

    Where no answer came in time, it is tried once more for five times as long.
    """
    bad = 0
    try:
        with suppress(wrk.Unanswered):
            bad = wrk.drive(url, bodies, max(CONNECTIONS), plan.warm, check=True).bad
        settle(plan.database)
        try:
            load = wrk.drive(url, bodies, connections, plan.seconds)
        except wrk.Unanswered:
            settle(plan.database)
            load = wrk.drive(url, bodies, connections, 5 * plan.seconds)
    except (wrk.Unanswered, subprocess.CalledProcessError):
        return None
    finally:
        settle(plan.database)
    return None if bad or load.bad else load
