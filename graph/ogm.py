"""The graph for py2neo: a class a kind, made from schema/, and a connection that reads.

py2neo has had no maintenance since 2023 and speaks Bolt up to version 4.4, which Neo4j 2026.09 still answers.
It is here for code that has it; docs/python.md shows the same without it.
"""

from __future__ import annotations

from typing import Any

from graph.target import Target
from schema.errors import MissingExtra
from schema.kinds import COMMON, KINDS, Kind
from schema.predicates import PREDICATES

try:
    import py2neo
    from py2neo.ogm import GraphObject, Property, RelatedFrom, RelatedTo
except ModuleNotFoundError as error:
    if error.name != "py2neo":
        raise
    raise MissingExtra("this needs py2neo: pip install 'mscev[py2neo]'", extra="py2neo") from error


class Reading(py2neo.Graph):  # type: ignore[misc]
    """A py2neo graph whose every transaction reads: Neo4j refuses what writes."""

    def auto(self, readonly: bool = True) -> Any:  # noqa: ARG002 - the signature is py2neo's
        """Begin a transaction of one statement, which may only read."""
        return super().auto(readonly=True)

    def begin(self, readonly: bool = True) -> Any:  # noqa: ARG002
        """Begin a transaction, which may only read."""
        return super().begin(readonly=True)


def reading(target: Target) -> Reading:
    """Return a py2neo graph of the database that may only read."""
    return Reading(target.uri, auth=target.auth, name=target.database)


class Entity(GraphObject):  # type: ignore[misc]
    """An entity of any kind; every class of a kind has the same and more."""

    __primarykey__ = "id"

    id = Property()
    kind = Property()
    sources = Property()

    @classmethod
    def wrap(cls, node: Any) -> Any:
        """Return the node as an object of its own kind's class."""
        chosen = cls if node is None else CLASSES.get(node["kind"], cls)
        return super(Entity, chosen).wrap(node)


for _property in COMMON:
    setattr(Entity, _property.name, Property(_property.name))


def _related(kind: Kind) -> dict[str, Any]:
    """Return what a kind may be joined by: `decreases`, and `decreases_of` for the way back."""
    ways: dict[str, Any] = {}
    for predicate in PREDICATES:
        if kind.name in predicate.subjects:
            ways[predicate.name.lower()] = RelatedTo(Entity, predicate.name)
        if kind.name in predicate.objects:
            ways[f"{predicate.name.lower()}_of"] = RelatedFrom(Entity, predicate.name)
    return ways


_metaclass: Any = type(Entity)


def _class(kind: Kind) -> type[Entity]:
    own = {prop.name: Property(prop.name) for prop in kind.properties}
    named = {"__doc__": kind.description, "__module__": __name__, "__primarykey__": "id"}
    made: type[Entity] = _metaclass(kind.name, (Entity,), named | own | _related(kind))
    return made


CLASSES: dict[str, type[Entity]] = {kind.name: _class(kind) for kind in KINDS}


def __getattr__(name: str) -> type[Entity]:
    """Return the class of a kind, so that `from graph.ogm import Cytokine` works."""
    try:
        return CLASSES[name]
    except KeyError:
        raise AttributeError(f"graph.ogm has no {name!r}; kinds: {', '.join(CLASSES)}") from None
