"""KGX's own transformer and bmt read our exports, in an environment of their own (`make kgx`)."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from exports.files import Losses
from exports.formats import format_named
from exports.kgx import edge_rows
from exports.snapshot import Snapshot

pytestmark = pytest.mark.tools
ROOT = Path(__file__).parents[2]
PYTHON = Path(os.environ.get("VIRTUAL_ENV", str(ROOT / ".venv")) + "-kgx") / "bin" / "python"
READER = Path(__file__).with_name("kgx_reader.py")


def _read(form: str, folder: Path) -> dict[str, Any]:
    if not PYTHON.exists():
        pytest.skip(f"{PYTHON} is not there; `make kgx` makes it")
    files = [folder / f"{name}.{form}" for name in ("nodes", "edges")]
    ran = subprocess.run([PYTHON, READER, form, *files], capture_output=True, text=True, check=False)
    lines = [line for line in ran.stdout.splitlines() if line.startswith("RESULT ")]
    assert lines, ran.stderr[-2000:]
    told: dict[str, Any] = json.loads(lines[0].removeprefix("RESULT "))
    return told


@pytest.mark.parametrize("form", ["tsv", "jsonl"])
def test_kgx_reads_all_and_biolink_knows_every_word(snapshot: Snapshot, tmp_path: Path, form: str) -> None:
    format_named(f"kgx-{form}").write(snapshot, tmp_path, Losses())
    told = _read(form, tmp_path)
    assert told["unknown"] == []
    assert told["nodes"] == sum(1 for _ in snapshot.rows("entities"))
    kept: dict[tuple[str, str, str], dict[str, Any]] = {}
    for edge in edge_rows(snapshot):  # KGX's graph in memory has one edge for a triple; the later line wins
        kept.setdefault((edge["subject"], edge["predicate"], edge["object"]), {}).update(edge)
    assert told["edges"] == len(kept)
    assert told["claims"] == sorted(claim for edge in kept.values() for claim in edge.get("claims", []))


def test_the_check_finds_what_biolink_does_not_know(tmp_path: Path) -> None:
    nodes = [{"id": "A:1", "category": ["biolink:Planet"]}, {"id": "A:2", "category": ["biolink:Gene"]}]
    edge = {
        "subject": "A:1",
        "predicate": "biolink:orbits",
        "object": "A:2",
        "object_direction_qualifier": "sideways",
        "colour_qualifier": "red",
    }
    (tmp_path / "nodes.jsonl").write_text("".join(json.dumps(node) + "\n" for node in nodes))
    (tmp_path / "edges.jsonl").write_text(json.dumps(edge) + "\n")
    assert _read("jsonl", tmp_path)["unknown"] == [
        "biolink:Planet",
        "biolink:orbits",
        "colour_qualifier",
        "object_direction_qualifier sideways",
    ]
