"""`python -m bench.soak --minutes 10 --clients 32`: ask, load, watch, flood, and say what came of it."""

from __future__ import annotations

import argparse
import asyncio
import re
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import httpx
import orjson

from bench.soak.asks import Ask
from bench.soak.clients import Crowd, Tally
from bench.soak.figures import percentile, recovery
from bench.soak.flood import all_asks
from bench.soak.judge import Ended, faults
from bench.soak.known import BASE, STATES, Known
from bench.soak.loads import GRAPH, Loads
from bench.soak.service import Running, running
from bench.soak.watch import Watched, watch
from bench.soak.wire import Wire
from bench.table import show

AFTER_SECONDS = 30.0
COUNTS = """{
  graph { release claims entities sources { id release } kinds { kind count } predicates { predicate count } }
  all: claims { totalCount } references { totalCount } relations { totalCount }
}"""


def _counts(service: Running) -> dict[str, Any]:
    answer = httpx.post(f"{service.url}/graphql", json={"query": COUNTS}, timeout=60).json()
    data: dict[str, Any] = answer["data"]
    lists = {name: data[name]["totalCount"] for name in ("all", "references", "relations")}
    counts: dict[str, Any] = data["graph"] | lists
    return counts


def _cache(service: Running) -> tuple[float, float]:
    """Return hits and misses of the cache of answers; none where the service has no `/metrics`."""
    text = httpx.get(f"{service.url}/metrics", timeout=60).text
    found = dict(re.findall(r"^mscev_answer_cache_(hits|misses)_total ([\d.e+]+)$", text, re.MULTILINE))
    return float(found.get("hits", 0)), float(found.get("misses", 0))


def _release(service: Running) -> str:
    return str(_counts(service)["release"])[:12]


async def _learn(service: Running, loads: Loads, all_: dict[str, list[Ask]]) -> tuple[Known, str]:
    """Ask everything with each set of sources; return what was answered, and the id of the article."""
    known = Known()
    flat = [ask for asks in all_.values() for ask in asks]
    base, with_article, with_graph = STATES
    async with Wire("127.0.0.1", service.port) as wire:
        await known.learn(wire, flat, base, _release(service))
        article = await loads.article()
        await known.learn(wire, flat, with_article, _release(service))
        await loads.unload(article)
        await loads.graph()
        await known.learn(wire, flat, with_graph, _release(service))
        await loads.unload(GRAPH)
        await known.learn(wire, flat, base, _release(service))
    return known, article


async def _soak(service: Running, folder: Path, asked: argparse.Namespace) -> Ended:
    loads = Loads(service, folder)
    loads.write_files()
    all_ = all_asks(1, asked.every)
    before = _counts(service)
    known, article = await _learn(service, loads, all_)
    print(
        f"{len(known.answers)} requests learnt in {len(known.releases)} states of the graph; "
        f"{known.depending()} depend on the state. {asked.clients} clients, {asked.minutes:g} minutes.",
        flush=True,
    )
    hits, misses = _cache(service)
    crowd = Crowd(service.port, all_, known, loads)
    watched = [Watched("service", service.process), Watched("Neo4j", service.neo4j)]
    end, loads_end, watch_end = asyncio.Event(), asyncio.Event(), asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        for number in range(asked.clients):
            tasks.create_task(crowd.run(number, end))
        loading = tasks.create_task(loads.again_and_again(article, loads_end))
        watching = tasks.create_task(watch(watched, watch_end))
        await asyncio.sleep(asked.minutes * 60)
        loads_end.set()
        await loading
        watch_end.set()
        await watching
        soak = crowd.phase()
        now_hits, now_misses = _cache(service)
        flood = await _flood(service, asked)
        ended_at = time.monotonic()
        await asyncio.sleep(AFTER_SECONDS)
        end.set()
    flooded = crowd.phase()
    back = recovery(flooded.moments, ended_at, 1.5 * usual_p99(soak))
    ended = Ended(soak, flooded, flood, back, watched, asked.minutes, loads.failed, before, _counts(service))
    _show(ended, loads, known)
    asked_of_it = now_hits - hits + now_misses - misses
    print(f"GraphQL answers from the cache: {(now_hits - hits) / asked_of_it if asked_of_it else 0:.0%}")
    return ended


