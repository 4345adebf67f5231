"""What a named view is, and the claims that it is made from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from views.arrangement import Arrangement, Group
from views.model import Subgraph, ViewClaim, ViewNode
from views.named.relations import relations


@dataclass(frozen=True, slots=True)
class StatedClaim:
    """A claim with what it relates; `sources` are article ids."""

    subject: ViewNode
    predicate: str
    object: ViewNode
    direction: str | None
    sources: tuple[str, ...]
    claim: ViewClaim


Build = Callable[[Sequence[StatedClaim]], Subgraph]
Arrange = Callable[[Subgraph], Arrangement]


@dataclass(frozen=True, slots=True)
class NamedView:
    """A view by name, of all claims that fit any of `claims`, each a ClaimFilter of the GraphQL API.

    `left_out` is written on the picture.
    """

    name: str
    title: str
    description: str
    claims: tuple[Mapping[str, object], ...]
    arrange: Arrange
    build: Build = relations
    left_out: str = ""

    @property
    def told(self) -> dict[str, str]:
        """What a list of views says of it."""
        return {"name": self.name, "title": self.title, "description": self.description}


@dataclass(frozen=True, slots=True)
class Place:
    """A heading and which nodes stand under it: these ids, then all of these kinds."""

    heading: str
    ids: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


def sorted_into(places: Sequence[Place], subgraph: Subgraph) -> tuple[Group, ...]:
    """Return the groups of nodes; a node goes where its id is named, else to the first place of its kind."""
    named = {i for place in places for i in place.ids}
    taken: set[str] = set()
    groups = []
    for place in places:
        own = [node.id for node in subgraph.nodes if node.id in place.ids]
        own += [
            node.id
            for node in subgraph.nodes
            if node.kind in place.kinds and node.id not in named and node.id not in taken
        ]
        taken.update(own)
        groups.append(Group(place.heading, tuple(sorted(own))))
    return tuple(groups)
