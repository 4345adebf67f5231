"""docs/security.md promises nothing without a test: each line names one that exists."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
THREATS = PAGE.partition("\n## Threats\n")[2].partition("\n## ")[0]
NAMED = re.findall(r"`(tests/[\w/]+\.py)::([\w:]+)`( †)?", THREATS)


@cache
def _tests(path: str) -> dict[str, bool]:
    """Return the tests of a file by name, and whether each is left to `make test-all`."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    whole = any(_is_for_tools(node) for node in tree.body if isinstance(node, ast.Assign))
    found: dict[str, bool] = {}
    for node in tree.body:
        inside = node.body if isinstance(node, ast.ClassDef) else [node]
        prefix = f"{node.name}::" if isinstance(node, ast.ClassDef) else ""
        for one in inside:
            if isinstance(one, ast.FunctionDef) and one.name.startswith("test_"):
                found[prefix + one.name] = whole or any(map(_is_for_tools, one.decorator_list))
    return found


def _is_for_tools(node: ast.AST) -> bool:
    return "pytest.mark.tools" in ast.unparse(node)


def test_there_is_a_table() -> None:
    assert len(NAMED) > 60
    assert len({path for path, *_ in NAMED}) > 20


@pytest.mark.parametrize("row", [row for row in THREATS.splitlines() if row.startswith("| ")][2:])
def test_each_line_says_what_is_done_and_names_a_test(row: str) -> None:
    threat, done, named = (cell.strip() for cell in row.strip("|").split("|"))
    if threat.startswith("**"):
        assert (done, named) == ("", "")
        return
    assert threat
    assert done
    left = re.sub(r"`tests/[\w/]+\.py::[\w:]+`(?: †)?", "", named).replace(",", "").strip()
    assert (left, named.startswith("`tests/")) == ("", True)


@pytest.mark.parametrize(("path", "test", "mark"), NAMED)
def test_each_test_is_there_and_runs_where_the_page_says(path: str, test: str, mark: str) -> None:
    tests = _tests(path)
    assert test in tests
    assert tests[test] is bool(mark)
