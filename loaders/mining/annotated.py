"""Texts that were annotated by reading, to measure mining by; `data/annotated/README.md` says how."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from schema.errors import InvalidSource
from schema.records import Span

FOLDER = files("loaders.mining").joinpath("data", "annotated")
PARTS = ("development", "held-out")
MENTION = re.compile(r"\[(?P<text>[^\]]+)\]\((?P<kind>[A-Za-z]+)(?: (?P<id>[^)]+))?\)")


@dataclass(frozen=True, slots=True)
class Naming:
    """A mention that was read: where it stands, its kind, and its id where one was given."""

    span: Span
    text: str
    kind: str
    id: str | None


@dataclass(frozen=True, slots=True)
class Stated:
    """A claim that was read: subject and object as mentions of one sentence, by how they read."""

    sentence: int
    subject: str
    predicate: str
    object: str
    negated: bool
    hedged: bool


@dataclass(frozen=True, slots=True)
class Annotated:
    """One text; `sentences` are the spans of its body, `mentions` those of each sentence."""

    name: str
    text: str
    sentences: tuple[Span, ...]
    mentions: tuple[tuple[Naming, ...], ...]
    claims: tuple[Stated, ...]


@cache
def annotated(part: str) -> tuple[Annotated, ...]:
    """Return the texts of a part (`PARTS`), by name."""
    names = sorted(file.name for file in FOLDER.joinpath(part).iterdir() if file.name.endswith(".txt"))
    return tuple(
        read(name.removesuffix(".txt"), FOLDER.joinpath(part, name).read_text("utf-8")) for name in names
    )


def read(name: str, marked: str) -> Annotated:
    """Read one text; `InvalidSource` names the line that is not as it should be."""
    title, *lines = marked.splitlines()
    text = f"{title}\n\n"
    sentences: list[Span] = []
    mentions: list[tuple[Naming, ...]] = []
    claims: list[Stated] = []
    for number, line in enumerate(lines, 2):
        if line.startswith(">"):
            claims.append(_stated(name, number, line, len(sentences) - 1, mentions[-1]))
        elif line:
            if sentences:
                text += " "
            start = len(text)
            found, plain = _unmarked(line, start)
            text += plain
            sentences.append(Span(start, len(text)))
            mentions.append(found)
    return Annotated(name, text + "\n", tuple(sentences), tuple(mentions), tuple(claims))


def _unmarked(line: str, start: int) -> tuple[tuple[Naming, ...], str]:
    found: list[Naming] = []
    plain, at = "", 0
    for match in MENTION.finditer(line):
        plain += line[at : match.start()]
        span = Span(start + len(plain), start + len(plain) + len(match["text"]))
        found.append(Naming(span, match["text"], match["kind"], match["id"]))
        plain += match["text"]
        at = match.end()
    return tuple(found), plain + line[at:]


def _stated(name: str, number: int, line: str, sentence: int, mentions: tuple[Naming, ...]) -> Stated:
    subject, predicate, object_, *rest = (part.strip() for part in line[1:].split("|"))
    known = {mention.text for mention in mentions}
    for end in (subject, object_):
        if end not in known:
            raise InvalidSource(
                f"{name}, line {number}: {end!r} is no mention of its sentence", file=name, line=number
            )
    flags = rest[0].split() if rest else []
    return Stated(sentence, subject, predicate, object_, "negated" in flags, "hedged" in flags)
