"""Names of people in front and back matter: the byline's authors and the notes about them."""
# ruff: noqa: RUF001

from __future__ import annotations

import re

DEGREE = re.compile(
    r"\b(?:Ph\.?D|M\.?D|D\.?C|N\.?D|D\.?O|DPhil|DVM|MBBS|MBChB|MPH|M\.?Sc|MBA|MPhil|M\.?A|B\.?Sc|B\.?A|PharmD|DDS|DMD"
    r"|R\.?N|FRCPC?|FRCSC?|FACP|FACS|Jr|Sr)\b\.?"
)
TITLE = re.compile(r"\b(?:Dr|Prof|Professor|Mr|Mrs|Ms|Sir)\b\.?\s*")
INSTITUTION = re.compile(
    r"@|\b(?:University|Universit\w+|Department|Division|Institut\w*|Hospital|College|School|Faculty|Cent(?:er|re)"
    r"|Laborator\w+|Clinic|Foundation|Inc|Ltd|LLC|GmbH)\b"
)
MARKUP = re.compile(r"<sup>[^<]*</sup>|\^[^^]*\^|[*_†‡§¶¹²³⁰-⁹]+")
LONGEST = 800
PARTICLE = re.compile(
    r"(?:and|by|et|y|of|the|in|at|for|d[aeiu]|del|della|de[nr]|dos|l[ae]|v[ao]n|zu|te[nr]|bin|[ae]l)\b"
)
CAPITALISED = r"[^\W\d_a-z][\w.'’-]*"
OPENING = re.compile(r"(?:\*\*|__|<b>|<strong>)(?P<name>[^*_<]{3,120})(?:\*\*|__|</b>|</strong>)")
# A bold "DC, ND and OA" is no person, although DC and ND are degrees too.
PERSON = re.compile(
    rf"(?:Dr|Prof|Professor)\b\.?\s+[A-Z]|{CAPITALISED}(?:\s{CAPITALISED})+,\s*{DEGREE.pattern}"
)


def looks_like_byline(block: str) -> bool:
    """Whether a block is a line of names: every word opens in upper case, and it ends no sentence."""
    bare = MARKUP.sub("", block[:LONGEST]).strip()
    words = re.findall(r"[^\W\d_][^\s,;&]*", bare)
    ends = bare.endswith((".", "!", "?")) and not DEGREE.search(bare[-6:])
    named = all(PARTICLE.fullmatch(word) or word[0].isupper() for word in words)
    return bool(words) and len(block) < LONGEST and named and not ends


def authors_in(byline: str) -> tuple[str, ...]:
    """Return the names in a byline in printed order, without titles, degrees and affiliations.

    >>> authors_in("Jane Doe, PhD and Dr. Ali Khan, DC, ND")
    ('Jane Doe', 'Ali Khan')
    """
    bare = re.sub(r"^\s*(?:[Bb]y|Authors?:)\s+", "", MARKUP.sub("", byline))
    parts = re.split(r"[,;\r\n]|&|\band\b", bare)
    names = (" ".join(TITLE.sub("", DEGREE.sub("", part)).split()) for part in parts)
    return tuple(name for name in names if " " in name and not INSTITUTION.search(name))


def opens_note(block: str, authors: tuple[str, ...]) -> bool:
    """Whether a block opens with a bold name: an author's, or one that carries a title or a degree."""
    match = OPENING.match(block)
    if match is None:
        return False
    name = match["name"]
    surnames = {author.split()[-1].casefold() for author in authors}
    words = {word.casefold() for word in re.findall(r"[\w'’-]+", name)}
    return bool(surnames & words) or PERSON.match(name) is not None
