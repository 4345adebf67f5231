"""A made-up graph in the stored model: the same for the same sizes and seed, with skewed degrees.

Names are of two to four words of a vocabulary of 2,000 whose frequencies follow Zipf's law. Every protein
raises at least ten different entities, every other entity at least five; some hubs raise thousands. Objects
are skewed too: a few are named by thousands of relations.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from random import Random

from schema.enums import AgentType, KnowledgeLevel
from schema.kinds import KIND_BY_NAME
from schema.predicates import PREDICATES, predicate_named

SOURCE = "mscev:generated"
VOCABULARY = 2000
HUB_DEGREE = 3000
RELATIONS_A_HUB = 25_000
OWN_INCREASES = {"Protein": 10}
OTHER_INCREASES = 5
# Entities of a kind in a hundred; all may be at either end of INCREASES.
SHARES = {
    "Protein": 40,
    "Chemical": 10,
    "BiologicalProcess": 10,
    "Cytokine": 8,
    "Receptor": 8,
    "Disease": 6,
    "Phenotype": 5,
    "Pathway": 4,
    "CellType": 3,
    "Cargo": 3,
    "CellularComponent": 3,
}
# The rest of the relations; who may be at which end is read from the schema.
OTHER_PREDICATES = ("DECREASES", "ACTIVATES", "INHIBITS", "AFFECTS", "UPREGULATES", "ASSOCIATED_WITH")

Edge = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much to make."""

    entities: int = 100_000
    relations: int = 1_000_000
    seed: int = 20260

    def __post_init__(self) -> None:
        """Refuse sizes in which the promised degrees do not fit."""
        if self.entities < 1000 or self.relations < 9 * self.entities:
            raise ValueError("at least 1,000 entities, and nine relations for each")


@dataclass(frozen=True, slots=True)
class Node:
    """A made-up entity."""

    id: str
    kind: str
    name: str
    synonyms: tuple[str, ...]

    @property
    def properties(self) -> dict[str, object]:
        """The stored properties, those that the writer would write."""
        return {
            "id": self.id,
            "kind": self.kind,
            "name": self.name,
            "category": KIND_BY_NAME[self.kind].biolink,
            "synonyms": list(self.synonyms),
            "asWritten": [self.name],
            "composition": [],
            "sources": [SOURCE],
        }


@dataclass(frozen=True, slots=True)
class Graph:
    """Entities, and for each predicate its edges as positions of entities."""

    nodes: Sequence[Node]
    edges: dict[str, Sequence[Edge]]


def make(sizes: Sizes) -> Graph:
    """Make the graph."""
    chance = Random(sizes.seed)
    nodes = _nodes(sizes.entities, chance)
    return Graph(nodes, _edges(nodes, sizes.relations, chance))


def relation_rows(graph: Graph, predicate: str, start: int) -> Iterator[list[object]]:
    """Yield [subject, [[object, relation id, publication]]]; relation ids are counted from `start`."""
    number = start
    for subject, edges in groupby(sorted(graph.edges[predicate]), key=lambda edge: edge[0]):
        row = []
        for _, object_ in edges:
            publication = f"PMID:{10_000_000 + number % 99_991}"
            row.append([graph.nodes[object_].id, f"mscev.relation:gen-{number:07d}", publication])
            number += 1
        yield [graph.nodes[subject].id, row]


def relation_properties(predicate: str) -> dict[str, object]:
    """The properties that all relations of one predicate share."""
    direction = predicate_named(predicate).direction
    return {
        "direction": direction.value if direction else None,
        "sources": [SOURCE],
        "knowledgeLevel": KnowledgeLevel.KNOWLEDGE_ASSERTION.value,
        "agentType": AgentType.AUTOMATED_AGENT.value,
    }


