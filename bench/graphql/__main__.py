"""Measure GraphQL: this service, its peers and hand-written Cypher, on one store in one run."""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psutil
from rich.console import Console

from bench.graphql import report, run, servers, wrk
from bench.graphql.cases import Case, cases
from bench.graphql.data import Sizes
from bench.graphql.picks import pick
from bench.graphql.store import MEMORY, stored
from bench.table import show
from graph.connection import Database
from graph.target import Target

CYPHER = "cypher"
CACHED_CASES = ("lookup", "page")
WRITTEN_CASES = ("lookup", "page", "list")
LOUD = Console(stderr=True)


def options(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line."""
    names = [kind.name for kind in servers.KINDS]
    parser = argparse.ArgumentParser(prog="python -m bench.graphql", description=__doc__)
    parser.add_argument("--entities", type=int, default=Sizes().entities)
    parser.add_argument("--relations", type=int, default=Sizes().relations)
    parser.add_argument("--seed", type=int, default=Sizes().seed)
    parser.add_argument(
        "--rounds", type=int, default=3, help="how often each load comes; the middle one counts"
    )
    parser.add_argument(
        "--seconds", type=int, default=1, help="of each load; four times that with 16 connections"
    )
    parser.add_argument("--warm", type=int, default=2, help="seconds of load before each case, not counted")
    parser.add_argument("--only", default=",".join([*names, CYPHER]), help="servers, parted by commas")
    parser.add_argument("--cases", default="", help="names of cases, parted by commas; all when left out")
    parser.add_argument("--uncached-only", action="store_true", help="leave out the caches")
    parser.add_argument("--home", type=Path, help="keep the store here and use it again")
    parser.add_argument("--json", type=Path, help="write the raw figures there")
    given = parser.parse_args(arguments)
    given.only = given.only.split(",")
    unknown = set(given.only) - {*names, CYPHER}
    if unknown:
        parser.error(f"no such server: {', '.join(unknown)}; there are {', '.join([*names, CYPHER])}")
    if set(given.only) == {CYPHER}:
        parser.error("name a server beside cypher")
    return given


def main() -> None:
    """Measure and print."""
    given = options(sys.argv[1:])
    wrk.require_wrk()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that every process is ended
    sizes = Sizes(given.entities, given.relations, given.seed)
    LOUD.print("the store …")
    with (
        tempfile.TemporaryDirectory(prefix="mscev-bench-") as folder,
        stored(sizes, given.home) as (neo4j, target),
        Database(target) as database,
    ):
        chosen = _chosen(cases(pick(database, given.seed)), given.cases)
        plan = run.Plan(given.rounds, given.seconds, given.warm, Path(folder), database)
        memory: list[tuple[str, str, float]] = []
        uncached = _uncached(given.only, chosen, target, plan, memory)
        cached = [] if given.uncached_only else _cached(given.only, chosen, target, plan, memory)
        written = [] if given.uncached_only or "ours" not in given.only else _written(chosen, target, plan)
        memory.append(("neo4j", _store_settings(), psutil.Process(neo4j.pid).memory_info().rss / 1e6))
        facts = _facts(sizes, given)
    show("what was measured", ("", ""), list(facts.items()))
    report.show_all(chosen, uncached, cached, written)
    show("resident memory after the load", ("", "", "MB"), memory)
    if given.json:
        report.write(
            given.json, {**facts, "memory": memory}, uncached=uncached, cached=cached, written=written
        )


def _chosen(all_cases: Sequence[Case], names: str) -> list[Case]:
    wanted = names.split(",") if names else [case.name for case in all_cases]
    unknown = set(wanted) - {case.name for case in all_cases}
    if unknown:
        raise SystemExit(f"no such case: {', '.join(unknown)}; there are {[c.name for c in all_cases]}")
    return [case for case in all_cases if case.name in wanted]


def _uncached(
    only: Sequence[str],
    chosen: Sequence[Case],
    target: Target,
    plan: run.Plan,
    memory: list[tuple[str, str, float]],
) -> list[run.Result]:
    kinds = [kind for kind in servers.KINDS if kind.name in only]
    direct = target if CYPHER in only else None
    results: list[run.Result] = []
    with servers.running(kinds, target, plan.folder) as started:
        for case in chosen:
            for note in dict.fromkeys(run.check(case, started, direct)):
                LOUD.print(f"note: {note}")
        run.prime(chosen, started, plan)
        for case in chosen:
            LOUD.print(f"{case.name} …")
            results += run.measure(case, started, direct, plan)
        memory += [(server.kind.name, server.kind.title, server.memory) for server in started]
    return results


def _cached(
    only: Sequence[str],
    chosen: Sequence[Case],
    target: Target,
    plan: run.Plan,
    memory: list[tuple[str, str, float]],
) -> list[run.Result]:
    kinds = [kind for kind in servers.CACHED if kind.name in only]
    results: list[run.Result] = []
    with servers.running(kinds, target, plan.folder) as started:
        for case in chosen:
            if case.name in CACHED_CASES:
                LOUD.print(f"{case.name}, cached …")
                results += run.measure_cached(case, started, plan)
        memory += [(f"{server.kind.name} cached", server.kind.title, server.memory) for server in started]
    return results


def _written(chosen: Sequence[Case], target: Target, plan: run.Plan) -> list[run.Result]:
    results: list[run.Result] = []
    ours = [kind for kind in servers.KINDS if kind.name == "ours"]
    with servers.running(ours, target, plan.folder) as (started,):
        for case in chosen:
            if case.name in WRITTEN_CASES:
                LOUD.print(f"{case.name}, after commits …")
                results += run.measure_written(case, started, plan)
    return results


def _store_settings() -> str:
    return f"heap {MEMORY.heap} MiB, page cache {MEMORY.page_cache} MiB, transactions without limit"


def _facts(sizes: Sizes, given: argparse.Namespace) -> dict[str, Any]:
    node = subprocess.run(["node", "--version"], check=False, capture_output=True, text=True).stdout.strip()
    return {
        "graph": f"{sizes.entities} entities, {sizes.relations} relations, seed {sizes.seed}; the article",
        "neo4j": _store_settings(),
        "load": f"middle of {given.rounds} rounds, servers in turn; {given.seconds} s with one connection, "
        f"{run.MORE * given.seconds} s with 16; wrk, one thread",
        "peers": ", ".join(f"{name} {version}" for name, version in servers.versions().items()),
        "machine": f"{psutil.cpu_count()} processors, Python {sys.version.split()[0]}, Node {node}",
    }


if __name__ == "__main__":
    main()
