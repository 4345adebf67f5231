"""The notebook in docs/ runs from top to bottom, and shows what it says."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from graph.server import Server
from graph.writer import LoadReport
from loaders.article.curated import built_in

nbformat = pytest.importorskip("nbformat")
nbclient = pytest.importorskip("nbclient")
pytest.importorskip("matplotlib")

ROOT = Path(__file__).parents[2]
NOTEBOOK = ROOT / "docs" / "notebook.ipynb"
Cell = dict[str, Any]


@pytest.fixture(scope="module")
def cells(server: Server, loaded: LoadReport) -> list[Cell]:
    """The code cells after a run on the managed Neo4j, which the notebook finds as a user's does."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    nbclient.NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(ROOT)}}).execute()
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def _shown(cells: list[Cell], source: str, kind: str) -> str:
    """Return what the cell with this in its source shows, as text or of a media type."""
    (cell,) = [cell for cell in cells if source in cell["source"]]
    parts = [
        part["text"] if kind == "text" else part["data"][kind] for part in cell["outputs"] if _has(part, kind)
    ]
    return "".join(parts)


def _has(part: dict[str, Any], kind: str) -> bool:
    return part["output_type"] == "stream" if kind == "text" else kind in part.get("data", {})


def test_no_cell_fails_or_warns(cells: list[Cell]) -> None:
    assert all(cell["execution_count"] for cell in cells)
    outputs = [part for cell in cells for part in cell["outputs"]]
    assert [part for part in outputs if part["output_type"] == "error" or part.get("name") == "stderr"] == []


def test_graphql_answers(cells: list[Cell]) -> None:
    lines = _shown(cells, "lowering = graph.query", "text").splitlines()
    expected = [c for c in built_in().claims() if c.object == "HGNC:6018" and c.direction == "DECREASED"]
    assert len(lines) == len(expected)
    for claim in expected:
        assert any(f"paragraph {claim.block}, sentence {claim.sentence}; " in line for line in lines)


def test_cypher_answers(cells: list[Cell]) -> None:
    table = _shown(cells, "graph.cypher(", "text/html")
    assert re.findall(r"<th>([a-z]+)</th>", table) == ["concern", "marker", "year", "claims"]
    assert "<td>CELLS_NOT_VESICLES</td>" in table
    assert table.count("<tr>") > 2


def test_pandas_counts_and_plots(cells: list[Cell]) -> None:
    table = _shown(cells, "claims = graph.claims()", "text/html")
    assert "<th>osteoarthritis</th>" in table
    assert "<th>CLINICAL</th>" in table
    assert _shown(cells, "axes = ", "image/png")


def test_the_view_is_embedded(cells: list[Cell]) -> None:
    assert _shown(cells, "graph.view(", "text/html").startswith('<iframe title="Osteoarthritis and')


def test_networkx_counts(cells: list[Cell]) -> None:
    first = _shown(cells, "whole = ", "text").splitlines()[0]
    assert first.startswith(f"{len(list(built_in().entities()))} entities, ")


def test_the_file_holds_no_output_and_nothing_of_a_machine() -> None:
    text = NOTEBOOK.read_text(encoding="utf-8")
    for cell in json.loads(text)["cells"]:
        if cell["cell_type"] == "code":
            assert (cell["outputs"], cell["execution_count"]) == ([], None)
    assert not re.search(r"pypi|conda|(?<![\w.])/(home|root|work|tmp)/|\w+\.local\b", text)
