"""Read an article in JATS XML: the document that a Markdown file gives, with citations from its anchors."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from loaders.article.blocks import Block, BlockKind
from loaders.article.document import Document, article_id, placed
from loaders.article.sentences import Cut, Paragraph, goes_on, sentences
from loaders.jats.citations import Anchors
from loaders.jats.metadata import authors_of, metadata_of, title_of
from loaders.jats.references import reference_of
from loaders.jats.text import Written, write
from loaders.jats.tree import Element, attribute, invalid, tree_of
from schema.records import Section

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from loaders.jats.canvas import Placed

READ = frozenset({BlockKind.BODY, BlockKind.CAPTION})


def read(data: bytes, file: str) -> Document:
    """Read a JATS file's bytes; `InvalidSource` where they are none, or hold no sentence."""
    root = tree_of(data, file)
    written = write(root, file)
    blocks = tuple(one.block for one in written.placed)
    found = tuple(_paragraphs(written.text, written.placed))
    cuts = sorted(sentences(written.text, found), key=lambda cut: cut.spans[0].start)
    if not cuts:
        raise invalid(file, 1, 1, "holds no sentence of an article's body")
    metadata, title = metadata_of(root), title_of(root)
    checksum = hashlib.sha256(written.text.encode()).hexdigest()
    article = article_id(metadata.doi or metadata.pmcid or title, checksum)
    references = tuple(
        reference_of(written.text, entry, article, position)
        for position, entry in enumerate(written.entries, 1)
    )
    anchors = _anchors(root, written)
    labels = anchors.labels(references)
    around = {one.block.number: one.role.section for one in written.placed}
    return Document(
        article=article,
        title=title,
        authors=authors_of(root),
        text=written.text,
        blocks=blocks,
        sections=_sections(article, blocks, around, cuts),
        paragraphs=found,
        sentences=tuple(placed(written.text, article, cut, around[cut.block]) for cut in cuts),
        markers=tuple(anchors.markers(labels, blocks, cuts)),
        references=references,
        citations=anchors.citations(article, labels),
        metadata=metadata,
        unread=tuple(sorted(written.unread.items())),
    )


def _paragraphs(text: str, placed: Sequence[Placed]) -> Iterator[Paragraph]:
    """Yield the paragraphs; a figure or a list inside one parts it only where a sentence ends before it."""
    pieces: dict[int, list[Block]] = {}
    for one in placed:
        if one.block.kind in READ:
            pieces.setdefault(one.role.paragraph, []).append(one.block)
    for blocks in pieces.values():
        open_ = [blocks[0]]
        for block in blocks[1:]:
            if not goes_on(text, open_[-1], block):
                yield Paragraph(tuple(open_))
                open_ = []
            open_.append(block)
        yield Paragraph(tuple(open_))


def _sections(
    article: str, blocks: Sequence[Block], around: dict[int, int], cuts: Sequence[Cut]
) -> tuple[Section, ...]:
    """Return a section for each heading, and one numbered 0 where a sentence stands under none."""
    headed = [Section(article, block.number, block.title, block.level) for block in blocks if block.level]
    bare = any(around[cut.block] == 0 for cut in cuts)
    return tuple([Section(article, 0, "", 0), *headed] if bare else headed)


def _anchors(root: Element, written: Written) -> Anchors:
    """Return the cross references of the text."""
    places: dict[str, int] = {}
    for position, entry in enumerate(written.entries, 1):
        for key in _ids(entry.element):
            places.setdefault(key, position)
    return Anchors(written.text, written.anchors, places, _ids(root))


def _ids(root: Element) -> dict[str, Element]:
    """Return the elements that have an id, by it."""
    return {key: one for one in root.iter() if isinstance(one.tag, str) and (key := attribute(one, "id"))}
