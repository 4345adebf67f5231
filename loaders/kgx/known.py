"""Identifiers of a whole file in eight bytes each, so that memory stays small however long the file is."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable
from itertools import pairwise

_BUCKETS = 4096  # a power of two


class Known:
    """Which texts were seen, and which of them more than once; kept as 64-bit hashes.

    That two texts have one hash is left to chance: once in some 10^5 files of ten million rows.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._buckets = [array("q") for _ in range(_BUCKETS)]
        for text in texts:
            number = hash(text)
            self._buckets[number & (_BUCKETS - 1)].append(number)
        twice: set[int] = set()
        for place, bucket in enumerate(self._buckets):
            ordered = sorted(bucket)
            twice.update(a for a, b in pairwise(ordered) if a == b)
            self._buckets[place] = array("q", ordered)
        self._twice = twice

    def __contains__(self, text: object) -> bool:
        """Say whether the text was seen."""
        number = hash(text)
        bucket = self._buckets[number & (_BUCKETS - 1)]
        place = bisect_left(bucket, number)
        return place < len(bucket) and bucket[place] == number

    def repeated(self, text: str) -> bool:
        """Say whether the text was seen more than once."""
        return bool(self._twice) and hash(text) in self._twice
