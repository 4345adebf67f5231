"""Which forms name which entities in which blocks, as a first reading of the built-in article listed them.

`form-pairs.tsv` holds that list; `form-pairs-left-out.tsv` the rows of it that name the entity in no way,
each with its reason. The article's text is not needed: `spans` are its code points.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from loaders.article.blocks import BlockKind
from loaders.article.cells import spans_in
from loaders.article.curated import Curated
from loaders.mining.quality import Excluded, Pair, Pairs
from schema.records import Span


def form_pairs(curated: Curated) -> Pairs:
    """Return the pairs of the curated article."""
    pairs = (
        Pair(row["form"], int(row["block"]), row["entity"], spans_in(row["spans"]))
        for row in curated.table("form-pairs.tsv")
    )
    excluded = (
        Excluded(row["form"], int(row["block"]), row["entity"], row["reason"])
        for row in curated.table("form-pairs-left-out.tsv")
    )
    return Pairs(tuple(pairs), tuple(excluded), tuple(_parts(curated)))


def _parts(curated: Curated) -> Iterator[tuple[Span, int]]:
    """Yield the parts of sentences with their blocks: a sentence goes on in the next block of the body."""
    body = {int(row["block"]) for row in curated.table("blocks.tsv") if row["type"] == BlockKind.BODY}
    for sentence in curated.sentences():
        numbers = (number for number in count(sentence.block) if number in body)
        yield from zip(sentence.spans, numbers, strict=False)
