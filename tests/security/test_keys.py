"""API keys: made once, kept as hashes, gone at once; the commands that make and remove them."""

from __future__ import annotations

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api.cli import app
from api.guards.keyring import KeyRing
from api.guards.keys import PREFIX, KeyFile
from schema.errors import InvalidInput, NotFound, UsageError


@pytest.fixture
def keys(tmp_path: Path) -> KeyFile:
    return KeyFile(tmp_path / "home" / "keys")


def test_a_key_is_long_and_only_its_hash_is_kept(keys: KeyFile) -> None:
    made = {keys.add(f"key-{number}") for number in range(20)}
    assert len(made) == 20
    # 43 characters of 64: 256 bits
    assert {(key.startswith(PREFIX), len(key)) for key in made} == {(True, len(PREFIX) + 43)}
    text = keys.path.read_text(encoding="utf-8")
    assert not [key for key in made if key in text or key.removeprefix(PREFIX) in text]
    assert {key.sha256 for key in keys.read()} == {sha256(key.encode()).hexdigest() for key in made}
    assert stat.S_IMODE(keys.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(keys.path.parent.stat().st_mode) == 0o700


def test_a_ring_knows_a_key_until_it_is_removed(keys: KeyFile) -> None:
    ring = KeyRing(keys.path)
    assert ring.name_of("mscev_none") is None
    first, second = keys.add("first"), keys.add("second")
    assert (ring.name_of(first), ring.name_of(second)) == ("first", "second")
    keys.remove("first")
    assert (ring.name_of(first), ring.name_of(second)) == (None, "second")
    again = keys.add("first")
    assert (ring.name_of(first), ring.name_of(again)) == (None, "first")
    keys.path.unlink()
    assert ring.name_of(second) is None


@pytest.mark.parametrize("shown", ["", "mscev_", "x" * 10_000, "\udcff", "mscev_é"])
def test_what_is_no_key_is_refused(keys: KeyFile, shown: str) -> None:
    keys.add("one")
    assert KeyRing(keys.path).name_of(shown) is None


def test_the_hash_is_no_key(keys: KeyFile) -> None:
    keys.add("one")
    assert KeyRing(keys.path).name_of(keys.read()[0].sha256) is None


@pytest.mark.parametrize("name", ["", "-a", "two words", "a" * 65, "a\nb", "käse", "../keys"])
def test_a_name_is_a_plain_word(keys: KeyFile, name: str) -> None:
    with pytest.raises(UsageError, match="1 to 64 letters"):
        keys.add(name)
    assert keys.read() == ()


def test_a_name_is_there_once_and_a_missing_one_is_told(keys: KeyFile) -> None:
    keys.add("one")
    with pytest.raises(UsageError, match="there is a key 'one'"):
        keys.add("one")
    with pytest.raises(NotFound, match="known are: one"):
        keys.remove("two")
    assert len(keys.read()) == 1


def test_commands_at_the_same_time_undo_nothing(keys: KeyFile) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: keys.add(f"key-{number}"), range(16)))
    assert {key.name for key in keys.read()} == {f"key-{number}" for number in range(16)}


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '{"name": "a"}',
        '{"name": "a", "sha256": "mscev_secret", "created": ""}',
        '{"x": 1}',
        "\xff",
    ],
)
def test_a_file_that_is_none_opens_nothing(
    keys: KeyFile, line: str, caplog: pytest.LogCaptureFixture
) -> None:
    made = keys.add("one")
    ring = KeyRing(keys.path)
    with keys.path.open("a", encoding="latin-1") as file:
        file.write(f"{line}\n")
    with pytest.raises(InvalidInput, match=r"keys:2: not a key"):
        keys.read()
    assert ring.name_of(made) is None
    assert "no key is accepted" in caplog.text
    assert "mscev_secret" not in caplog.text


def test_the_commands(tmp_path: Path) -> None:
    def run(*arguments: str, **environ: str) -> Result:
        return CliRunner().invoke(app, ["key", *arguments], env={"MSCEV_HOME": str(tmp_path)} | environ)

    made = run("add", "alice")
    key = made.stdout.strip()
    assert (made.exit_code, key[: len(PREFIX)]) == (0, PREFIX)
    assert key not in made.stderr
    listed = run("list", "--json")
    assert [row["name"] for row in json.loads(listed.stdout)] == ["alice"]
    assert key not in listed.stdout
    other = tmp_path / "elsewhere" / "mine"
    assert run("add", "bob", MSCEV_KEYS=str(other)).exit_code == 0
    assert [one.name for one in KeyFile(other).read()] == ["bob"]
    assert run("remove", "alice").exit_code == 0
    assert isinstance(run("remove", "alice").exception, NotFound)
    assert KeyFile(tmp_path / "keys").read() == ()
