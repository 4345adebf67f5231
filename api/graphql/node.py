"""The Node interface and the row that every type of ours is made from."""

from __future__ import annotations

from typing import Any

import strawberry

from api.graphql.context import Context

Info = strawberry.Info[Context, None]
Row = dict[str, Any]


@strawberry.interface(description="Anything with an id that `node` and `nodes` find.")
class Node:
    row: strawberry.Private[Row]

    @strawberry.field(
        description="A CURIE: a public one where it matches exactly, else of mscev, mscev.claim, "
        "mscev.article, mscev.ref or mscev.citation."
    )
    def id(self) -> strawberry.ID:
        return strawberry.ID(self.row["id"])
