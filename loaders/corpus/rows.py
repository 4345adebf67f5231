"""Records as JSON texts, and back: what a shard holds."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import orjson

from schema import records
from schema.kinds import KIND_BY_NAME
from schema.records import Entity, Record

TYPES: dict[str, type[Any]] = {type_.__name__: type_ for type_ in get_args(Record)}


def to_text(record: Record) -> str:
    """Return a record as JSON: an array of its fields in their order."""
    return orjson.dumps(_plain(record)).decode()


def from_text(name: str, text: str) -> Record:
    """Return the record of a type that a text holds."""
    record: Record = _build(TYPES[name], orjson.loads(text))
    return _typed(record) if isinstance(record, Entity) else record


def _typed(entity: Entity) -> Entity:
    """Give properties the types of their kind: JSON has no enums."""
    kind = KIND_BY_NAME.get(entity.kind)
    known = {one.name: one for one in kind.properties} if kind else {}
    columns = (
        (name, known[name].typed(value) if name in known and value is not None else value)
        for name, value in entity.properties
    )
    return replace(entity, properties=tuple(columns))


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return [_plain(getattr(value, one.name)) for one in fields(value)]
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value.value if isinstance(value, Enum) else value


@cache
def _hints(type_: type[Any]) -> tuple[Any, ...]:
    found = get_type_hints(type_, vars(records))
    return tuple(found[one.name] for one in fields(type_))


def _build(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    inside = get_args(hint)
    if get_origin(hint) in {Union, UnionType}:
        return _build(next(one for one in inside if one is not NoneType), value)
    if get_origin(hint) is tuple:
        hints = [inside[0]] * len(value) if inside[-1] is Ellipsis else inside
        return tuple(map(_build, hints, value))
    if isinstance(hint, type) and is_dataclass(hint):
        return hint(*map(_build, _hints(hint), value))
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint(value)
    # a property of an entity or an edge: one value or many
    return tuple(value) if isinstance(value, list) else value
