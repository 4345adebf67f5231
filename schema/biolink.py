"""Biolink as data: classes, predicates, slots, prefixes; from Biolink Model 4.4.6 (CC0), in `biolink.tsv`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

VERSION = "4.4.6"
ROOT_CLASS = "biolink:NamedThing"
ROOT_PREDICATE = "biolink:related_to"
_WORDS = re.compile(r"[^A-Za-z0-9]+")


@cache
def _parents(what: str) -> dict[str, tuple[str, ...]]:
    rows = files("schema").joinpath("biolink.tsv").read_text(encoding="utf-8").splitlines()[1:]
    table = {}
    for row in rows:
        type_, name, parents = row.split("\t")
        if type_ == what:
            table[name] = tuple(parents.split("|")) if parents else ()
    return table


def is_class(name: str) -> bool:
    """Say whether this is a class below `biolink:NamedThing`, or a mixin of one."""
    return name in _parents("class")


def is_predicate(name: str) -> bool:
    """Say whether this is a predicate below `biolink:related_to`."""
    return name in _parents("predicate")


@cache
def ancestors(name: str) -> frozenset[str]:
    """Return all classes above a class, mixins too; none for a name that is no class."""
    parents = _parents("class").get(name, ())
    return frozenset(parents).union(*(ancestors(parent) for parent in parents))


def most_specific(categories: Iterable[str]) -> str:
    """Return the class that lies deepest; by name among equals, `biolink:NamedThing` where none is a class.

    >>> most_specific(["biolink:NamedThing", "biolink:Gene", "Node"])
    'biolink:Gene'
    """
    known = sorted({name for name in categories if is_class(name)})
    return max(known, key=lambda name: len(ancestors(name)), default=ROOT_CLASS)


def relation_type(predicate: str) -> str:
    """Return a predicate as the type of a relationship.

    >>> relation_type("biolink:in_clinical_trials_for")
    'IN_CLINICAL_TRIALS_FOR'
    """
    return _WORDS.sub("_", predicate.removeprefix("biolink:")).upper()


@cache
def predicates_by_type() -> dict[str, str]:
    """Return every predicate of Biolink by the type of its relationships."""
    return {relation_type(name): name for name in sorted(_parents("predicate"))}


def is_many(slot: str) -> bool | None:
    """Say whether a column holds many values; None for one that Biolink does not know.

    >>> is_many("synonym"), is_many("description"), is_many("charge")
    (True, False, None)
    """
    told = _parents("slot").get(f"biolink:{slot}")
    return None if told is None else told == ("many",)


@cache
def prefixes() -> dict[str, str]:
    """Return what each prefix of Biolink stands for: `MONDO` -> `http://purl.obolibrary.org/obo/MONDO_`."""
    return {prefix: start for prefix, (start,) in _parents("prefix").items()}
