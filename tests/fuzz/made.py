"""Inputs that are nearly right: real files with some bytes changed, and texts of the words of a language."""

from __future__ import annotations

import gzip
import io
import tarfile
from collections.abc import Sequence

from hypothesis import strategies as st

NASTY = (
    "",
    "\x00",
    "\ufeff",
    "\u2028",
    "\u202e",
    "\u0130",
    "ß",
    "\ud7ff",
    "\U0001f9ec",
    "a\u0301",
    "\r",
    "\t",
    "'",
    '"',
    "`",
    "\\",
    "\\u0027",
    "/*",
    "*/",
    "//",
    "${",
    "}}",
    "%s",
    "0" * 400,
    "9" * 25,
    "-0",
    "1e309",
    "NaN",
    "null",
    "x" * 5000,
)


def soup(words: Sequence[str], size: int = 40) -> st.SearchStrategy[str]:
    """Words of a language in any order, with and without spaces, and what breaks readers among them."""
    word = st.sampled_from([*words, *words, *NASTY]) | st.text(max_size=6)
    return st.builds(
        lambda parts, gap: gap.join(parts),
        st.lists(word, max_size=size),
        st.sampled_from(" \n") | st.just(""),
    )


@st.composite
def mutated(draw: st.DrawFn, originals: Sequence[bytes], words: Sequence[bytes] = ()) -> bytes:
    """One of some files with a few places cut out, doubled, overwritten or filled with other words."""
    data = bytearray(draw(st.sampled_from(originals)))
    pieces = st.binary(max_size=8) | st.sampled_from([*words, *(one.encode() for one in NASTY)])
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(data)))
        until = min(len(data), at + draw(st.sampled_from((0, 1, 2, 10, 100, 1000))))
        way = draw(st.integers(0, 3))
        if way == 0:
            del data[at:until]
        elif way == 1:
            data[at:at] = data[at:until]
        elif way == 2:
            data[at:until] = draw(pieces)
        else:
            data[at:at] = draw(pieces)
    return bytes(data[: draw(st.sampled_from((len(data), len(data), len(data), len(data) // 2)))])


def archive(files: dict[str, bytes]) -> bytes:
    """A gzipped tar archive without padding, not compressed, so that a changed byte changes little."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as made:
        for name, content in files.items():
            head = tarfile.TarInfo(name)
            head.size = len(content)
            made.addfile(head, io.BytesIO(content))
        end = made.offset
    return gzip.compress(out.getvalue()[: end + 2 * tarfile.BLOCKSIZE], 0, mtime=0)
