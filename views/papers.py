"""How in-text markers and printed references are drawn; no entities, so the schema has no kinds for them."""

from __future__ import annotations

from schema.kinds import Shape
from views.picture import KindMark

MARKER, IN_DOUBT, UNRESOLVED, REFERENCE = "Marker", "MarkerInDoubt", "MarkerUnresolved", "Reference"

PAPERS = {
    mark.name: mark
    for mark in (
        KindMark(MARKER, "in-text marker", Shape.CIRCLE, "#56B4E9"),
        KindMark(IN_DOUBT, "marker with a concern", Shape.DIAMOND, "#E69F00"),
        KindMark(UNRESOLVED, "marker, no printed reference", Shape.TRIANGLE_DOWN, "#D55E00"),
        KindMark(REFERENCE, "printed reference", Shape.BOX, "#BBBBBB"),
    )
}
