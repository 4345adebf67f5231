"""Full stops that end no sentence: abbreviations, labels before numbers, initials."""

from __future__ import annotations

import re

WORD = re.compile(r"(?<![\w-])(?:[^\W\d_]+\.)*[^\W\d_]+$")
# Never the end of a sentence; not before a number or label; only before a word that opens sentences.
NEVER = re.compile(r"e\.?g|i\.?e|vs|cf|ca|dr|prof|mr|mrs|ms|approx|viz|resp|incl|esp", re.IGNORECASE)
LABEL = re.compile(
    r"figs?|eqs?|refs?|nos?|vol|tab|pp?|ch|sec|suppl|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec",
    re.IGNORECASE,
)
PERHAPS = re.compile(r"al|inc|ltd|co|corp|jr|sr|st|spp?|subsp|(?:[^\W\d_]+\.)+[^\W\d_]+", re.IGNORECASE)
BEFORE_INITIALS = re.compile(r"by|and|of|with|to|from|in")
STARTER = re.compile(
    r"(?:A|After|All|Also|Although|An|Another|As|At|Because|Before|Both|But|By|Consequently|Conversely|Despite"
    r"|During|Each|Finally|For|Further|Furthermore|He|Hence|Her|Here|His|However|If|In|Indeed|Its?|Lastly|Many"
    r"|Meanwhile|Moreover|Most|Nevertheless|No|Notably|On|Once|One|Others?|Our|Over|She|Similarly|Since|Some"
    r"|Such|That|The|Their|Then|There|Therefore|These|They|This|Those|Thus|To|Together|Two|Under|Until|We"
    r"|When|Where|Whereas|While|With|Yet)\b"
)


def is_abbreviation(before: str, following: str, marked: bool = False) -> bool:
    """Whether one full stop after `before` belongs to its last word, given the word that follows.

    `marked`: a number sticks to the stop ("Fig.3"). With no following word only a known abbreviation counts.
    """
    match = WORD.search(before[-40:])
    if match is None:
        return False
    word = match[0]
    if NEVER.fullmatch(word):
        return True
    if LABEL.fullmatch(word):
        return marked or any(c.isdigit() for c in following)
    if PERHAPS.fullmatch(word) or _is_initial(word, before):
        return STARTER.match(following) is None
    return False


def _is_initial(word: str, before: str) -> bool:
    """Whether one capital stands for a name ("J. Doe"), unlike that of "vitamin D."."""
    if len(word) != 1 or not word.isupper():
        return False
    words = before[-40:].split()[:-1]
    return not words or words[-1][0].isupper() or BEFORE_INITIALS.fullmatch(words[-1]) is not None
