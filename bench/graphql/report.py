"""The figures as tables and as JSON."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import orjson

from bench.graphql.cases import Case
from bench.graphql.run import CALM, CONNECTIONS, WRITTEN, Result
from bench.graphql.servers import KINDS
from bench.graphql.wrk import Load
from bench.table import show

HOSTS = ("apollo", "yoga")
DIRECT = ("cypher", "cypher sync")
Loads = Mapping[tuple[str, str, int], Load]


def loads_of(results: Sequence[Result]) -> Loads:
    """Loads by case, subject and connections, without those that failed."""
    return {(r.case, r.subject, r.connections): r.load for r in results if r.load}


def show_all(
    cases: Sequence[Case], results: Sequence[Result], cached: Sequence[Result], written: Sequence[Result]
) -> None:
    """Print everything that was measured."""
    titles = {case.name: case.title for case in cases}
    loads = loads_of(results)
    subjects = sorted({r.subject for r in results} - set(DIRECT), key=_place)
    reference = "ours" if "ours" in subjects else subjects[0]
    for case, title in titles.items():
        here = [r for r in results if r.case == case]
        _show_case(f"{case}: {title}; ratios to {reference}", here, loads, reference)
    _show_means("geometric mean over all", loads, list(titles), subjects, reference)
    usual = [case.name for case in cases if case.usual]
    if len(usual) in range(1, len(cases)):
        _show_means(f"geometric mean over {', '.join(usual)}", loads, usual, subjects, reference)
    _show_direct(loads, list(titles), reference)
    if cached:
        kept = loads_of(cached)
        for case in dict.fromkeys(r.case for r in cached):
            here = [r for r in cached if r.case == case]
            _show_case(f"cached, {case}: few requests again and again", here, kept, "ours")
    if written:
        _show_written(loads_of(written))


def write(path: Path, facts: Mapping[str, Any], **results: Sequence[Result]) -> None:
    """Write the raw figures."""
    document = {**facts, **{name: [asdict(r) for r in found] for name, found in results.items()}}
    path.write_bytes(orjson.dumps(document, option=orjson.OPT_INDENT_2))


def _show_case(title: str, results: Sequence[Result], loads: Loads, reference: str) -> None:
    rows = []
    case = results[0].case
    for subject in sorted({r.subject for r in results}, key=_place):
        row: list[object] = [subject]
        for connections in CONNECTIONS:
            load = loads.get((case, subject, connections))
            ours = loads.get((case, reference, connections))
            row += [load.median, load.p99, round(load.throughput)] if load else ["-"] * 3
            row += (
                [f"{load.median / ours.median:.1f}", f"{ours.throughput / load.throughput:.1f}"]
                if (load and ours)
                else ["-"] * 2
            )
        rows.append(row)
    columns = [
        f"{name} @{connections}"
        for connections in CONNECTIONS
        for name in ("ms", "p99", "per s", "x ms", "x /s")
    ]
    show(title, ["", *columns], rows)


def _place(subject: str) -> tuple[int, str]:
    order = [kind.name for kind in KINDS] + list(DIRECT)
    return order.index(subject.removesuffix(" tuned")), subject


def _show_written(loads: Loads) -> None:
    """Print what a read costs in the seconds after a commit, beside what it costs otherwise."""
    rows = [
        (case, connections, calm.median, load.median, load.median / calm.median, calm.p99, load.p99)
        for (case, name, connections), load in loads.items()
        if name == WRITTEN and (calm := loads.get((case, CALM, connections)))
    ]
    columns = ("", "connections", "calm ms", "after ms", "x", "calm p99", "after p99")
    show("ours after a commit: a read makes sure for a while that it saw no half of it", columns, rows)


def _show_means(
    title: str, loads: Loads, cases: Sequence[str], subjects: Sequence[str], reference: str
) -> None:
    """Print geometric means of the ratios; the fastest host is the better of the two as a whole."""
    means = _Means(loads, cases, reference)
    picks = {name: _is(name) for name in subjects if name != reference and not name.endswith(" tuned")}
    hosts = [host for host in HOSTS if host in picks]
    if hosts:
        fastest = min(hosts, key=lambda host: means.of(_is(host), 16, _slower))
        picks[f"fastest host ({fastest})"] = _is(fastest)
        picks[f"{fastest}, the better of its two forms"] = _better(fastest)
    rows = [
        [name, *(f"{means.of(pick, c, ratio):.2f}" for c in CONNECTIONS for ratio in (_later, _slower))]
        for name, pick in picks.items()
    ]
    columns = [f"{name} @{c}" for c in CONNECTIONS for name in ("x median", "x per s")]
    show(f"{title}: times slower than {reference}", ["", *columns], rows)


Pick = Callable[[Loads, str, int], Load | None]
Ratio = Callable[[Load, Load], float]


def _is(name: str) -> Pick:
    return lambda loads, case, connections: loads.get((case, name, connections))


def _better(name: str) -> Pick:
    def pick(loads: Loads, case: str, connections: int) -> Load | None:
        forms = (loads.get((case, form, connections)) for form in (name, f"{name} tuned"))
        return max((load for load in forms if load), key=lambda load: load.throughput, default=None)

    return pick


def _later(load: Load, ours: Load) -> float:
    return load.median / ours.median


def _slower(load: Load, ours: Load) -> float:
    return ours.throughput / load.throughput


@dataclass(frozen=True, slots=True)
class _Means:
    loads: Loads
    cases: Sequence[str]
    reference: str

    def of(self, pick: Pick, connections: int, ratio: Ratio) -> float:
        """Mean the ratios of the cases that both answered; not a number where there is none."""
        logs = []
        for case in self.cases:
            load = pick(self.loads, case, connections)
            ours = self.loads.get((case, self.reference, connections))
            if load and ours:
                logs.append(math.log(ratio(load, ours)))
        return math.exp(sum(logs) / len(logs)) if logs else math.nan


def _show_direct(loads: Loads, cases: Sequence[str], reference: str) -> None:
    rows = []
    for case in cases:
        ours, cypher, sync, bare = (loads.get((case, name, 1)) for name in (reference, *DIRECT, "bare"))
        if ours and cypher and sync:
            ratios = (ours.median / cypher.median, ours.p99 / cypher.p99, ours.median / sync.median)
            served = (bare.median, bare.median / cypher.median) if bare else ("-", "-")
            figures = (ours.median, ours.p99, cypher.median, cypher.p99, sync.median)
            rows.append((case, *figures, *ratios, *served))
    if rows:
        columns = (
            *("", f"{reference} ms", "p99", "cypher ms", "p99", "sync ms", "x cypher", "x p99", "x sync"),
            *("bare ms", "bare x cypher"),
        )
        show("one connection against hand-written Cypher in the driver", columns, rows)
