"""An article's file on its way into the graph: the built-in article or another one, and what it holds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from api.cli.output import ERRORS, OUT
from graph.writer import LoadReport
from loaders.article.copy import Copy, copy_of
from loaders.article.curated import built_in
from loaders.article.document import Document
from loaders.article.records import records_of
from loaders.readers import MEGABYTE, read_article
from schema.enums import CitationStatus
from schema.records import Citation, Record


@dataclass(frozen=True, slots=True)
class Incoming:
    """One file that was read; `copy` where it is the built-in article."""

    path: Path
    document: Document
    sha256: str
    copy: Copy | None

    def records(self) -> Iterator[Record]:
        """Yield what is to be written."""
        if self.copy is not None:
            return self.copy.records()
        return records_of(self.document, sha256=self.sha256, title=self.path.stem)

    def counts(self, report: LoadReport) -> dict[str, Any]:
        """Return what the file holds, for a report as JSON."""
        document = self.document
        value = {
            "file": str(self.path),
            "title": document.title,
            "sections": len(document.sections),
            "sentences": len(document.sentences),
            "markers": len(document.markers),
            "references": len(document.references),
            "mentions": report.counts["mentions"],
            "unread": dict(document.unread),
        }
        if self.copy is not None:
            return value
        lost = [{"label": one.label, "note": one.note} for one in self._unresolved()]
        return {**value, "resolved": len(document.citations) - len(lost), "unresolved": lost}

    def tell(self) -> None:
        """Print what the file holds, what leads nowhere and what could not be read."""
        document = self.document
        OUT.print(
            f"{self.path}: {len(document.sections)} sections, {len(document.sentences)} sentences, "
            f"{len(document.markers)} markers, {len(document.references)} references.",
            highlight=False,
            soft_wrap=True,
            markup=False,
        )
        for one in self._unresolved() if self.copy is None else ():
            line = f"not resolved: {one.label}: {one.note}"
            ERRORS.print(line, highlight=False, soft_wrap=True, markup=False)
        for what, number in document.unread:
            ERRORS.print(f"not read: {number} x {what}", highlight=False, soft_wrap=True, markup=False)

    def _unresolved(self) -> tuple[Citation, ...]:
        return tuple(one for one in self.document.citations if one.status is CitationStatus.UNRESOLVED)

    def write_text(self, folder: Path) -> None:
        """Write the text that places count in, as a file named by the article."""
        name = self.document.article.partition(":")[2]
        (folder / f"{name}.txt").write_text(self.document.text, encoding="utf-8", newline="")


def incoming(path: Path, limit_mb: float) -> Incoming:
    """Read an article's file; `InvalidSource` where it cannot be read."""
    document, data = read_article(path, int(limit_mb * MEGABYTE))
    copy = copy_of(document, data, built_in())
    own = copy.document if copy is not None else document
    return Incoming(path, own, hashlib.sha256(data).hexdigest(), copy)
