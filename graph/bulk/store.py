"""A new store in files: entities, relations and all else as rows, and by how much they move the release."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from graph import merge, release, rows
from graph.bulk.files import Files, Group, Row
from graph.connection import Database
from graph.release import Sums
from graph.statement import Statement
from graph.vocabulary import label, relation_type
from schema.records import Edge
from schema.stored import ENTITY, LABELS, LINKS

# Nodes that are written apart: entities are merged with what is new, identifiers follow from them.
_APART = (ENTITY, "Term", "Load", "LoadPart")
_MAPPED_TO = Group.relationships("MAPPED_TO", ENTITY, "Term")
_IS_A = Group.relationships("IS_A", ENTITY, ENTITY)


@cache
def _relation(type_: str) -> Group:
    return Group.relationships(relation_type(type_), ENTITY, ENTITY)


# What is said anew, by the source that says it.
BySource = Mapping[str, merge.Said]


class Store:
    """Takes what is stored now, without what `replaced` sources say, and what is said now; steps go first."""

    def __init__(self, files: Files, replaced: Collection[str] = ()) -> None:
        self.files = files
        self.sums = Sums()
        self._replaced = frozenset(replaced)
        # is-a parents that entities lose and get
        self._lost: dict[str, set[str]] = defaultdict(set)
        self._got: dict[str, set[str]] = defaultdict(set)
        self._terms: dict[str, str | None] = {}

    def add_entity(self, id_: str, said: BySource) -> None:
        """Write an entity that is not stored yet."""
        row = rows.entity(id_, said)
        self._entity(row)
        self.sums.add(said, release.entity_element(row, self._parents(id_)))

    def add_stored_entity(self, sources: Sequence[str], element: Any, new: BySource | None = None) -> None:
        """Write a stored entity with what is said of it now."""
        properties, mappings, parents = element
        before = merge.by_source(properties, sources, merge.entity_said(properties, mappings))
        said = {source: words for source, words in before.items() if source not in self._replaced}
        said |= new or {}
        row = rows.entity(properties["id"], said) if said else None
        if row is not None:
            self._entity(row)
        if not new and len(said) == len(before):
            return
        self.sums.add(sources, element, -1)
        if row is not None:
            self.sums.add(said, release.entity_element(row, self._parents(row["id"], parents)))

    def add_edges(self, source: str, edges: Iterable[Edge]) -> None:
        """Write edges of a source."""
        made = [rows.edge(edge) for edge in edges]
        self.sums.add_number((source,), sum(map(release.edge_number, made)))
        by_type: dict[str, list[Row]] = defaultdict(list)
        for row in made:
            row["properties"]["sources"] = [source]
            by_type[row["type"]].append(((row["subject"], row["object"]), row["properties"]))
        for type_, same in by_type.items():
            self.files.add_all(_relation(type_), same)

    def add_steps(self, database: Database, new: Mapping[tuple[str, str], BySource]) -> None:
        """Write is-a steps: the stored ones, but for those that replaced sources alone said, and new ones."""
        left = dict(new)
        found = Statement("MATCH (c:Entity)-[r:IS_A]->(p:Entity) RETURN c.id, p.id, properties(r)")
        for child, parent, properties in database.stream(found):
            said = merge.by_source(properties, properties["sources"], rows.step_said(properties))
            kept = {source: words for source, words in said.items() if source not in self._replaced}
            kept |= left.pop((child, parent), {})
            if kept:
                self._step(child, parent, kept)
            else:
                self._lost[child].add(parent)
        for (child, parent), words in left.items():
            self._got[child].add(parent)
            self._step(child, parent, words)

    def add_entities(
        self, database: Database, new: Mapping[str, BySource], written: Collection[str] = ()
    ) -> None:
        """Write stored entities but for those `written` already, with all that is said now, and new ones."""
        left = dict(new)
        for sources, element in database.stream(release.ELEMENTS[0]):
            id_ = element[0]["id"]
            if id_ not in written:
                self.add_stored_entity(sources, element, left.pop(id_, None))
        for id_, said in left.items():
            self.add_entity(id_, said)

    def add_others(self, database: Database) -> None:
        """Write all else that is stored."""
        for name in (one.name for one in LABELS if one.name not in _APART):
            for properties in self._not_replaced(database, f"(n:{name})", "n", "properties(n)"):
                self.files.add(Group.nodes(name), (properties[0]["id"],), properties[0])
        for name, key in (("Load", "id"), ("LoadPart", "load")):
            text = f"MATCH (n:{name}) WHERE NOT n.{key} IN $sources RETURN properties(n)"
            for (properties,) in database.stream(Statement(text, {"sources": sorted(self._replaced)})):
                self.files.add(Group.nodes(name), (properties["id"],), properties)
        for link in LINKS:
            for start, end in link.ends if link.name not in {"MAPPED_TO", "IS_A"} else ():
                group = Group.relationships(link.name, start, end)
                pattern = f"(n:{start})-[r:{link.name}]->(m:{end})"
                for one, other, values in self._not_replaced(
                    database, pattern, "n", "n.id, m.id, properties(r)"
                ):
                    self.files.add(group, (one, other), values)
        self._relations(database)
        for sources, element in database.stream(release.ELEMENTS[2]):
            if not self._replaced.isdisjoint(sources):
                self.sums.add(sources, element, -1)

    def finish(self) -> None:
        """Write the public identifiers that entities are mapped to."""
        for id_, name in sorted(self._terms.items()):
            self.files.add(Group.nodes("Term"), (id_,), {"id": id_, "label": name})

    def _entity(self, row: rows.Row) -> None:
        properties = row["properties"]
        self.files.add(Group.nodes(ENTITY, label(properties["kind"])), (row["id"],), properties)
        for mapping in row["mappings"]:
            self.files.add(_MAPPED_TO, (row["id"], mapping["id"]), mapping["properties"])
            names = (mapping["properties"].get("label"), self._terms.get(mapping["id"]))
            self._terms[mapping["id"]] = min((name for name in names if name is not None), default=None)

    def _relations(self, database: Database) -> None:
        """Write relations; those of claims stay as they are, as a graph's own claims make none."""
        for sources, element in database.stream(release.ELEMENTS[1]):
            type_, start, end, properties = element
            if sources and self._replaced.issuperset(sources) and properties.get("claimIds") is None:
                self.sums.add(sources, element, -1)
            else:
                self.files.add(_relation(type_), (start, end), {**properties, "sources": sources})

    def _step(self, child: str, parent: str, said: BySource) -> None:
        self.files.add(_IS_A, (child, parent), rows.is_a(child, parent, said)["properties"])

    def _parents(self, child: str, stored: Collection[str] = ()) -> list[str]:
        return sorted({*stored, *self._got.get(child, ())} - self._lost.get(child, set()))

    def _not_replaced(self, database: Database, pattern: str, name: str, wanted: str) -> Any:
        where = f"WHERE NOT {name}:Claim OR NOT {name}.article IN $sources"
        text = f"MATCH {pattern} {where} RETURN {wanted}"
        return database.stream(Statement(text, {"sources": sorted(self._replaced)}))
