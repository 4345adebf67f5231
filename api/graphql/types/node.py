"""The Node interface (Relay)."""

from __future__ import annotations

import strawberry

from api.graphql.types.declare import leaf


@strawberry.interface(description="Anything with an id that `node` and `nodes` find.")
class Node:
    id: strawberry.ID = leaf(
        "A CURIE: a public one where it matches exactly, else of mscev, mscev.claim, mscev.article, "
        "mscev.ref or mscev.citation."
    )
