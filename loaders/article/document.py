"""One article's text, read: blocks, sections, sentences, markers and references with their exact places."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from loaders.article.blocks import Block, BlockKind, split
from loaders.article.bylines import authors_in
from loaders.article.citations import by_number
from loaders.article.curated import BUILT_IN
from loaders.article.markers import Marker, markers_in
from loaders.article.references import references
from loaders.article.roles import classify
from loaders.article.sentences import Cut, Paragraph, digest, joined, paragraphs, sentences
from schema import ids
from schema.errors import InvalidSource
from schema.records import Citation, Reference, Section, Sentence, Span

if TYPE_CHECKING:
    from collections.abc import Container, Sequence
    from pathlib import Path

LONGEST_SLUG = 120
WORD = re.compile(r"[^\W\d_]{2}")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a file says of its article beside the text; None where it says nothing.

    `licence` is an SPDX identifier, or "see source" where other terms are printed.
    """

    article_type: str | None = None
    interests: str | None = None
    licence: str | None = None
    journal: str | None = None
    year: int | None = None
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None

    @property
    def url(self) -> str | None:
        """Where the article is published, as far as its identifiers tell."""
        if self.doi:
            return f"https://doi.org/{self.doi}"
        return f"https://www.ncbi.nlm.nih.gov/pmc/articles/{self.pmcid}/" if self.pmcid else None


@dataclass(frozen=True, slots=True)
class Document:
    """What an article's file holds; `text` is untouched, and every span counts its code points.

    For a file that is no text, `text` is the one that its reader makes of it. `citations` are those that the
    markers name, each once. `unread` counts what the file holds and the text does not, by what it is.
    """

    article: str
    title: str
    authors: tuple[str, ...]
    text: str
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]
    markers: tuple[Marker, ...]
    references: tuple[Reference, ...]
    citations: tuple[Citation, ...] = ()
    metadata: Metadata = Metadata()
    unread: tuple[tuple[str, int], ...] = ()

    def quote(self, sentence: Sentence) -> str:
        """Return a sentence as it reads in this text."""
        return joined(self.text, sentence.spans)

    def markers_of(self, sentence: Sentence) -> tuple[Marker, ...]:
        """Return the markers of one sentence in order; empty when it cites nothing."""
        place = (sentence.block, sentence.sentence)
        return tuple(marker for marker in self.markers if marker.sentence == place)

    def uncited(self) -> tuple[Sentence, ...]:
        """Return the sentences that cite nothing."""
        cited = {marker.sentence for marker in self.markers}
        return tuple(s for s in self.sentences if (s.block, s.sentence) not in cited)

    def uncited_end(self, sentence: Sentence) -> tuple[Span, ...]:
        """Return what a cited sentence still says after its last marker; empty when nothing or no marker."""
        markers = self.markers_of(sentence)
        if not markers:
            return ()
        after = markers[-1].span.end
        rest = tuple(Span(max(s.start, after), s.end) for s in sentence.spans if s.end > after)
        return rest if WORD.search(joined(self.text, rest)) else ()


def read_text(path: Path) -> str:
    """Return the text of a UTF-8 file with its line ends as they are; `InvalidSource` where it is none."""
    return decoded(path.read_bytes(), str(path))


def decoded(data: bytes, file: str) -> str:
    """Return UTF-8 bytes as text; `InvalidSource` names the place of what is none. `file` is for errors."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        raise _invalid(
            file, before, f"byte 0x{data[error.start]:02x} is not UTF-8; save the file as UTF-8"
        ) from error
    _check(text, file)
    return text


def parse(
    text: str, *, article: str | None = None, file: str = "text", others: Container[int] = ()
) -> Document:
    """Read an article's text, in Markdown or plain.

    `article` is its id (else made from the title), `file` what errors name, `others` the starts of blocks
    that are known to be no prose of the article. `InvalidSource` when the text is empty, holds what no text
    holds, or has no body.
    """
    _check(text, file)
    known = (replace(one, kind=BlockKind.OTHER) if one.start in others else one for one in split(text))
    blocks = classify(text, tuple(known))
    found = paragraphs(text, blocks)
    cuts = sentences(text, found)
    if not cuts:
        raise _invalid(file, "", "holds no sentence of an article's body")
    title = next((block.title for block in blocks if block.level), "")
    article = article or article_id(title, hashlib.sha256(text.encode()).hexdigest())
    sections = _sections(article, blocks, cuts)
    headings = [section.block for section in sections]
    markers = markers_in(text, blocks, cuts)
    listed = references(text, blocks, article)
    return Document(
        article=article,
        title=title,
        authors=_authors(text, blocks),
        text=text,
        blocks=blocks,
        sections=sections,
        paragraphs=found,
        sentences=tuple(
            placed(text, article, cut, headings[bisect_right(headings, cut.block) - 1]) for cut in cuts
        ),
        markers=markers,
        references=listed,
        citations=by_number(article, markers, listed),
    )


def placed(text: str, article: str, cut: Cut, section: int) -> Sentence:
    """Return a sentence as a record, in the section with this heading."""
    return Sentence(article, section, cut.block, cut.number, cut.spans, digest(text, cut.spans))


def article_id(name: str, checksum: str) -> str:
    """Return an article's id from its DOI, PMCID or title.

    One that is too long, or the built-in article's own, ends in the text's checksum; an empty one is that.
    """
    slug = ids.slug(name)
    if len(slug) > LONGEST_SLUG or slug == BUILT_IN:
        slug = f"{slug[:LONGEST_SLUG]}-{checksum[:8]}"
    return ids.article_id(slug or checksum[:12])


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Return where an offset stands as an editor counts it: both from 1, columns in code points."""
    lines = text[:offset].replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return len(lines), len(lines[-1]) + 1


def _check(text: str, file: str) -> None:
    if not text.strip():
        raise _invalid(file, "", "is empty")
    nul = text.find("\0")
    if nul >= 0:
        raise _invalid(file, text[:nul], "holds a NUL character, so it is no text file")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise _invalid(
            file, text[: error.start], "holds half of a surrogate pair, which is no character"
        ) from error


def _invalid(file: str, before: str, problem: str) -> InvalidSource:
    line, column = line_and_column(before, len(before))
    return InvalidSource(f"{file}:{line}:{column}: {problem}.", file=file, line=line, column=column)


def _authors(text: str, blocks: Sequence[Block]) -> tuple[str, ...]:
    bylines = (text[block.prose : block.end] for block in blocks if block.kind is BlockKind.BYLINE)
    return tuple(dict.fromkeys(name for byline in bylines for name in authors_in(byline)))


def _sections(article: str, blocks: Sequence[Block], cuts: Sequence[Cut]) -> tuple[Section, ...]:
    """Return a section for each heading, and one numbered 0 when sentences stand before the first."""
    headed = [Section(article, block.number, block.title, block.level) for block in blocks if block.level]
    before = not headed or cuts[0].block < headed[0].block
    return tuple([Section(article, 0, "", 0), *headed] if before else headed)
