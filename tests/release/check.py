"""What must agree before a release: tag, version, change log, citation, contract, and nothing uncommitted."""

from __future__ import annotations

import re
import subprocess
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
HEADING = re.compile(r"^## \[(?P<version>[^\]]+)\] - (?P<date>.+)$", re.MULTILINE)
RELEASED = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")
# the contract that the next release is compared with, and what it is a copy of
CONTRACT = (("tests/contract/released.graphql", "api/graphql/schema.graphql"),)
DECLARED = "tests/contract/declared.tsv"


@dataclass(frozen=True, slots=True)
class Heading:
    """A version in CHANGELOG.md; without a date it is not released."""

    version: str
    released: date | None

    @property
    def order(self) -> tuple[int, ...]:
        """Sort key."""
        return tuple(map(int, self.version.split(".")))


def version_of(root: Path) -> str:
    """Return the version that a wheel made here will have."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    value: str = project["version"]
    return value


def packages_of(root: Path) -> list[str]:
    """Return the top-level packages that a wheel holds."""
    tool = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    value: list[str] = tool["hatch"]["build"]["targets"]["wheel"]["packages"]
    return value


def headings(root: Path) -> list[Heading]:
    """Return the versions of the change log, newest first; a date that is none raises `ValueError`."""
    text = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    return [
        Heading(version, None if told == "unreleased" else date.fromisoformat(told))
        for version, told in HEADING.findall(text)
    ]


def citation(root: Path) -> dict[str, Any]:
    """Return what CITATION.cff says."""
    value: dict[str, Any] = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    return value


def tracked(root: Path, *folders: str) -> set[str]:
    """Return the files that git knows, below some folders or all."""
    return set(git(root, "ls-files", "-z", "--", *folders).split("\0")) - {""}


def tags_here(root: Path) -> list[str]:
    """Return the version tags of this very commit."""
    return git(root, "tag", "--points-at", "HEAD", "--list", "v*").split()


def git(root: Path, *arguments: str) -> str:
    """Return what git prints; an error of it raises `CalledProcessError`."""
    return subprocess.run(
        ["git", "-C", str(root), *arguments],
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def complaints(root: Path) -> Iterator[str]:
    """Yield what stands in the way of a release of this commit, a line each."""
    version, tags = version_of(root), tags_here(root)
    if not RELEASED.fullmatch(version):
        yield f"pyproject.toml: version {version} is not of the form 1.2.3."
    if f"v{version}" not in tags:
        yield f"git: this commit has {', '.join(tags) or 'no tag'}, not v{version}; git tag -a v{version}"
    if changed := git(root, "status", "--porcelain").split("\n")[:-1]:
        yield f"git: {len(changed)} files differ from the commit, first {changed[0][3:]}."
    newest = headings(root)[0]
    if newest.version != version or newest.released is None:
        yield f"CHANGELOG.md: the first heading is not “## [{version}] - YYYY-MM-DD”."
    cited = citation(root)
    if (cited["version"], cited.get("date-released")) != (newest.version, newest.released):
        yield "CITATION.cff: version and date-released are not those of CHANGELOG.md's first heading."
    for kept, present in CONTRACT:
        if (root / kept).read_bytes() != (root / present).read_bytes():
            yield f"{kept} is not the present contract: cp {present} {kept}"
    if len((root / DECLARED).read_text(encoding="utf-8").splitlines()) > 1:
        yield f"{DECLARED} declares changes of the former release: leave its first line only."
