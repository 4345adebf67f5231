"""A new store in files: entities, relations and all else as rows, and by how much they move the release."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
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


Lost = Mapping[str, Container[str]]


class Store:
    """Takes what is stored now, without what `source` says, and what it says now."""

    def __init__(self, files: Files, source: str) -> None:
        self.files = files
        self.sums = Sums()
        self.source = source
        self._terms: dict[str, str | None] = {}

    def add_entity(self, id_: str, said: merge.Said) -> None:
        """Write an entity that is not stored yet."""
        row = rows.entity(id_, {self.source: said})
        self._entity(row)
        self.sums.add((self.source,), release.entity_element(row))

    def add_stored_entity(
        self, sources: Sequence[str], element: Any, lost: Lost, new: merge.Said | None = None
    ) -> None:
        """Write a stored entity with what the source says of it now; `lost` are its is-a steps that go."""
        properties, mappings, parents = element
        said = merge.by_source(properties, sources, merge.entity_said(properties, mappings))
        before = said.pop(self.source, None)
        if new is not None:
            said[self.source] = new
        row = rows.entity(properties["id"], said) if said else None
        if row is not None:
            self._entity(row)
        if before is None and new is None:
            return
        self.sums.add(sources, element, -1)
        if row is not None:
            kept = [parent for parent in parents if parent not in lost.get(row["id"], ())]
            self.sums.add(said, release.entity_element(row, kept))

    def add_edges(self, edges: Iterable[Edge]) -> None:
        """Write edges of the source."""
        made = [rows.edge(edge) for edge in edges]
        self.sums.add_number((self.source,), sum(map(release.edge_number, made)))
        by_type: dict[str, list[Row]] = defaultdict(list)
        for row in made:
            row["properties"]["sources"] = [self.source]
            by_type[row["type"]].append(((row["subject"], row["object"]), row["properties"]))
        for type_, same in by_type.items():
            self.files.add_all(_relation(type_), same)

    def add_steps(self, database: Database) -> Lost:
        """Write the stored is-a steps; return those that go, as only the source said them."""
        lost: dict[str, set[str]] = {}
        found = Statement("MATCH (c:Entity)-[r:IS_A]->(p:Entity) RETURN c.id, p.id, properties(r)")
        for child, parent, properties in database.stream(found):
            said = merge.by_source(properties, properties["sources"], rows.step_said(properties))
            said.pop(self.source, None)
            if said:
                self.files.add(_IS_A, (child, parent), rows.is_a(child, parent, said)["properties"])
            else:
                lost.setdefault(child, set()).add(parent)
        return lost

    def add_others(self, database: Database, lost: Lost, written: Collection[str]) -> None:
        """Write all else that is stored; the entities that are `written` already are not written again."""
        for name in (one.name for one in LABELS if one.name not in _APART):
            for properties in self._not_of_source(database, f"(n:{name})", "n", "properties(n)"):
                self.files.add(Group.nodes(name), (properties[0]["id"],), properties[0])
        for name, key in (("Load", "id"), ("LoadPart", "load")):
            text = f"MATCH (n:{name}) WHERE n.{key} <> $source RETURN properties(n)"
            for (properties,) in database.stream(Statement(text, {"source": self.source})):
                self.files.add(Group.nodes(name), (properties["id"],), properties)
        for sources, element in database.stream(release.ELEMENTS[0]):
            if element[0]["id"] not in written:
                self.add_stored_entity(sources, element, lost)
        for link in LINKS:
            for start, end in link.ends if link.name not in {"MAPPED_TO", "IS_A"} else ():
                group = Group.relationships(link.name, start, end)
                pattern = f"(n:{start})-[r:{link.name}]->(m:{end})"
                for one, other, values in self._not_of_source(
                    database, pattern, "n", "n.id, m.id, properties(r)"
                ):
                    self.files.add(group, (one, other), values)
        self._relations(database)
        claims = (row for row in database.stream(release.ELEMENTS[2]) if self.source in row[0])
        self.sums.add_all(claims, -1)

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
            if sources == [self.source] and properties.get("claimIds") is None:
                self.sums.add(sources, element, -1)
            else:
                self.files.add(_relation(type_), (start, end), {**properties, "sources": sources})

    def _not_of_source(self, database: Database, pattern: str, name: str, wanted: str) -> Any:
        where = f"WHERE NOT {name}:Claim OR {name}.article <> $source"
        return database.stream(Statement(f"MATCH {pattern} {where} RETURN {wanted}", {"source": self.source}))
