"""ORCID iDs of persons, with their check digit (ISO 7064 MOD 11-2)."""

from __future__ import annotations

import re

from schema.errors import InvalidRecord

PREFIX = "orcid"
EXAMPLE = "0000-0002-1825-0097"
_FORM = re.compile(
    r"(?:orcid:|https?://orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])", re.IGNORECASE | re.ASCII
)


def orcid_of(text: str) -> str:
    """Return an ORCID iD, given bare, as CURIE or as address, as a CURIE; `InvalidRecord` for what is none.

    >>> orcid_of("https://orcid.org/0000-0002-1825-0097")
    'orcid:0000-0002-1825-0097'
    """
    match = _FORM.fullmatch(text.strip())
    if match is None:
        raise _problem(text, f"an ORCID iD as {EXAMPLE}")
    digits = match[1].upper()
    if check_digit(digits[:-1]) != digits[-1]:
        raise _problem(
            text, f"an ORCID iD whose last digit fits the others (here {check_digit(digits[:-1])})"
        )
    return f"{PREFIX}:{digits}"


def check_digit(digits: str) -> str:
    """Return the last character that belongs to the first 15 digits; hyphens do not count.

    >>> check_digit("0000-0002-1694-233")
    'X'
    """
    total = 0
    for digit in digits.replace("-", ""):
        total = (total + int(digit)) * 2
    value = (12 - total % 11) % 11
    return "X" if value == 10 else str(value)


def _problem(given: str, allowed: str) -> InvalidRecord:
    return InvalidRecord(
        f"reviewer cannot be {given!r}; allowed: {allowed}", field="reviewer", given=given, allowed=allowed
    )
