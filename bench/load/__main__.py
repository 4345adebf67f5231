"""Loads a made-up graph in parts and in bulk, beside the driver's own loop and the bare import tool.

Each load is a process of its own, on a home of its own; its peak memory is that of our process, not Neo4j's.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.load.data import Sizes
from bench.table import show
from graph.server import Home

_COMMON = """
import json, resource, sys, time
from pathlib import Path
from bench.load import raw
from bench.load.data import SOURCE, Sizes, records
from graph.bulk import load_bulk
from graph.connection import Database
from graph.server import Home, managed
from graph.stream import load_stream

home = Home(Path(sys.argv[1]), Home.from_environ().cache)
sizes = Sizes(int(sys.argv[2]), int(sys.argv[3]))

def told(seconds, **values):
    values["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, **values}))

"""
_RAW = """
with managed(home) as server:
    told(raw.online(server.target, sizes))
"""
_ONLINE = """
with managed(home) as server, Database(server.target) as database:
    begun = time.perf_counter()
    report = load_stream(database, SOURCE, records(sizes), input_id=sizes.id)
    told(time.perf_counter() - begun, release=report.release)
"""
_BARE = """
imported, indexed = raw.bulk(home, sizes)
told(imported, indexed=indexed)
"""
_BULK = """
with managed(home):
    pass  # a first start makes an empty store
begun = time.perf_counter()
report = load_bulk(home, SOURCE, records(sizes))
told(time.perf_counter() - begun, release=report.release, stored=raw.stored(home))
"""


def _run(code: str, sizes: Sizes, folder: Path) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="mscev-bench-", dir=folder) as home:
        done = subprocess.run(
            [sys.executable, "-c", _COMMON + code, home, str(sizes.entities), str(sizes.edges)],
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    """Run what was asked for and print a table."""
    parser = argparse.ArgumentParser(prog="python -m bench.load", description=__doc__)
    parser.add_argument("--entities", type=int, default=100_000)
    parser.add_argument("--edges", type=int, default=1_000_000)
    parser.add_argument("--bulk-only", action="store_true", help="leave out the online load and its peer")
    parser.add_argument(
        "--folder", type=Path, default=Path(tempfile.gettempdir()), help="where stores are made"
    )
    asked = parser.parse_args()
    sizes = Sizes(asked.entities, asked.edges)
    Home.from_environ().cache.mkdir(parents=True, exist_ok=True)
    rows: list[tuple[object, ...]] = []
    releases = set()
    pairs = [("in bulk", _BARE, "neo4j-admin on prepared files", _BULK, "mscev load kgx --bulk")]
    if not asked.bulk_only:
        pairs.insert(0, ("online", _RAW, "the driver's batched loop", _ONLINE, "mscev load kgx"))
    for way, peer, peer_name, ours, our_name in pairs:
        one, other = _run(peer, sizes, asked.folder), _run(ours, sizes, asked.folder)
        releases.add(other["release"])
        rate = f"{sizes.edges / one['seconds']:,.0f}"
        rows.append((way, peer_name, one["seconds"], rate, 1.0, ""))
        if "indexed" in one:
            whole = one["seconds"] + one["indexed"]
            share = whole / one["seconds"]
            rows.append((way, "the same, and all indexes", whole, f"{sizes.edges / whole:,.0f}", share, ""))
        ratio = other["seconds"] / one["seconds"]
        rate = f"{sizes.edges / other['seconds']:,.0f}"
        rows.append((way, our_name, other["seconds"], rate, ratio, f"{other['memory']:.0f}"))
    show(
        f"{sizes.entities:,} entities, {sizes.edges:,} relations",
        ["way", "what", "seconds", "relations/s", "ratio", "our peak MB"],
        rows,
    )
    if len(releases) != 1:
        raise SystemExit("the release differs between the two ways")


if __name__ == "__main__":
    main()
