"""Things that several sources describe: each source's words are kept, and one rule says what is shown.

The rule hangs on the set of sources alone, not on the order of loads, so that a source can be taken out
again without a trace. Words are kept apart (`variants`, and `variantOf` for each of `sources`) only where
they differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from schema import ids
from schema.kinds import FOREIGN

Said = dict[str, Any]

OWN = frozenset({"id", "sources", "variants", "variantOf"})
_COMMON = ("kind", "name", "category")
_UNITED = ("synonyms", "asWritten")
_FIRST = ("description", "composition")
_ARTICLES = f"{ids.LOCAL}.article:"


def entity_said(properties: Mapping[str, Any], mappings: Iterable[tuple[str, Mapping[str, Any]]]) -> Said:
    """Return what one source says of an entity: properties, and those of each mapping; nothing is empty."""
    return {
        "properties": _present(properties),
        "mappings": {id_: _present(values) for id_, values in mappings},
    }


def by_source(properties: Mapping[str, Any], sources: Iterable[str], alone: Said) -> dict[str, Said]:
    """Return what each source says of a stored thing; `alone` is what is shown: all say it if none differ."""
    variants = properties.get("variants")
    if not variants:
        return dict.fromkeys(sources, alone)
    told = [orjson.loads(text) for text in variants]
    return {source: told[number] for source, number in zip(sources, properties["variantOf"], strict=True)}


def kept(said: Mapping[str, Said]) -> Said:
    """Return the properties that keep what each source says: `sources` in order, and variants that differ."""
    texts = {source: ids.canonical(words).decode() for source, words in sorted(said.items())}
    distinct = sorted(set(texts.values()))
    differ = len(distinct) > 1
    return {
        "sources": list(texts),
        "variants": distinct if differ else None,
        "variantOf": [distinct.index(text) for text in texts.values()] if differ else None,
    }


def entity(said: Mapping[str, Said]) -> Said:
    """Return what is shown of an entity.

    A source that knows one of our kinds goes before one that does not, an article before a graph, then the
    order of their ids decides. Names and forms of all are united, and so are mappings; what is peculiar to a
    kind comes from the sources that see that kind.
    """
    if len(said) == 1:
        return next(iter(said.values()))
    ranked = [words for _, words in sorted(said.items(), key=lambda item: _rank(*item))]
    shown = [words["properties"] for words in ranked]
    first = shown[0]
    merged = {name: first[name] for name in _COMMON}
    for name in _UNITED:
        merged[name] = list(dict.fromkeys(word for one in shown for word in one.get(name, ())))
    for name in _FIRST:
        merged |= next(({name: one[name]} for one in shown if one.get(name)), {name: first.get(name)})
    for one in shown:
        if one["kind"] == first["kind"]:
            merged = {name: value for name, value in one.items() if name not in merged} | merged
    mappings: Said = {}
    for words in ranked:
        mappings = words["mappings"] | mappings
    return entity_said(merged, sorted(mappings.items()))


def step(said: Mapping[str, Said]) -> Said:
    """Return what is shown of an is-a step: what the first source by id says."""
    return said[min(said)]


def _rank(source: str, words: Said) -> tuple[bool, bool, str]:
    foreign = words["properties"]["kind"] == FOREIGN.name
    return foreign, not source.startswith(_ARTICLES), source


def _present(values: Mapping[str, Any]) -> Said:
    return {name: value for name, value in values.items() if value not in (None, []) and name not in OWN}
