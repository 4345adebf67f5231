"""The checked-in list of jars: coordinates, size and SHA-256 of everything on Neo4j's class path."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

from schema.errors import ServerError

if TYPE_CHECKING:
    from collections.abc import Iterable

NEO4J = ("org.neo4j", "neo4j")
COLUMNS = ("group", "artifact", "version", "classifier", "sha256", "size")


@dataclass(frozen=True, slots=True, order=True)
class Jar:
    """One line of the list; the order of the lines is the class path."""

    group: str
    artifact: str
    version: str
    classifier: str
    sha256: str
    size: int

    @property
    def file_name(self) -> str:
        """Its name in the cache and in a repository."""
        tail = f"-{self.classifier}" if self.classifier else ""
        return f"{self.artifact}-{self.version}{tail}.jar"

    @property
    def remote_path(self) -> str:
        """Where a Maven repository keeps it, below the base address."""
        return f"{self.group.replace('.', '/')}/{self.artifact}/{self.version}/{self.file_name}"

    @property
    def label(self) -> str:
        """Coordinates as people write them."""
        tail = f":{self.classifier}" if self.classifier else ""
        return f"{self.group}:{self.artifact}:{self.version}{tail}"


def checked_in() -> tuple[Jar, ...]:
    """The list that ships with this package."""
    text = resources.files(__package__).joinpath("jars.tsv").read_text(encoding="utf-8")
    return parse(text.splitlines())


def parse(lines: Iterable[str]) -> tuple[Jar, ...]:
    """Read a list; a wrong column is an error at once."""
    rows = csv.DictReader(lines, delimiter="\t")
    if tuple(rows.fieldnames or ()) != COLUMNS:
        raise ServerError(
            f"The list of jars must have the columns {', '.join(COLUMNS)}.", given=rows.fieldnames
        )
    jars = (_jar(row) for row in rows)
    return tuple(jars)


def render(jars: Iterable[Jar]) -> str:
    """The text of a list."""
    lines = ["\t".join(COLUMNS)]
    lines += ["\t".join(str(getattr(jar, column)) for column in COLUMNS) for jar in jars]
    return "\n".join(lines) + "\n"


def neo4j_version(jars: Iterable[Jar]) -> str:
    """The version of Neo4j that a list installs."""
    for jar in jars:
        if (jar.group, jar.artifact) == NEO4J:
            return jar.version
    raise ServerError("The list of jars has no org.neo4j:neo4j.")


def _jar(row: dict[str, str]) -> Jar:
    return Jar(
        row["group"], row["artifact"], row["version"], row["classifier"], row["sha256"], int(row["size"])
    )
