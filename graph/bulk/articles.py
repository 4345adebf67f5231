"""Articles in files: their text, references, citations and mentions; what they say of entities is held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from graph import merge, rows
from graph.bulk.files import Files, Group
from schema import ids
from schema.stored import ENTITY

if TYPE_CHECKING:
    from graph.batch import Batch

_SECTION_OF = Group.relationships("PART_OF", "Section", "Article")
_SENTENCE_OF = Group.relationships("PART_OF", "Sentence", "Section")
_LISTS = Group.relationships("LISTS", "Article", "Reference")
_IN = Group.relationships("IN", "Citation", "Article")
_RESOLVED_TO = Group.relationships("RESOLVED_TO", "Citation", "Reference")
_MAY_BE = Group.relationships("MAY_BE", "Citation", "Reference")
_MENTIONED_IN = Group.relationships("MENTIONED_IN", ENTITY, "Sentence")


class Articles:
    """Takes articles; `entities` and `steps` are what each of them says of an entity and an is-a step."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self.entities: dict[str, dict[str, merge.Said]] = defaultdict(dict)
        self._words: dict[bytes, merge.Said] = {}  # most articles say the same: it is held once
        self.steps: dict[tuple[str, str], dict[str, merge.Said]] = defaultdict(dict)

    def add(self, batch: Batch) -> None:
        """Write an article's nodes and what joins them."""
        source = batch.source.id
        for entity in batch.entities:
            said = rows.said(entity)
            self.entities[entity.id][source] = self._words.setdefault(ids.canonical(said), said)
        for step in batch.is_a:
            self.steps[step.child, step.parent][source] = rows.step(step)
        for row in _each(map(rows.article, batch.articles)):
            self._node("Article", row, sha256=row["sha256"])
        for row in _each(map(rows.section, batch.sections)):
            self._node("Section", row)
            self._files.add(_SECTION_OF, (row["id"], row["properties"]["article"]), {})
        sentences = (rows.sentence(one, ids.section_id(one.article, one.section)) for one in batch.sentences)
        for row in _each(sentences):
            self._node(
                "Sentence", row, sha256=row["sha256"], verified=bool(row["verified"]), quote=row["quote"]
            )
            self._files.add(_SENTENCE_OF, (row["id"], row["section"]), {})
        printed = {}
        for row in _each(map(rows.reference, batch.references)):
            self._node("Reference", row, text=row["text"])
            place = {"position": row["position"], "printedNumber": row["printedNumber"]}
            self._files.add(_LISTS, (row["properties"]["article"], row["id"]), place)
            printed[row["position"]] = row["id"]
        for row in _each(map(rows.citation, batch.citations)):
            self._node("Citation", row)
            self._files.add(_IN, (row["id"], row["properties"]["article"]), {})
            for group, positions in ((_RESOLVED_TO, [row["reference"]]), (_MAY_BE, row["alternatives"])):
                for id_ in dict.fromkeys(printed[one] for one in positions if one in printed):
                    self._files.add(group, (row["id"], id_), {})
        mentions = {(row["entity"], row["sentence"]): row for row in map(rows.mention, batch.mentions)}
        for ends, row in mentions.items():
            self._files.add(_MENTIONED_IN, ends, {"starts": row["starts"], "ends": row["ends"]})

    def _node(self, name: str, row: rows.Row, **more: Any) -> None:
        self._files.add(Group.nodes(name), (row["id"],), {**row["properties"], **more, "id": row["id"]})


def _each(made: Iterable[rows.Row]) -> Iterator[rows.Row]:
    """Each id once: the last row of it holds."""
    yield from {row["id"]: row for row in made}.values()
