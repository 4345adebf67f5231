"""What a release says of itself agrees, and `make release` finds what does not."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from api.cli import main
from tests.release.check import (
    CONTRACT,
    DECLARED,
    RELEASED,
    ROOT,
    citation,
    complaints,
    git,
    headings,
    packages_of,
    tags_here,
    version_of,
)

SECTIONS = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"]
# a commit that is not this one
OTHER: tuple[str, ...] = ("commit-tree", "-m", "Other", "HEAD^{tree}")
FILES = [
    "pyproject.toml",
    "CHANGELOG.md",
    "CITATION.cff",
    DECLARED,
    *(name for pair in CONTRACT for name in pair),
]


# ---- this tree ---------------------------------------------------------------------------------------------


def test_the_change_log_keeps_its_form() -> None:
    listed = headings(ROOT)
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert len(listed) == len(re.findall(r"^## ", text, re.MULTILINE)), (
        "## [1.2.3] - 2030-01-31 or - unreleased"
    )
    assert all(RELEASED.fullmatch(heading.version) for heading in listed)
    assert [one.order for one in listed] == sorted({one.order for one in listed}, reverse=True)
    assert all(heading.released for heading in listed[1:]), "only the newest version may be unreleased"
    for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        found = re.findall(r"^### (.*)$", part, re.MULTILINE)
        assert found == [name for name in SECTIONS if name in found]


def test_the_version_is_the_one_in_the_making_or_that_of_the_tag() -> None:
    version, newest = version_of(ROOT), headings(ROOT)[0]
    assert version in {newest.version, f"{newest.version}.dev0"}
    assert version.endswith(".dev0") == (newest.released is None)
    tags = tags_here(ROOT) if (ROOT / ".git").exists() else []
    assert tags in ([], [f"v{version}"])


def test_the_citation_is_valid_and_of_this_version() -> None:
    cited, newest = citation(ROOT), headings(ROOT)[0]
    schema = json.loads((ROOT / "tests/data/cff-1.2.0.json").read_text(encoding="utf-8"))
    plain = json.loads(json.dumps(cited, default=str))
    jsonschema.Draft7Validator.check_schema(schema)
    jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker()).validate(plain)
    assert cited["version"] == newest.version
    assert cited.get("date-released") == newest.released
    assert [author["name"] for author in cited["authors"]] == ["The mscev authors"]
    assert cited["license"] == "MIT"
    assert "CITATION.cff" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_command_tells_a_version(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["mscev", "--version"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0
    assert re.fullmatch(r"mscev \d+\.\d+\.\d+(\.dev0)?\n", capsys.readouterr().out)


def test_every_package_is_in_the_wheel_and_typed() -> None:
    folders = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert set(packages_of(ROOT)) == folders - {"tests", "bench"}
    assert [name for name in packages_of(ROOT) if not (ROOT / name / "py.typed").exists()] == []


# ---- what make release finds -------------------------------------------------------------------------------


@pytest.fixture
def ready(tmp_path: Path) -> Path:
    """A repository whose commit may be released as 0.1.0."""
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    version = version_of(ROOT)
    edit(tmp_path, "pyproject.toml", f'version = "{version}"', 'version = "0.1.0"')
    (tmp_path / "CHANGELOG.md").write_text("# Changelog\n\n## [0.1.0] - 2030-01-31\n\n### Added\n\n- All.\n")
    cited = (tmp_path / "CITATION.cff").read_text(encoding="utf-8")
    cited = re.sub(r"^(version|date-released):.*\n", "", cited, flags=re.MULTILINE)
    (tmp_path / "CITATION.cff").write_text(f"{cited}version: 0.1.0\ndate-released: 2030-01-31\n")
    for kept, present in CONTRACT:
        shutil.copy(tmp_path / present, tmp_path / kept)
    (tmp_path / DECLARED).write_text("path\treason\n")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "config", "user.name", "nobody")
    git(tmp_path, "config", "user.email", "nobody@example.org")
    commit(tmp_path)
    git(tmp_path, "tag", "v0.1.0")
    return tmp_path


def edit(root: Path, name: str, old: str, new: str) -> None:
    text = (root / name).read_text(encoding="utf-8")
    assert old in text
    (root / name).write_text(text.replace(old, new), encoding="utf-8")


def commit(root: Path) -> None:
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message", "State")


def committed(root: Path, name: str, old: str, new: str) -> None:
    """A commit that is tagged in the place of the former one."""
    edit(root, name, old, new)
    commit(root)
    git(root, "tag", "--force", "v0.1.0")


def test_what_agrees_may_be_released(ready: Path) -> None:
    assert list(complaints(ready)) == []


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda root: git(root, "tag", "--delete", "v0.1.0"), "no tag, not v0.1.0"),
        (lambda root: git(root, "tag", "v0.1.0", "--force", git(root, *OTHER).strip()), "no tag, not v0.1.0"),
        (lambda root: (root / "new.txt").touch(), "1 files differ from the commit, first new.txt"),
        (lambda root: edit(root, "CITATION.cff", "license: MIT", "license: ISC"), "first CITATION.cff"),
        (lambda root: committed(root, "CHANGELOG.md", "2030-01-31", "unreleased"), "CHANGELOG.md: the first"),
        (lambda root: committed(root, "CHANGELOG.md", "[0.1.0]", "[0.2.0]"), "## [0.1.0] - YYYY-MM-DD"),
        (lambda root: committed(root, "CITATION.cff", "version: 0.1.0", "version: 0.1.1"), "CITATION.cff"),
        (lambda root: committed(root, "CITATION.cff", "2030-01-31", "2030-01-30"), "CITATION.cff"),
        (lambda root: committed(root, DECLARED, "reason\n", "reason\nA.b\tgone\n"), "leave its first line"),
        (lambda root: committed(root, CONTRACT[0][0], "type Query", "type  Query"), "the present contract"),
        (lambda root: committed(root, "pyproject.toml", '"0.1.0"', '"0.1.0.dev0"'), "not of the form 1.2.3"),
    ],
)  # fmt: skip
def test_what_does_not_agree_is_told(ready: Path, spoil: Callable[[Path], object], told: str) -> None:
    spoil(ready)
    found = list(complaints(ready))
    assert [line for line in found if told in line], found
