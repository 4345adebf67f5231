"""The metrics as objects of prometheus-client.

Several workers keep their values in files of one folder, and whoever is asked adds them up; the variable
`PROMETHEUS_MULTIPROC_DIR` must name it before this module is imported. What belongs to one process alone
(memory, open files) then has the label `pid`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import psutil
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import Collector

from api.observe.metrics import Family, Seen, Sources

BUCKETS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20)
# a line more for each counter, which nobody asks for
disable_created_metrics()  # type: ignore[no-untyped-call]
_REFUSED: Final = (429, 503)


class _Live(Collector):
    """What was read from the graph just now."""

    def __init__(self) -> None:
        self.families: Sequence[Family] = ()

    def collect(self) -> Iterator[Metric]:
        for family in self.families:
            labels = list(family.samples[0][0]) if family.samples else []
            made = GaugeMetricFamily(family.name, family.help, labels=labels)
            for named, value in family.samples:
                made.add_metric([named[label] for label in labels], value)
            yield made


class Meters:
    """Every metric of one process."""

    def __init__(self, shared: Path | None) -> None:
        registry = CollectorRegistry()
        self._shared = shared
        self._live = _Live()
        self.requests = Counter(
            "mscev_requests", "Requests answered.", ("route", "method", "status"), registry=registry
        )
        self.seconds = Histogram(
            "mscev_request_seconds",
            "Time until a request was answered, its last byte included.",
            ("route", "operation"),
            buckets=BUCKETS,
            registry=registry,
        )
        self.bytes = Counter(
            "mscev_response_bytes", "Bytes of the bodies of answers.", ("route",), registry=registry
        )
        self.refusals = Counter(
            "mscev_refusals", "Requests answered with 429 or 503, by reason.", ("reason",), registry=registry
        )
        self.under_way = Gauge(
            "mscev_requests_under_way", "Requests under way.", registry=registry, multiprocess_mode="livesum"
        )
        self.hits = Counter(
            "mscev_answer_cache_hits", "GraphQL answers given from the cache.", registry=registry
        )
        self.misses = Counter("mscev_answer_cache_misses", "GraphQL answers made.", registry=registry)
        self.kept = Gauge(
            "mscev_answer_cache_answers", "Answers kept.", registry=registry, multiprocess_mode="livesum"
        )
        self.kept_bytes = Gauge(
            "mscev_answer_cache_bytes",
            "Memory of the kept answers.",
            registry=registry,
            multiprocess_mode="livesum",
        )
        self.plan_hits = Counter(
            "mscev_plan_cache_hits", "GraphQL requests whose plan was kept.", registry=registry
        )
        self.plan_misses = Counter("mscev_plan_cache_misses", "GraphQL plans made.", registry=registry)
        self.plans = Gauge(
            "mscev_plan_cache_plans", "Plans kept.", registry=registry, multiprocess_mode="livesum"
        )
        self.pool = Gauge(
            "mscev_neo4j_connections",
            "Bolt connections of the service's driver.",
            ("state",),
            registry=registry,
            multiprocess_mode="livesum",
        )
        self.restarts = Counter(
            "mscev_neo4j_restarts", "Restarts of the managed Neo4j by the supervisor.", registry=registry
        )
        self.worker_restarts = Counter(
            "mscev_worker_restarts", "Workers that died and were started again.", registry=registry
        )
        self.cpu = Counter("process_cpu_seconds", "Processor time of the service.", registry=registry)
        self.memory = Gauge(
            "process_resident_memory_bytes",
            "Resident memory of a process.",
            registry=registry,
            multiprocess_mode="liveall",
        )
        self.files = Gauge(
            "process_open_fds",
            "Open file descriptors of a process.",
            registry=registry,
            multiprocess_mode="liveall",
        )
        self.started = Gauge(
            "process_start_time_seconds",
            "When a process began, as seconds since 1970.",
            registry=registry,
            multiprocess_mode="liveall",
        )
        self._process = psutil.Process()
        self.started.set(self._process.create_time())
        self._known: dict[Counter, float] = {}
        # looking up what belongs to labels costs more than counting
        self._kept: dict[tuple[str, str, int, str], tuple[Counter, Histogram, Counter]] = {}
        self._exposed = registry if shared is None else CollectorRegistry()
        if shared is not None:
            MultiProcessCollector(self._exposed, str(shared))  # type: ignore[no-untyped-call]
        self._exposed.register(self._live)

    def count(self, seen: Seen) -> None:
        """Count one request."""
        key = (seen.route, seen.method, seen.status, seen.kind)
        known = self._kept.get(key)
        if known is None:
            known = self._kept[key] = (
                self.requests.labels(seen.route, seen.method, seen.status),
                self.seconds.labels(seen.route, seen.kind),
                self.bytes.labels(seen.route),
            )
        requests, seconds, size = known
        requests.inc()
        seconds.observe(seen.seconds)
        size.inc(seen.size)
        if seen.status in _REFUSED:
            self.refusals.labels(seen.code or "OTHER").inc()

    def refresh(self, sources: Sources) -> None:
        """Take over the numbers of this process."""
        self.under_way.set(sources.under_way())
        hits, misses, kept, size = sources.cache()
        self.bring(self.hits, hits)
        self.bring(self.misses, misses)
        self.kept.set(kept)
        self.kept_bytes.set(size)
        hits, misses, kept = sources.plans()
        self.bring(self.plan_hits, hits)
        self.bring(self.plan_misses, misses)
        self.plans.set(kept)
        in_use, idle = sources.pool()
        self.pool.labels("in_use").set(in_use)
        self.pool.labels("idle").set(idle)
        self.bring(self.restarts, sources.restarts())
        self.measure()

    def measure(self) -> None:
        """Take over what the system says of this process."""
        with self._process.oneshot():
            times = self._process.cpu_times()
            self.bring(self.cpu, times.user + times.system)
            self.memory.set(self._process.memory_info().rss)
            if os.name != "nt":
                self.files.set(self._process.num_fds())

    def bring(self, counter: Counter, value: float) -> None:
        """Raise a counter to a number that is counted elsewhere."""
        counter.inc(max(0.0, value - self._known.get(counter, 0.0)))
        self._known[counter] = value

    def text(self, live: Sequence[Family]) -> tuple[bytes, str]:
        """Return the text and its media type."""
        self._live.families = live
        return generate_latest(self._exposed), CONTENT_TYPE_LATEST

    def forget(self, pid: int) -> None:
        """Take a dead worker out of what is told of living ones."""
        if self._shared is not None:
            mark_process_dead(pid, str(self._shared))  # type: ignore[no-untyped-call]
