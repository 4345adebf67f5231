"""What a graph answers, wherever it is: in a database of one's own, or behind a service."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from api.pictures import Wanted
from graph.reads.open import Table

if TYPE_CHECKING:
    from graph.ogm import Reading

Drawn = Callable[[str], bytes]
ANSWER = "answer to a query"


class Door(Protocol):
    """Answers questions; errors are those of `schema.errors`."""

    def graphql(self, query: str, variables: Mapping[str, Any]) -> dict[str, Any]:
        """Return the data of a GraphQL query."""

    def cypher(self, statement: str, parameters: Mapping[str, Any]) -> Table:
        """Return the answer to a Cypher statement that reads."""

    def picture(self, wanted: Wanted) -> Drawn:
        """Return what draws a view, given the name of a format."""

    def named_picture(self, name: str, theme: str, title: str) -> Drawn:
        """Return what draws a ready-made view, given the name of a format."""

    def answer_picture(self, ids: Iterable[str], theme: str, title: str) -> Drawn:
        """Return what draws the entities, relations and claims of these ids."""

    def py2neo(self) -> Reading:
        """Return a py2neo graph that reads; it ends with this door."""

    def close(self) -> None:
        """Let go of connections, and of a managed server."""
