"""Read an article in Markdown or plain text from a file's bytes."""

from __future__ import annotations

from loaders.article.document import Document, decoded, parse


def read(data: bytes, file: str) -> Document:
    """Read a text file's bytes; `InvalidSource` where they are no UTF-8 text or hold no sentence."""
    return parse(decoded(data, file), file=file)
