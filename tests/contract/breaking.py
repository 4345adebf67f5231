"""Breaking changes between two schemas, each under the schema coordinate of what changed."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path

from graphql import GraphQLSchema, build_schema
from graphql.utilities import (
    DangerousChangeType,
    find_breaking_changes,
    find_dangerous_changes,
)

FOLDER = Path(__file__).parent
RELEASED, DECLARED = FOLDER / "released.graphql", FOLDER / "declared.tsv"

# The same query answers differently without these; tools call them dangerous, here they are declared as well.
DEFAULTS = {
    DangerousChangeType.ARG_DEFAULT_VALUE_CHANGE,
    DangerousChangeType.INPUT_FIELD_DEFAULT_VALUE_CHANGE,
}
NAME = r"[_A-Za-z]\w*"
COORDINATE = re.compile(rf"@?{NAME}(?:\.{NAME})?(?:\({NAME}:\))?")
LEAD = re.compile(
    r"(?:Standard scalar|Field|Enum value|Argument|Directive|An? (?:required|optional) (?:field|argument)) "
)


@dataclass(frozen=True, slots=True)
class Change:
    """One breaking change; `path` is a schema coordinate, such as `Query.node(id:)`."""

    path: str
    message: str


def _change(message: str) -> Change:
    at = LEAD.match(message)
    found = COORDINATE.match(message, at.end() if at else 0)
    assert found, f"no schema coordinate in {message!r}"
    return Change(found[0], message)


def breaking(old: GraphQLSchema, new: GraphQLSchema) -> list[Change]:
    """Return what a client of the old schema could trip over in the new one."""
    changes = [_change(one.description) for one in find_breaking_changes(old, new)]
    changes += [_change(one.description) for one in find_dangerous_changes(old, new) if one.type in DEFAULTS]
    return sorted(changes, key=lambda change: (change.path, change.message))


def compare(old: str, new: str) -> list[Change]:
    """Return the breaking changes between two texts in the schema definition language."""
    return breaking(_built(old), _built(new))


_built = lru_cache(maxsize=2)(build_schema)


def declared(path: Path = DECLARED) -> dict[str, str]:
    """Return the declared changes; a path may hold `*`, a reason must be given."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE, strict=True))
    for row in rows:
        assert all(row.values()), f"{path.name}: a path and a reason are needed: {row}"
        assert row["path"].strip("*."), f"{path.name}: {row['path']} would allow everything"
    named = {row["path"]: row["reason"] for row in rows}
    assert len(named) == len(rows), f"{path.name} names a path twice"
    return named


def judge(changes: Iterable[Change], allowed: Mapping[str, str]) -> list[str]:
    """Return what is wrong: breaking changes that nobody declared, declarations of what did not change."""
    found = list(changes)
    wrong = [
        f"{change.path}: {change.message}"
        for change in found
        if not any(fnmatchcase(change.path, path) for path in allowed)
    ]
    wrong += [
        f"{path} is declared, but nothing broke there"
        for path in allowed
        if not any(fnmatchcase(change.path, path) for change in found)
    ]
    return wrong
