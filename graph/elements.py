"""What an answer in Cypher holds of the graph: the ids of its nodes and relationships."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from neo4j.graph import Entity, Path


def ids_in_rows(value: object) -> Iterator[str]:
    """Yield the `id` of each node and relationship in a value of the driver, in paths, lists and maps too."""
    if isinstance(value, Path):
        yield from ids_in_rows([*value.nodes, *value.relationships])
    elif isinstance(value, Entity):
        id_ = value.get("id")
        if isinstance(id_, str):
            yield id_
    elif isinstance(value, Mapping):
        yield from ids_in_rows(list(value.values()))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from ids_in_rows(item)
