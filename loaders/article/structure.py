"""An article's structure as data files: places, sections, blocks, references; no sentence of it.

`python -m loaders.article.structure FILE` writes those of the built-in article from its file; tests compare
them with what the parser finds. `spans` are `start-end`, half-open, in code points of the file's text.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from loaders.article.cells import spans_text, table
from loaders.article.document import Document, parse, read_text
from schema.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from schema.records import Reference

FOLDER = Path(__file__).parent / "data" / "msc-ev"
# A reader knows the article from the folder; the printed text is the article's own.
LEFT_OUT = frozenset({"article", "text"})


def files_of(document: Document) -> dict[str, str]:
    """Return the data files of a document, by name."""
    return {
        "places.tsv": table(
            ("block", "sentence", "section", "spans", "sha256", "markers"), _places(document)
        ),
        "sections.tsv": table(
            ("block", "level", "title"), ((s.block, s.level, s.title) for s in document.sections)
        ),
        "blocks.tsv": table(("block", "type", "markers"), _blocks(document)),
        "uncited.tsv": table(("block", "sentence", "what", "spans"), _uncited(document)),
        "references.jsonl": "".join(_line(reference) for reference in document.references),
    }


def _places(document: Document) -> Iterable[tuple[object, ...]]:
    for sentence in document.sentences:
        numbers = [n for marker in document.markers_of(sentence) for n in marker.numbers]
        cited = ",".join(map(str, numbers))
        spans = spans_text(sentence.spans)
        yield sentence.block, sentence.sentence, sentence.section, spans, sentence.sha256, cited


def _blocks(document: Document) -> Iterable[tuple[object, ...]]:
    """Yield every block with its type and how often each marker stands in it, as `number:count`."""
    counts: dict[int, Counter[int]] = {block.number: Counter() for block in document.blocks}
    for marker in document.markers:
        counts[marker.block].update(marker.numbers)
    for block in document.blocks:
        cited = ",".join(f"{n}:{count}" for n, count in sorted(counts[block.number].items()))
        yield block.number, block.kind, cited


def _uncited(document: Document) -> Iterable[tuple[object, ...]]:
    """Yield the sentences that cite nothing, and the clauses that cited ones have after their last marker."""
    whole = set(document.uncited())
    for sentence in document.sentences:
        if sentence in whole:
            yield sentence.block, sentence.sentence, "sentence", spans_text(sentence.spans)
        elif end := document.uncited_end(sentence):
            yield sentence.block, sentence.sentence, "clause", spans_text(end)


def _line(reference: Reference) -> str:
    names = [field.name for field in fields(reference) if field.name not in LEFT_OUT]
    return orjson.dumps({name: getattr(reference, name) for name in names}).decode() + "\n"


def main(arguments: list[str]) -> None:
    """Write the built-in article's data files from its file."""
    if len(arguments) != 1:
        raise UsageError("Give the article's file: python -m loaders.article.structure FILE")
    document = parse(read_text(Path(arguments[0])), file=arguments[0])
    for name, content in files_of(document).items():
        (FOLDER / name).write_text(content, encoding="utf-8", newline="")
        sys.stdout.write(f"{FOLDER / name}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
