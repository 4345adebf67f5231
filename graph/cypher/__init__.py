"""Query values as Cypher: one statement, parameters only, one record with one nested list."""

from __future__ import annotations

from graph.cypher.compile import is_bound, statement_of, target_of

__all__ = ["is_bound", "statement_of", "target_of"]
