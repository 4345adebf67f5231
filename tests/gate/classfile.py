"""The string constants of a compiled Java class: what a program can say."""

from __future__ import annotations

import struct
from typing import Final

_UTF8, _STRING = 1, 8
# tag -> bytes after it; a long or double takes two places
_SIZES: Final = {
    3: 4,
    4: 4,
    5: 8,
    6: 8,
    7: 2,
    8: 2,
    9: 4,
    10: 4,
    11: 4,
    12: 4,
    15: 3,
    16: 2,
    17: 4,
    18: 4,
    19: 2,
    20: 2,
}


def string_constants(data: bytes) -> list[str]:
    """Return the strings of a class file, in its order."""
    number = struct.unpack_from(">H", data, 8)[0]
    at, place = 10, 1
    texts: dict[int, str] = {}
    found: list[int] = []
    while place < number:
        tag = data[at]
        if tag == _UTF8:
            size = struct.unpack_from(">H", data, at + 1)[0]
            texts[place] = data[at + 3 : at + 3 + size].decode("utf-8", "replace")
            at += 3 + size
        else:
            if tag == _STRING:
                found.append(struct.unpack_from(">H", data, at + 1)[0])
            at += 1 + _SIZES[tag]
        place += 2 if tag in {5, 6} else 1
    return [texts[one] for one in found]
