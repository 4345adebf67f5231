"""docs/python.md: its Python runs from top to bottom, and prints what stands there."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest

from graph.server import Server
from graph.writer import LoadReport

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "python.md"
BLOCK = re.compile(r"```python\n(.*?)```\n(?:\n```text\n(.*?)```\n)?", re.DOTALL)


def outputs(text: str) -> list[tuple[str, str, str]]:
    """Run the blocks of a page in one namespace; return code, what stands there, and what was printed."""
    names: dict[str, object] = {}
    found = []
    for code, told in BLOCK.findall(text):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(compile(code, PAGE.name, "exec"), names)
        found.append((code, told, out.getvalue()))
    return found


def test_the_page_runs_and_prints_what_it_says(
    server: Server, loaded: LoadReport, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pandas")
    pytest.importorskip("networkx")
    pytest.importorskip("py2neo")
    monkeypatch.chdir(tmp_path)
    found = outputs(PAGE.read_text(encoding="utf-8"))
    assert len(found) >= 8
    for code, told, printed in found:
        assert printed == told, code
    assert (tmp_path / "osteoarthritis.svg").exists()
