"""Which entities the sentences of an article name, and where.

`python -m loaders.article.mentions FILE` writes `mentions.tsv` of the built-in article from its file, so that
the mentions are there without it. `spans` are `start-end`, half-open, in code points of the file's text.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from loaders.article import cells
from loaders.article.document import Document, parse, read_text
from loaders.mining.tagger import Tagger
from schema.errors import UsageError
from schema.records import Mention, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from schema.records import Entity, Sentence

FILE = Path(__file__).parent / "data" / "msc-ev" / "mentions.tsv"
COLUMNS = ("entity", "block", "sentence", "spans")


def mentions(
    document: Document, entities: Iterable[Entity], sentences: Iterable[Sentence] | None = None
) -> Iterator[Mention]:
    """Yield the mentions in the body's sentences: one for each entity and sentence, with all its spans.

    `sentences` are places in the document's text, with the numbers that the mentions take; without them,
    the document's own. In the order of the text.
    """
    reading = Tagger(entities).read(document.text, (marker.span for marker in document.markers))
    for sentence in document.sentences if sentences is None else sentences:
        found: dict[str, set[Span]] = {}
        for entity, spans in reading.mentions(sentence.spans):
            found.setdefault(entity, set()).update(spans)
        for entity, places in found.items():
            spans = tuple(sorted(places, key=lambda span: (span.start, span.end)))
            yield Mention(document.article, entity, sentence.block, sentence.sentence, spans)


def table(found: Iterable[Mention]) -> str:
    """Return mentions as the text of `mentions.tsv`."""
    return cells.table(COLUMNS, ((m.entity, m.block, m.sentence, cells.spans_text(m.spans)) for m in found))


def main(arguments: list[str]) -> None:
    """Write the built-in article's mentions from its file."""
    if len(arguments) != 1:
        raise UsageError("Give the article's file: python -m loaders.article.mentions FILE")
    from loaders.article.curated import built_in  # noqa: PLC0415 - curated reads what this writes

    curated = built_in()
    document = parse(read_text(Path(arguments[0])), article=curated.article, file=arguments[0])
    FILE.write_text(table(mentions(document, curated.entities())), encoding="utf-8", newline="")
    sys.stdout.write(f"{FILE}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
