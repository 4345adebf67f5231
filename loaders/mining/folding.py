"""Text as the tagger compares it: character for character, in lower case, no accents, words alone."""

from __future__ import annotations

import unicodedata


class _Fold(dict[int, str]):
    """A table for `str.translate` that fills itself; every character keeps its place."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold(chr(code))
        return folded


_TABLE = _Fold()


def fold(text: str) -> str:
    """Return the text folded, of the same length.

    A hyphen, a slash and an apostrophe are blanks like any other, so that one key stands for all spellings;
    superscript digits are citation markers and no part of a word.

    >>> fold("Sjögren's IL-6²")
    'sjogren s il 6 '
    """
    return text.translate(_TABLE)


def _fold(char: str) -> str:
    category = unicodedata.category(char)
    if category == "No" and "SUBSCRIPT" not in unicodedata.name(char, ""):
        return " "
    if category[0] not in "LN":
        return " "
    return unicodedata.normalize("NFKD", char).casefold()[:1] or " "
