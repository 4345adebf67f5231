"""What a view is made from: a subgraph and a style. Plain values, free of Neo4j."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from schema.errors import InvalidInput

if TYPE_CHECKING:
    from views.arrangement import Arrangement

THEMES = ("light", "dark")
SMALLEST, LARGEST = (640, 360), (3840, 2160)


@dataclass(frozen=True, slots=True)
class ViewReference:
    """One printed entry of a list of references."""

    id: str
    position: int
    title: str | None = None
    authors: tuple[str, ...] = ()
    year: int | None = None
    doi: str | None = None
    pmid: str | None = None


@dataclass(frozen=True, slots=True)
class ViewCitation:
    """An in-text marker behind a claim, the paper it leads to, and what is known against that paper."""

    label: str
    status: str
    title: str | None = None
    doi: str | None = None
    pmid: str | None = None
    concerns: tuple[str, ...] = ()
    note: str | None = None
    id: str = ""
    reference: ViewReference | None = None
    alternatives: tuple[ViewReference, ...] = ()


@dataclass(frozen=True, slots=True)
class ViewClaim:
    """What one source says; `paragraph` and `sentence` count from 1, `context` is pairs of role and name."""

    id: str
    statement: str
    certainty: str
    negated: bool = False
    evidence_level: str | None = None
    section: str | None = None
    paragraph: int | None = None
    sentence: int | None = None
    quote: str | None = None
    citations: tuple[ViewCitation, ...] = ()
    context: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ViewNode:
    """One entity; `kind` is a name of `schema.kinds` or, in a foreign graph, any word."""

    id: str
    name: str
    kind: str
    category: str | None = None
    synonyms: tuple[str, ...] = ()
    url: str | None = None
    description: str | None = None
    span_nm: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class ViewEdge:
    """One relation; ends are node ids, `publications` CURIEs, `uncertain` ones are dashed."""

    id: str
    source: str
    target: str
    predicate: str
    direction: str | None = None
    sources: tuple[str, ...] = ()
    publications: tuple[str, ...] = ()
    claims: tuple[ViewClaim, ...] = ()
    uncertain: bool = False


@dataclass(frozen=True, slots=True)
class Subgraph:
    """What a query gave, in any order; `truncated`: a limit cut it; `notes` say what else is left out.

    `focus` are the ids that were asked for.
    """

    nodes: tuple[ViewNode, ...]
    edges: tuple[ViewEdge, ...]
    truncated: bool = False
    notes: tuple[str, ...] = ()
    focus: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Places:
    """Where the nodes of a former picture stand, in pixels of its size; `above`: labels that are."""

    width: float
    height: float
    nodes: Mapping[str, tuple[float, float]]
    above: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Style:
    """How it is drawn; sizes in CSS pixels (1 px = 0.75 pt on a slide), dates come inside `source_line`.

    A transparent picture has no ground of its own; pages always have one. Letters and nodes of a smaller
    picture are smaller, and `enlarged` times that. Without `arrangement` the layout is free, and nodes that
    have a place in `places` stay near it.
    """

    theme: str = "light"
    title: str = ""
    source_line: str = ""
    width: int = 1280
    height: int = 720
    seed: int = 1
    transparent: bool = False
    enlarged: float = 1.0
    arrangement: Arrangement | None = None
    places: Places | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be drawn."""
        if self.theme not in THEMES:
            raise InvalidInput(
                f"unknown theme {self.theme!r}; allowed: {', '.join(THEMES)}",
                given=self.theme,
                allowed=THEMES,
            )
        if not (SMALLEST[0] <= self.width <= LARGEST[0] and SMALLEST[1] <= self.height <= LARGEST[1]):
            raise InvalidInput(
                f"a picture of {self.width} x {self.height} px cannot be drawn; "
                f"allowed: {SMALLEST[0]} x {SMALLEST[1]} to {LARGEST[0]} x {LARGEST[1]}",
                given=(self.width, self.height),
                allowed=(SMALLEST, LARGEST),
            )
