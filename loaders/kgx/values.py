"""Cells of a KGX file as values that the graph stores: one value, or a tuple of many of one type."""

from __future__ import annotations

from typing import Any

import orjson

from schema import biolink, ids

_TRUE, _FALSE = frozenset({"true", "t", "yes", "1"}), frozenset({"false", "f", "no", "0"})
_INT64 = 1 << 63
DELIMITER = "|"
OURS = f"{ids.LOCAL}:"  # how what we named ourselves begins


def value_of(column: str, given: Any) -> object | None:
    """Return the value of a cell; None where there is none.

    What Biolink says is one value stays one; other texts are parted at `|`, as KGX does. Values of JSON keep
    their type; objects and lists of several types are kept as JSON text.
    """
    many = biolink.is_many(column)
    if isinstance(given, str):
        if many or (many is None and DELIMITER in given):
            return texts_of(given) or None
        return given or None
    if isinstance(given, list):
        return tuple(_same_type([_plain(part) for part in given if part not in (None, "")])) or None
    plain = None if given is None else _plain(given)
    return (plain,) if many and plain is not None else plain


def texts_of(given: Any) -> tuple[str, ...]:
    """Return a cell as texts: parted at `|`, or the parts of a list."""
    parts = (
        given.split(DELIMITER) if isinstance(given, str) else given if isinstance(given, list) else [given]
    )
    return tuple(text for part in parts if part is not None and (text := str(part).strip()))


def is_true(given: Any) -> bool | None:
    """Return a cell as true or false; None where it is neither."""
    if isinstance(given, bool) or given is None:
        return bool(given)
    word = str(given).strip().lower()
    return True if word in _TRUE else False if word in _FALSE or not word else None


def _plain(part: Any) -> str | int | float | bool:
    if isinstance(part, dict | list):
        return orjson.dumps(part, option=orjson.OPT_SORT_KEYS).decode()
    if isinstance(part, int) and not isinstance(part, bool) and not -_INT64 <= part < _INT64:
        return str(part)
    assert isinstance(part, str | int | float | bool)  # noqa: S101 - JSON has nothing else
    return part


def _same_type(parts: list[Any]) -> list[Any]:
    types = {type(part) for part in parts}
    if types == {int, float}:
        return [float(part) for part in parts]
    if len(types) > 1:
        return [part if isinstance(part, str) else orjson.dumps(part).decode() for part in parts]
    return parts
