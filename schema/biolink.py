"""Biolink's classes and predicates as data: `biolink.tsv`, made from Biolink Model 4.4.6 (CC0)."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

VERSION = "4.4.6"


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