async def _flood(service: Running, asked: argparse.Namespace) -> dict[str, Any]:
    command = (str(service.port), str(asked.flood), str(asked.flood_seconds), str(asked.every))
    flooding = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.soak.flood", *command, stdout=asyncio.subprocess.PIPE
    )
    output, _ = await flooding.communicate()
    told: dict[str, Any] = orjson.loads(output)
    return told


def usual_p99(soak: Tally) -> float:
    """Return p99 of all kinds together, in seconds."""
    return percentile([seconds for _, seconds in soak.moments], 0.99)


def _show(ended: Ended, loads: Loads, known: Known) -> None:
    soak, flooded = ended.soak, ended.flooded
    rows = [
        (kind, len(values), *(1000 * percentile(values, share) for share in (0.5, 0.95, 0.99)))
        for kind, values in sorted(soak.seconds.items())
    ]
    show("requests, ms", ("kind", "answered and right", "p50", "p95", "p99"), rows)
    show(
        "not answered",
        ("what", "number"),
        [
            ("wrong answers", len(soak.wrong)),
            ("error rate", f"{soak.error_rate:.4%}"),
            *soak.errors.items(),
            ("refused (429, 503 at capacity)", soak.refused.total()),
            ("not judged: a source was half-way in or out", known.unjudged),
        ],
    )
    show(
        "loads beside it",
        ("command", "times", "median s", "slowest s"),
        [(name, len(took), percentile(took, 0.5), max(took)) for name, took in loads.done.items()],
    )
    show(
        "memory and descriptors",
        ("process", "MB first", "MB last", "MB a minute, second half", "most descriptors by quarter"),
        [
            (one.name, one.samples[0][1], one.samples[-1][1], one.growth(), one.descriptors())
            for one in ended.watched
        ],
    )
    normal = [seconds for values in flooded.seconds.values() for seconds in values]
    show(
        "overload",
        ("what", "figure"),
        [
            *ended.flood.items(),
            ("normal clients refused meanwhile", flooded.refused.total()),
            ("normal clients' refusals p50", percentile(flooded.refused_after, 0.5)),
            ("normal clients' refusals p99", percentile(flooded.refused_after, 0.99)),
            ("normal clients' errors meanwhile", dict(flooded.errors)),
            ("normal clients p99 before, s", usual_p99(soak)),
            ("normal clients p99 meanwhile, s", percentile(normal, 0.99)),
            ("seconds until p99 is usual again", "not" if ended.recovery is None else ended.recovery),
        ],
    )


def main() -> None:
    """Run; exit 1 where something is not as it must be."""
    parser = argparse.ArgumentParser(prog="python -m bench.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--clients", type=int, default=32)
    parser.add_argument("--every", type=int, default=1, help="use each n-th request only, for a quick look")
    parser.add_argument("--flood", type=int, default=400, help="clients of the overload at the end")
    parser.add_argument("--flood-seconds", type=float, default=30)
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # what was started is stopped
    with tempfile.TemporaryDirectory(prefix="mscev-soak-") as name, running(Path(name)) as service:
        ended = asyncio.run(_soak(service, Path(name), asked))
        code, output, _ = asyncio.run(service.run("audit"))
    found = list(faults(ended))
    if code:
        found.append(f"mscev audit: exit {code}: {output.strip()[-300:]}")
    for fault in found:
        print(fault)
    if found:
        raise SystemExit(1)
    print(f"As it must be: the release is {ended.after['release'][:12]} ({BASE}), as before; audit agrees.")


if __name__ == "__main__":
    main()
