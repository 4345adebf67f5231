"""Where an article's numbered markers lead: to the printed number, or the place in a list without any."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from schema.enums import CitationStatus
from schema.records import Citation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loaders.article.markers import Marker
    from schema.records import Reference

BY_NUMBER, BY_POSITION = 0.95, 0.7


def by_number(
    article: str, markers: Sequence[Marker], references: Sequence[Reference]
) -> tuple[Citation, ...]:
    """Return a citation for each number that a marker names, in the order of the numbers.

    Without printed numbers a marker leads to the position only where the list is as long as the highest one.
    """
    numbers = sorted({number for marker in markers for number in marker.numbers})
    printed: defaultdict[int, list[int]] = defaultdict(list)
    for reference in references:
        if reference.printed_number is not None:
            printed[reference.printed_number].append(reference.position)
    counted = not printed and len(references) == max(numbers, default=0)
    return tuple(_citation(article, number, printed[number], references, counted) for number in numbers)


def _citation(
    article: str, number: int, found: Sequence[int], references: Sequence[Reference], counted: bool
) -> Citation:
    if len(found) == 1:
        return _resolved(article, number, found[0], "by printed number", BY_NUMBER)
    if counted:
        return _resolved(article, number, number, "by position", BY_POSITION)
    if found:
        note = f"{len(found)} printed references have the number {number}."
    elif not references:
        note = "No reference list is printed."
    elif any(reference.printed_number for reference in references):
        note = f"No printed reference has the number {number}."
    else:
        note = f"The {len(references)} printed references have no numbers, and other numbers are cited."
    return Citation(
        article,
        str(number),
        CitationStatus.UNRESOLVED,
        "by printed number",
        0.0,
        number,
        None,
        tuple(found),
        note,
    )


def _resolved(article: str, number: int, position: int, basis: str, confidence: float) -> Citation:
    return Citation(article, str(number), CitationStatus.RESOLVED, basis, confidence, number, position)
