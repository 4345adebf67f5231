"""Greek letters that a page's text holds as LaTeX, with blanks around them that layout put there."""
# ruff: noqa: RUF002

from __future__ import annotations

import re
import unicodedata

# "NF- $\kappa$ B": the blanks go where the neighbour is part of the name, not after a word ("of $\alpha$").
FORMULA = re.compile(
    r"(?:(?P<name>\S*(?:[A-Z0-9]|-))[ \t]+|(?P<other>\S*[ \t]*))"
    r"\$\s*\\(?P<letter>[A-Za-z]+)\s*\$(?:[ \t]+(?=-\w)|(?P<tail>[ \t]+[A-Z0-9])(?![\w]))?"
)


def readable(text: str) -> str:
    r"""Return the text with LaTeX letters as letters.

    >>> readable(r"TNF $\alpha$ and NF- $\kappa$ B, like  $\alpha$ -smooth")
    'TNFα and NF-κB, like  α-smooth'
    """
    return FORMULA.sub(_letter, text)


def _letter(match: re.Match[str]) -> str:
    name = match["letter"]
    case = "CAPITAL" if name[0].isupper() else "SMALL"
    try:
        letter = unicodedata.lookup(f"GREEK {case} LETTER {name.upper().removeprefix('VAR')}")
    except KeyError:
        return match[0]
    tail = match["tail"] or ""
    before = match["name"] if match["name"] is not None else match["other"]
    return before + letter + (tail.strip() if before.endswith("-") else tail)
