"""A row of nodes as an entity: of our kind where its categories hold one, else a `NamedThing`."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from math import isfinite
from typing import Any

import orjson

from loaders.kgx.files import Row
from loaders.kgx.values import OURS, texts_of, value_of
from schema import biolink
from schema.columns import CATEGORIES, MAPPINGS, node_property
from schema.enums import MappingMatch
from schema.errors import InvalidRecord
from schema.kinds import FOREIGN, KIND_BY_NAME, Kind, Property
from schema.records import Columns, Entity, Mapping
from schema.validate import check_entity

_OWN_LISTS = {"asWritten", "composition"}
# What our own export says beyond an entity: where it is from, and the words of other sources.
_BESIDE = {"provided_by", "xref", "variants", "variantOf"}


def entity_of(row: Row, source: str, left_out: Callable[[str], None]) -> Entity:
    """Return the entity of a row; `left_out` is told of columns that a kind of ours does not have.

    Raises `InvalidRecord` where there is no entity in it.
    """
    id_ = str(row.get("id") or "")
    if not id_:
        raise InvalidRecord("the row has no id", field="id", given=id_)
    given = texts_of(row.get("category") or "")
    kind = next(
        (
            KIND_BY_NAME[name]
            for one in given
            if (name := one.removeprefix(OURS)) in KIND_BY_NAME and one != name
        ),
        FOREIGN,
    )
    category = biolink.most_specific(_biolink(one) for one in given)
    named = str(row.get("name") or "").strip() or id_
    read = _foreign(row, given, category) if kind is FOREIGN else _own(kind, row, left_out)
    entity = Entity(
        id_,
        kind.name,
        named,
        category,
        description=str(row["description"]) if row.get("description") else None,
        synonyms=texts_of(row.get("synonym") or ""),
        as_written=texts_of(row.get("asWritten") or "") if kind is not FOREIGN else (),
        composition=texts_of(row.get("composition") or "") if kind is not FOREIGN else (),
        mappings=_mappings(row, id_, source) if kind is not FOREIGN else (),
        properties=read,
    )
    for problem in check_entity(entity):
        raise problem
    return entity


def _biolink(category: str) -> str:
    return category if ":" in category else f"biolink:{category}"


def _foreign(row: Row, given: tuple[str, ...], category: str) -> Columns:
    """Return the columns that no field of an entity takes; all categories too, where there are several."""
    kept: list[tuple[str, object]] = []
    if given and given != (category,):
        kept.append((CATEGORIES, given))
    for column, cell in row.items():
        if column in {"id", "name", "category", "description", "synonym"}:
            continue
        value = value_of(column, cell)
        if value is not None:
            kept.append((node_property(column), value))
    return tuple(kept)


def _own(kind: Kind, row: Row, left_out: Callable[[str], None]) -> Columns:
    known = {prop.name: prop for prop in kind.properties}
    kept: list[tuple[str, object]] = []
    for column, cell in row.items():
        if column in {
            "id",
            "name",
            "category",
            "description",
            "synonym",
            MAPPINGS,
            *_BESIDE,
            *_OWN_LISTS,
        }:
            continue
        if cell in (None, "", []):
            continue
        if column in known:
            kept.append((column, _typed(known[column], cell)))
        else:
            name = column if column.isprintable() else repr(column)
            left_out(f"{name} is no property of {kind.name}; the column was left out")
    return tuple(kept)


def _typed(prop: Property, cell: Any) -> object:
    value: object = None
    with suppress(ValueError, TypeError, OverflowError):
        value = prop.typed(texts_of(cell) if prop.many else cell)
    if value is None or (isinstance(value, float) and not isfinite(value)):
        raise InvalidRecord(
            f"{prop.name} cannot be {cell!r}; allowed: {prop.type.__name__}", field=prop.name, given=cell
        )
    return value


def _mappings(row: Row, id_: str, source: str) -> tuple[Mapping, ...]:
    """Return the public identifiers that our own export tells, else the node's own one."""
    text = row.get(MAPPINGS)
    try:
        told = [
            Mapping(
                str(one["id"]),
                MappingMatch(one["match"]),
                str(one["source"]),
                one.get("label"),
                one.get("version"),
            )
            for one in (orjson.loads(text) if text else ())
        ]
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError) as error:
        raise InvalidRecord(f"{MAPPINGS} cannot be read: {error}", field=MAPPINGS, given=text) from error
    if not id_.startswith(OURS) and not any(one.id == id_ for one in told):
        told.append(Mapping(id_, MappingMatch.EXACT, source))
    return tuple(told)
