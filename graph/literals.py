"""A statement as text to paste: its parameters written in as literals. What is run takes parameters."""

from __future__ import annotations

import re

from graph.statement import Statement

_ESCAPES = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_PARAMETER = re.compile(r"\$(\w+)")


def as_text(statement: Statement) -> str:
    """Return the statement with each parameter in its place: texts, numbers, yes or no, lists of these."""
    return _PARAMETER.sub(lambda found: literal(statement.parameters[found[1]]), statement.text)


def literal(value: object) -> str:
    """Return a value as Cypher 5 writes it; `TypeError` where it has no literal."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, list | tuple):
        return f"[{', '.join(literal(item) for item in value)}]"
    raise TypeError(f"no literal for {type(value).__name__}")


def _text(value: str) -> str:
    # Cypher 5 reads a backslash, u and four digits as a letter before it looks for strings: they are parted.
    parts = re.split(r"(?<=\\)(?=[uU])", value)
    quoted = " + ".join(f"'{''.join(_ESCAPES.get(c, c) for c in part)}'" for part in parts)
    return f"({quoted})" if len(parts) > 1 else quoted
