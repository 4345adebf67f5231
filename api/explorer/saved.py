"""Saved questions of the page for Cypher: files in `saved/`, and the competency questions.

A file begins with `// title:`, `// asks:`, `// answer:` and, where it takes any, `// parameters:` with JSON;
a header goes on in lines that begin with `//   `.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from api.questions import questions
from schema.errors import InvalidInput

FOLDER = Path(__file__).parent / "saved"
_REQUIRED = ("title", "asks", "answer")
_KNOWN = (*_REQUIRED, "parameters")


@dataclass(frozen=True, slots=True)
class Saved:
    """One saved question; `answer` says what a row of its answer holds."""

    name: str
    title: str
    asks: str
    answer: str
    statement: str
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Group:
    """Saved questions under one heading."""

    heading: str
    questions: tuple[Saved, ...]


@cache
def groups() -> tuple[Group, ...]:
    """Return all saved questions: the patterns by title, then the competency questions in their order."""
    patterns = (parse(path.stem, path.read_text("utf-8")) for path in FOLDER.glob("*.cypher"))
    asked = tuple(
        Saved(one.name, one.title, one.asks, ", ".join(one.columns), one.cypher.strip(), one.parameters)
        for one in questions()
    )
    return (
        Group("Patterns to change", tuple(sorted(patterns, key=lambda one: one.title))),
        Group("Competency questions", asked),
    )


def parse(name: str, text: str) -> Saved:
    """Return the question that a file holds; `InvalidInput` where its header is not as above."""
    lines = text.splitlines()
    size = next((i for i, line in enumerate(lines) if not line.startswith("//")), len(lines))
    header: dict[str, str] = {}
    for line in lines[:size]:
        key, colon, value = line.removeprefix("//").partition(":")
        if line.startswith("//   ") and header:
            header[list(header)[-1]] += f" {line.removeprefix('//').strip()}"
        elif colon and key.strip() in _KNOWN:
            header[key.strip()] = value.strip()
        else:
            raise InvalidInput(f"{name}: unknown header {line!r}; allowed: {', '.join(_KNOWN)}", given=line)
    missing = [key for key in _REQUIRED if not header.get(key)]
    if missing:
        raise InvalidInput(
            f"{name}: no {missing[0]!r} in the header; needed: {', '.join(_REQUIRED)}", given=name
        )
    statement = "\n".join(lines[size:]).strip()
    try:
        given = json.loads(header.get("parameters", "{}"))
    except json.JSONDecodeError as error:
        raise InvalidInput(f"{name}: parameters are not JSON: {error}", given=header["parameters"]) from None
    return Saved(name, header["title"], header["asks"], header["answer"], statement, given)
