"""Loads beside readers, and loads that are killed: readers see before or after, and nothing is half there."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import threading
import time
from pathlib import Path
from random import Random
from typing import Any

import pytest

from api.app import create_app
from api.settings import ServiceSettings
from bench.load.data import Sizes, records
from graph.connection import Database
from graph.reads.info import STATE
from graph.target import Target
from graph.writer import LoadReport, load
from tests.conftest import Service, count, served
from tests.faults.command import COMMAND, ROOT, environment, run
from tests.faults.watch import is_whole, report

pytestmark = pytest.mark.faults

COUNTED = """{ graph { release generation entities claims
    kinds { kind count } predicates { predicate count } }
    cytokines(first: 1) { totalCount } relations(first: 1) { totalCount } }"""
READERS = 3
LOADS = 6
SIZES = (Sizes(200, 2_000), Sizes(600, 8_000))


def _seen(data: dict[str, Any]) -> tuple[int, str]:
    """The generation, and everything else of the answer."""
    return data["graph"]["generation"], json.dumps(data, sort_keys=True)


def test_load_during_queries(database: Database, target: Target, loaded: LoadReport) -> None:
    """One answer, with its release and all its counts, is of one state of the graph."""
    ended = threading.Event()
    seen: set[tuple[int, str]] = set()
    failed: list[BaseException] = []

    def read(service: Service) -> None:
        try:
            while not ended.is_set():
                seen.add(_seen(service.ask(COUNTED)))
        except BaseException as error:  # noqa: BLE001 - told below
            failed.append(error)

    with served(create_app(target, ServiceSettings(answer_cache_mb=0))) as url:
        service = Service(url)
        still = {_seen(service.ask(COUNTED))}
        readers = [threading.Thread(target=read, args=(service,)) for _ in range(READERS)]
        for reader in readers:
            reader.start()
        try:
            for number in range(LOADS):
                load(database, records(SIZES[number % 2]))
                still.add(_seen(service.ask(COUNTED)))
        finally:
            ended.set()
            for reader in readers:
                reader.join()
    assert failed == []
    mixed = seen - still
    report("load during queries", f"{len(seen)} different answers, {LOADS + 1} states, {len(mixed)} mixed")
    assert not mixed
    assert len(seen) > 1, "nobody read while it was loaded"


def test_killed_loads(database: Database, target: Target, loaded: LoadReport, tmp_path: Path) -> None:
    """The command is killed at any moment: the article is there as a whole or not at all."""
    chance, kept = Random(), 0
    outside = {"NEO4J_URI": target.uri, "NEO4J_PASSWORD": target.password}
    moments = []
    for _ in range(4):
        database.write(lambda tx: tx.run("MATCH (n) DETACH DELETE n").consume())
        moments.append(chance.uniform(1.5, 5))
        with subprocess.Popen(
            [*COMMAND, "load", "article"],
            env=environment(tmp_path, **outside),
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as running:
            time.sleep(moments[-1])
            if running.poll() is None:
                os.kill(running.pid, signal.SIGKILL)
        state = database.value(STATE)
        if state is None:
            assert count(database, "(n:Entity|Claim|Sentence)") == 0
        else:
            kept += 1
            is_whole(database, loaded.release)
    done = run(tmp_path, "load", "article", **outside)
    assert done.returncode == 0, done.stderr
    is_whole(database, loaded.release)
    told = ", ".join(f"{moment:.1f}" for moment in moments)
    report("killed loads", f"killed after {told} s: {kept} whole, {len(moments) - kept} not at all")
