"""An export as a folder: the format's files, an index of what is in the release, and a manifest of all."""

from __future__ import annotations

import hashlib
import shutil
from collections import Counter
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson

from exports.files import Losses, text_file
from exports.formats import Format
from exports.snapshot import Snapshot, index_rows, read
from graph.reads.export import Run
from schema.errors import InvalidSource, UsageError
from schema.licences import LICENCE_BY_SOURCE

MANIFEST, INDEX = "manifest.json", "index.tsv"
Manifest = dict[str, Any]


def export(
    run: Run,
    folder: Path,
    format_: Format,
    *,
    focus: tuple[str, ...] = (),
    limit: int | None = None,
) -> Manifest:
    """Write one format into a folder, with its manifest, and return that; of one stored graph the same bytes.

    The folder is new, empty, or holds a former export, whose files go first. Raises `UsageError` for any
    other folder, and as `exports.snapshot.read` does.
    """
    with TemporaryDirectory(prefix="mscev-export-") as spool:
        snapshot = read(run, Path(spool), focus=focus, tables=format_.tables, limit=limit)
        written, losses = Path(spool, "files"), Losses()
        written.mkdir()
        format_.write(snapshot, written, losses)
        counts = _write_index(snapshot, written)
        vocabularies = _vocabularies(snapshot)
        _clear(folder)
        for path in written.iterdir():
            shutil.move(path, folder / path.name)
    manifest = {
        "format": format_.name,
        "release": snapshot.release,
        "around": list(snapshot.focus),
        "counts": dict(sorted(counts.items())),
        "leftOut": [format_.left_out] if format_.left_out else [],
        "changed": dict(sorted(losses.counts.items())),
        "sources": [dict(sorted(source.items())) for source in snapshot.sources],
        "vocabularies": vocabularies,
        "mscev": version("mscev"),
        "files": [_file(path) for path in sorted(folder.iterdir()) if path.name != MANIFEST],
    }
    (folder / MANIFEST).write_bytes(orjson.dumps(manifest, option=orjson.OPT_INDENT_2) + b"\n")
    return manifest


def read_manifest(path: Path) -> Manifest:
    """Return the manifest of an export, named by its folder or itself; `InvalidSource` for anything else."""
    file = path / MANIFEST if path.is_dir() else path
    try:
        found = orjson.loads(file.read_bytes())
    except (OSError, orjson.JSONDecodeError) as error:
        raise InvalidSource(
            f"{file}: no manifest of an export: {error}; name a folder that 'mscev export' wrote",
            file=str(file),
        ) from error
    if not isinstance(found, dict) or "release" not in found or "files" not in found:
        raise InvalidSource(f"{file}: no manifest of an export", file=str(file))
    return found


def _clear(folder: Path) -> None:
    if folder.is_dir():
        here = {path.name for path in folder.iterdir()}
        if here and MANIFEST not in here:
            raise UsageError(
                f"{folder} holds other files; name a new folder, an empty one, or a former export"
            )
        if here:
            for name in (*(one["name"] for one in read_manifest(folder)["files"]), MANIFEST):
                (folder / Path(name).name).unlink(missing_ok=True)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{folder} cannot be made: {error.strerror}") from error


def _write_index(snapshot: Snapshot, folder: Path) -> Counter[str]:
    counts: Counter[str] = Counter()
    with text_file(folder / INDEX) as file:
        file.write("what\tid\thash\twords\n")
        for row in index_rows(snapshot):
            counts[row[0]] += 1
            file.write("\t".join(" ".join(cell.split()) for cell in row) + "\n")
    return counts


def _vocabularies(snapshot: Snapshot) -> list[dict[str, str]]:
    used = {
        one["properties"]["source"]
        for row in snapshot.rows("entities")
        for one in (*row["mappings"], *row["isA"])
    }
    return [
        {
            "source": name,
            "licence": LICENCE_BY_SOURCE[name].licence,
            "credit": LICENCE_BY_SOURCE[name].attribution,
        }
        if name in LICENCE_BY_SOURCE
        else {"source": name}
        for name in sorted(used)
    ]


def _file(path: Path) -> dict[str, object]:
    checksum = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            checksum.update(block)
    return {"name": path.name, "bytes": path.stat().st_size, "sha256": checksum.hexdigest()}
