"""Query values: what a reader asks for, free of GraphQL and of Cypher. All are frozen."""

from __future__ import annotations

from graph.query.conditions import (
    EVERYTHING,
    NOTHING,
    AnyElement,
    Compare,
    Condition,
    Every,
    Linked,
    Negation,
    Op,
    Quantifier,
    Some,
)
from graph.query.select import Count, Item, Leaf, Order, Page, Select, Through, Value, Whole, Window

__all__ = [
    "EVERYTHING",
    "NOTHING",
    "AnyElement",
    "Compare",
    "Condition",
    "Count",
    "Every",
    "Item",
    "Leaf",
    "Linked",
    "Negation",
    "Op",
    "Order",
    "Page",
    "Quantifier",
    "Select",
    "Some",
    "Through",
    "Value",
    "Whole",
    "Window",
]
