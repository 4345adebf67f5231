"""Which reader a file gets, and what no reader takes."""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
from pathlib import Path

import pytest

from loaders.readers import BY_SUFFIX, LIMIT, MEGABYTE, read_article
from schema.errors import InvalidSource
from tests.loaders.pdfs import pages


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        (
            "article.docx",
            b"PK\x03\x04",
            "no reader for the suffix '.docx'; allowed: .md, .markdown, .txt, .xml, .nxml, .pdf",
        ),
        ("article", b"text", "no reader for no suffix"),
        ("empty.xml", b"", "empty.xml:1:1: is empty"),
        ("blank.pdf", b" \n", "blank.pdf:1:1: is empty"),
        ("bomb.xml", gzip.compress(b"0" * 1_000_000), "is a gzip file, not JATS XML; unpack it first"),
        ("bomb.xml", b"PK\x03\x04" + b"0" * 100, "is a ZIP archive, not JATS XML; unpack it first"),
        ("page.nxml", b"<!doctype html><title>404</title>", "page.nxml:1:1: is an HTML page, not JATS XML"),
        ("latin.txt", b"caf\xe9 is a word.", "latin.txt:1:4: byte 0xe9 is not UTF-8"),
        ("scan.pdf", pages([""]), "scan.pdf, page 1: none of 1 pages holds text"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(InvalidSource, match=re.escape(said)):
        read_article(path)


def test_a_file_of_100_mb_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.xml"
    with path.open("wb") as file:
        file.truncate(100 * MEGABYTE)
    with pytest.raises(InvalidSource, match=r"100\.0 MB are more than the limit of 64 MB") as caught:
        read_article(path)
    assert (caught.value.values["given"], caught.value.values["allowed"]) == (100 * MEGABYTE, LIMIT)


@pytest.mark.parametrize("name", ["a.MD", "a.markdown", "a.txt"])
def test_suffixes_of_text(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"# A title\r\n\r\nOne sentence.\r\n")
    document, data = read_article(path)
    assert (document.title, document.text.encode()) == ("A title", data)


@pytest.mark.parametrize(("suffix", "extra"), [(".xml", "jats"), (".pdf", "pdf")])
def test_a_missing_extra_is_named(tmp_path: Path, suffix: str, extra: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(b"anything")
    package = BY_SUFFIX[suffix].package
    code = (
        f"import sys; sys.modules[{package!r}] = None\n"
        "from pathlib import Path\n"
        "from loaders.readers import read_article\n"
        "from schema.errors import MissingExtra\n"
        f"try: read_article(Path({str(path)!r}))\n"
        "except MissingExtra as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith(f"needs {package}: pip install 'mscev[{extra}]'")