def vocabulary(chance: Random) -> list[str]:
    """Make different words; the first is the most frequent."""
    starts = ("b", "br", "d", "f", "g", "k", "l", "m", "n", "p", "pr", "r", "s", "st", "t", "tr", "v", "z")
    middles = ("a", "e", "i", "o", "u", "au", "io")
    ends = ("", "l", "n", "r", "s", "x")
    words: dict[str, None] = {}
    while len(words) < VOCABULARY:
        syllables = chance.choice((2, 2, 3))
        word = "".join(chance.choice(starts) + chance.choice(middles) for _ in range(syllables))
        words[word + chance.choice(ends)] = None
    return list(words)


def _zipf(number: int, exponent: float) -> list[float]:
    return list(accumulate(1 / rank**exponent for rank in range(1, number + 1)))


def _nodes(number: int, chance: Random) -> list[Node]:
    words, weights = vocabulary(chance), _zipf(VOCABULARY, 1.0)
    kinds = [kind for kind, share in SHARES.items() for _ in range(number * share // 100)]
    kinds += ["Protein"] * (number - len(kinds))
    chance.shuffle(kinds)

    def name() -> str:
        return " ".join(chance.choices(words, cum_weights=weights, k=chance.choice((2, 3, 3, 4))))

    return [
        Node(f"mscev:gen-{i:06d}", kind, name(), tuple(name() for _ in range(chance.choice((0, 0, 1, 2)))))
        for i, kind in enumerate(kinds, 1)
    ]


class _Objects:
    """Draws positions of entities: some are drawn often, most seldom."""

    def __init__(self, allowed: Sequence[int], chance: Random) -> None:
        self._order = list(allowed)
        chance.shuffle(self._order)
        self._weights = _zipf(len(self._order), 0.6)
        self._chance = chance

    def draw(self, number: int) -> list[int]:
        return self._chance.choices(self._order, cum_weights=self._weights, k=number)

    def different(self, number: int, without: int) -> set[int]:
        """Draw until there are `number` different ones."""
        found: set[int] = set()
        while len(found) < number:
            found.update(self.draw(number - len(found)))
            found.discard(without)
        return found


def _edges(nodes: Sequence[Node], number: int, chance: Random) -> dict[str, Sequence[Edge]]:
    increases = _increases(nodes, number, chance)
    left = number - len(increases)
    edges: dict[str, Sequence[Edge]] = {"INCREASES": increases}
    for place, name in enumerate(OTHER_PREDICATES):
        share = left // (len(OTHER_PREDICATES) - place)
        left -= share
        edges[name] = _others(nodes, name, share, chance)
    return edges


def _increases(nodes: Sequence[Node], number: int, chance: Random) -> list[Edge]:
    objects = _Objects(_ends(nodes, "INCREASES")[1], chance)
    hubs = set(
        chance.sample([i for i, n in enumerate(nodes) if n.kind == "Protein"], number // RELATIONS_A_HUB)
    )
    degree = min(HUB_DEGREE, len(nodes) // 4)
    return [
        (i, object_)
        for i, node in enumerate(nodes)
        for object_ in sorted(
            objects.different(degree if i in hubs else OWN_INCREASES.get(node.kind, OTHER_INCREASES), i)
        )
    ]


def _others(nodes: Sequence[Node], predicate: str, number: int, chance: Random) -> list[Edge]:
    subjects, allowed = (_Objects(end, chance) for end in _ends(nodes, predicate))
    found: dict[Edge, None] = {}
    while len(found) < number:
        missing = number - len(found)
        pairs = zip(subjects.draw(missing), allowed.draw(missing), strict=True)
        found.update({(s, o): None for s, o in pairs if s != o})
    return list(found)


def _ends(nodes: Sequence[Node], predicate: str) -> tuple[list[int], list[int]]:
    rule = next(p for p in PREDICATES if p.name == predicate)
    return (
        [i for i, node in enumerate(nodes) if node.kind in rule.subjects],
        [i for i, node in enumerate(nodes) if node.kind in rule.objects],
    )
