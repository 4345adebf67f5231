"""The picture as a PowerPoint slide of native shapes that can be edited, with speaker notes."""

from __future__ import annotations

from views.deck import deck
from views.picture import Picture


def draw(picture: Picture) -> bytes:
    """Return a deck of one slide; the same picture gives the same bytes."""
    return deck([picture])
