"""Queries by hand (written.txt): what is not left to chance, each field, and what nobody may execute."""

from __future__ import annotations

import json
from pathlib import Path

from tests.oracle.queries import Case


def _read() -> dict[str, list[Case]]:
    found: dict[str, list[Case]] = {}
    lines = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    section = ""
    for line in lines:
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            query, _, variables = line.partition("\t")
            if section not in {"queries", "whole", "invalid"}:
                query = f"{{ {section}(filter: {query}, first: 4) {{ totalCount nodes {{ id }} }} }}"
            found.setdefault(section, []).append(Case(query, [json.loads(variables or "{}")]))
    return found


_CASES = _read()
INVALID = _CASES.pop("invalid")
WHOLE = _CASES.pop("whole")
WRITTEN = [
    *(case for cases in _CASES.values() for case in cases),
    Case("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", [{"ids": ["x"] * 1001}]),
    Case("query($texts: [String!]!) { resolve(texts: $texts) { text } }", [{"texts": ["x"] * 1001}]),
    Case("query($ids: [ID!]!) { neighborhood(ids: $ids) { truncated } }", [{"ids": ["x"] * 1001}]),
]
