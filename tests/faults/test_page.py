"""docs/reliability.md and the tests: each row names one that is there, and none is left out."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/reliability.md").read_text(encoding="utf-8")
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
HEAD = "| fault | what the caller sees | for how long | what is kept | proved by |"


def _rows() -> list[list[str]]:
    _, _, below = PAGE.partition(HEAD)
    lines = below.strip().splitlines()[1:]
    table = lines[: next((at for at, line in enumerate(lines) if not line.startswith("|")), len(lines))]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table]


def test_every_row_is_whole_and_proved() -> None:
    rows = _rows()
    assert len(rows) > 20
    for row in rows:
        assert len(row) == HEAD.count("|") - 1, row
        assert all(row), row
        assert TEST.search(row[-1]), row


def test_every_named_test_is_there() -> None:
    named = TEST.findall(PAGE)
    assert named
    for file, name in named:
        assert f"\ndef {name}(" in (ROOT / file).read_text(encoding="utf-8"), (file, name)


def test_every_test_of_a_fault_has_its_row() -> None:
    named = {name for row in _rows() for _, name in TEST.findall(row[-1])}
    for path in Path(__file__).parent.glob("test_*.py"):
        if path != Path(__file__):
            found = re.findall(r"^def (test_\w+)\(", path.read_text(encoding="utf-8"), re.MULTILINE)
            assert set(found) <= named, path.name


def test_every_code_is_one_of_ours() -> None:
    codes = set(re.findall(r'code = "(\w+)"', (ROOT / "schema/errors.py").read_text(encoding="utf-8")))
    named = set(re.findall(r"`([A-Z]+(?:_[A-Z]+)+)`", PAGE))
    assert {word for word in named if not word.startswith(("MSCEV_", "NEO4J_"))} <= codes
