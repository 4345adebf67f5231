from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from schema.errors import DiskFull, ServiceError, UsageError
from tests.views.samples import STYLE, small
from views import FORMATS, render, write
from views.files import write_whole


def test_the_suffix_names_the_format(tmp_path: Path) -> None:
    path = tmp_path / "oa.HTML"
    write(path, small(), STYLE)
    assert path.read_bytes() == render(small(), STYLE, "html")
    assert [p.name for p in tmp_path.iterdir()] == ["oa.HTML"]


def test_the_format_can_be_given(tmp_path: Path) -> None:
    write(tmp_path / "view", small(), STYLE, "html")
    assert (tmp_path / "view").read_bytes().startswith(b"<!DOCTYPE html>")


@pytest.mark.parametrize("name", ["oa.docx", "oa."])
def test_an_unknown_format_names_the_allowed_ones(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="html"):
        write(tmp_path / name, small(), STYLE)
    with pytest.raises(UsageError, match="unknown format 'gif'; allowed: html"):
        render(small(), STYLE, "gif")


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"there is no folder .*nowhere; make it"):
        write(tmp_path / "nowhere" / "oa.html", small(), STYLE)


def test_a_folder_in_the_way_is_said(tmp_path: Path) -> None:
    (tmp_path / "oa.html").mkdir()
    with pytest.raises(UsageError, match="is a folder"):
        write_whole(tmp_path / "oa.html", b"x")


@pytest.mark.parametrize(
    ("code", "error", "words"),
    [
        (errno.EACCES, UsageError, "no permission"),
        (errno.EROFS, UsageError, "no permission"),
        (errno.ENOSPC, DiskFull, "no space left"),
        (errno.EIO, ServiceError, "could not be written"),
    ],
)
def test_on_failure_the_old_file_still_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, error: type[Exception], words: str
) -> None:
    path = tmp_path / "oa.html"
    path.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(error, match=words):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["oa.html"]


def test_every_format_says_what_it_is() -> None:
    assert all("/" in row.media_type and row.module.startswith("views.") for row in FORMATS.values())
