"""`GET /exports/{format}`: the graph, or what lies around some entities, as one file or a zip."""

from __future__ import annotations

import asyncio
import shutil
import zipfile
from importlib.metadata import version
from pathlib import Path
from tempfile import mkdtemp
from typing import Annotated, Any

from fastapi import FastAPI, Query, Request
from fastapi.responses import FileResponse, Response
from starlette.types import Receive, Scope, Send

from api.http import has_it
from api.openapi import files
from api.settings import ServiceSettings
from exports.formats import FORMATS, Format, format_named
from exports.manifest import INDEX, MANIFEST, export
from graph.connection import AsyncDatabase, Database
from graph.reads.info import STATE
from graph.target import Target
from schema.ids import digest

VERSION = version("mscev")
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first date that a zip can hold


def mount_exports(app: FastAPI, database: AsyncDatabase, settings: ServiceSettings) -> None:
    """Add /exports/{format} to the service; one export is made at a time."""
    turn = asyncio.Semaphore(1)

    answers = files((one.media for one in FORMATS), "The export.")

    @app.get("/exports/{format_name}", tags=["exports"], response_class=Response, responses=answers)
    async def file(
        request: Request,
        format_name: str,
        focus: Annotated[list[str] | None, Query(description="Ids or exact identifiers.")] = None,
    ) -> Response:
        """Return an export; the entity tag is that of the stored graph."""
        wanted = format_named(format_name)
        around = tuple(focus or ())
        # no thread waits for a Neo4j that is silent
        # all of the state: references and sentences are exported too, which the release says nothing of
        state = await database.value(STATE) or {}
        tag = f'"{digest([VERSION, *map(str, state.values()), wanted.name, sorted(around)], 128)}"'
        headers = {"ETag": tag, "Cache-Control": "no-cache"}
        if has_it(request.headers.get("if-none-match", ""), tag):
            return Response(status_code=304, headers=headers)
        async with turn:
            folder, path = await asyncio.to_thread(
                _make, database.target, wanted, around, settings.export_limit
            )
        return _FileOnce(folder, path, media_type=wanted.media, filename=path.name, headers=headers)


class _FileOnce(FileResponse):
    """A file whose folder goes when it has been sent or refused (a range that it has not)."""

    def __init__(self, folder: Path, path: Path, **given: Any) -> None:
        super().__init__(path, **given)
        self._folder = folder

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            await asyncio.to_thread(shutil.rmtree, self._folder, ignore_errors=True)


def _make(target: Target, wanted: Format, focus: tuple[str, ...], limit: int) -> tuple[Path, Path]:
    """Write an export beside a folder of its own; return that folder and the file to send."""
    folder = Path(mkdtemp(prefix="mscev-http-"))
    try:
        with Database(target) as database:
            manifest = export(database.value, folder / wanted.name, wanted, focus=focus, limit=limit)
        files = [one["name"] for one in manifest["files"] if one["name"] != INDEX]
        if len(files) == 1:
            return folder, folder / wanted.name / files[0]
        return folder, _zip(folder, wanted.name, [*files, INDEX, MANIFEST])
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _zip(folder: Path, name: str, files: list[str]) -> Path:
    """Pack files into a zip: the same bytes each time."""
    path = folder / f"mscev-{name}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(files):
            entry = zipfile.ZipInfo(file, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with (folder / name / file).open("rb") as source, archive.open(entry, "w") as packed:
                shutil.copyfileobj(source, packed)
    return path
