"""The readers of articles: one row for each form of file, by its suffix. A new one is a folder and a row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TypeAlias

from loaders.article.document import Document
from schema.errors import InvalidSource, MissingExtra

MEGABYTE = 1_000_000
LIMIT = 64 * MEGABYTE
Read: TypeAlias = Callable[[bytes, str], Document]
# What a file is by its first bytes, whatever its name says.
PACKED = {
    b"PK\x03\x04": "a ZIP archive",
    b"\x1f\x8b": "a gzip file",
    b"BZh": "a bzip2 file",
    b"\xfd7zXZ": "an xz file",
}


@dataclass(frozen=True, slots=True)
class Reader:
    """One form of file; `module` holds `read(data, file) -> Document`, `extra` is what it needs."""

    form: str
    suffixes: tuple[str, ...]
    module: str
    extra: str | None = None
    package: str | None = None


READERS = (
    Reader("Markdown or plain text", (".md", ".markdown", ".txt"), "loaders.article.read"),
    Reader("JATS XML", (".xml", ".nxml"), "loaders.jats.read", "jats", "lxml"),
    Reader("PDF", (".pdf",), "loaders.pdf.read", "pdf", "pypdfium2"),
)
BY_SUFFIX = {suffix: reader for reader in READERS for suffix in reader.suffixes}


def read_article(path: Path, limit: int = LIMIT) -> tuple[Document, bytes]:
    """Read an article's file of any form; return the document and the file's bytes.

    `limit` is the size in bytes above which a file is refused before it is read. Raises `InvalidSource` where
    the file is not what its suffix says, `MissingExtra` where the form needs a package that is not there.
    """
    reader = BY_SUFFIX.get(path.suffix.lower())
    if reader is None:
        allowed = ", ".join(BY_SUFFIX)
        given = f"the suffix {path.suffix!r}" if path.suffix else "no suffix"
        raise InvalidSource(
            f"{path}: no reader for {given}; allowed: {allowed}",
            file=str(path),
            given=path.suffix,
            allowed=allowed,
        )
    data = _bytes(path, reader, limit)
    return _function(reader)(data, str(path)), data


def _bytes(path: Path, reader: Reader, limit: int) -> bytes:
    size = path.stat().st_size
    if size > limit:
        raise InvalidSource(
            f"{path}: {size / MEGABYTE:.1f} MB are more than the limit of {limit / MEGABYTE:g} MB for one "
            "article (MSCEV_ARTICLE_MAX_MB)",
            file=str(path),
            given=size,
            allowed=limit,
        )
    data = path.read_bytes()
    if not data.strip():
        raise InvalidSource(f"{path}:1:1: is empty.", file=str(path), line=1, column=1)
    for magic, what in PACKED.items():
        if data.startswith(magic):
            raise InvalidSource(f"{path}: is {what}, not {reader.form}; unpack it first", file=str(path))
    return data


def _function(reader: Reader) -> Read:
    try:
        read: Read = import_module(reader.module).read
    except ModuleNotFoundError as error:
        if error.name != reader.package:
            raise
        raise MissingExtra(
            f"reading {reader.form} needs {reader.package}: pip install 'mscev[{reader.extra}]'",
            extra=reader.extra,
        ) from error
    return read
