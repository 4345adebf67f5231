"""What inputs at random have found, each as one plain test."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from api.settings import ServiceSettings
from graph.connection import AsyncDatabase, Database
from graph.target import Target
from loaders.kgx.files import read_rows
from schema.errors import InvalidRecord, InvalidSource, UsageError
from schema.orcid import orcid_of
from views.places import read as read_places


def test_digits_of_other_scripts_make_no_orcid() -> None:
    with pytest.raises(InvalidRecord):
        orcid_of("0000-0002-1825-0097".replace("0", "\u0660"))


def test_an_endless_number_is_no_time_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MSCEV_QUERY_TIMEOUT", "inf")
    with pytest.raises(ValidationError, match="finite"):
        ServiceSettings()


@pytest.mark.parametrize("kind", [Database, AsyncDatabase])
@pytest.mark.parametrize(
    "address", ["foo", "bolt://[", "https//x", "bolt://u:secret@h", "bolt:bolt", "bolt://h/db"]
)
def test_an_address_of_neo4j_that_is_none_is_told_without_it(kind: type, address: str) -> None:
    with pytest.raises(UsageError, match="NEO4J_U") as raised:
        kind(Target(address, "neo4j", "x"))
    assert address not in raised.value.message


def test_a_last_slash_is_no_path() -> None:
    Database(Target("bolt://127.0.0.1:7687/", "neo4j", "x")).close()


def test_a_header_that_is_not_utf8_names_no_column(tmp_path: Path) -> None:
    path = tmp_path / "nodes.tsv"
    path.write_bytes(b"id\t\x80category\nEX:1\tbiolink:Gene\n")
    with pytest.raises(InvalidSource, match="the header is not UTF-8"):
        list(read_rows(path, lambda line, reason: None))


@pytest.mark.parametrize("suffix", ["json", "html"])
def test_a_picture_of_very_deep_json_is_refused(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"deep.{suffix}"
    deep = "[" * 100_000
    path.write_text(
        f'--w:1;--h:1<script type="application/json" id="view">{deep}</script>' if suffix == "html" else deep,
        encoding="utf-8",
    )
    with pytest.raises(InvalidSource, match="is no view"):
        read_places(path)
