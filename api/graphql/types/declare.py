"""How fields and arguments are declared: a description, a type, no resolver that runs.

A field with arguments is written as a method without a body: its signature is the field's, its docstring the
description. The compiler (api/graphql/compile.py) reads the schema; nothing calls these methods.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import strawberry


def field(signature: Callable[..., Any]) -> Any:
    """Declare a field by a method whose docstring describes it."""
    name = signature.__name__.rstrip("_") if signature.__name__.endswith("_") else None
    return strawberry.field(signature, description=" ".join((signature.__doc__ or "").split()), name=name)


def leaf(description: str, name: str | None = None) -> Any:
    """Declare a field without arguments; the annotation is its type."""
    return strawberry.field(description=description, name=name)


def argument(description: str, name: str | None = None) -> Any:
    """Describe an argument inside `Annotated`."""
    return strawberry.argument(description=description, name=name)


First = Annotated[
    int | None, argument("How many items at most, from 1 to the limit of the service (500); 25 by default.")
]
After = Annotated[
    str | None,
    argument("A cursor of this list in this order; the page begins after it. Null: from the start."),
]
