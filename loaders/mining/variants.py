"""Spellings of a name by general rules: number, Greek letters, hyphens, British and American.

All work on folded keys, where hyphens, slashes and apostrophes are blanks already. A rule may make words that
nobody writes; they do no harm, since they are never met.
"""
# ruff: noqa: RUF001, RUF002

from __future__ import annotations

import re
from itertools import product

GREEK = {
    "alpha": "α",
    "beta": "β",
    "gamma": "γ",
    "delta": "δ",
    "epsilon": "ε",
    "zeta": "ζ",
    "kappa": "κ",
    "lambda": "λ",
    "omega": "ω",
}
NAMES = {letter: name for name, letter in GREEK.items()}
LATIN = {"α": "a", "β": "b", "γ": "g", "δ": "d", "κ": "k"}
SPELLED = re.compile(rf"\b({'|'.join(GREEK)})(?=\b|[a-z]\b)")
GREEK_PART = re.compile(rf"(?P<before> ?)(?P<letter>[{''.join(NAMES)}])(?P<after> ?)")
# British and American; each pair is applied in both directions.
SPELLINGS = (
    ("isation", "ization"),
    ("ising", "izing"),
    ("ised", "ized"),
    ("lling", "ling"),
    ("lled", "led"),
    ("tumour", "tumor"),
    ("neighbour", "neighbor"),
    ("behaviour", "behavior"),
    ("ageing", "aging"),
    ("ischaem", "ischem"),
    ("oedema", "edema"),
    ("leuco", "leuko"),
    ("haemo", "hemo"),
    ("fibre", "fiber"),
    ("defence", "defense"),
)
PREFIX = "anti|pro|non|pre|intra|inter|extra|multi|micro|musculo|neuro|auto|endo|co"
SYMBOL = re.compile(r"\b([a-z]{2,5}) ?(\d{1,2}[a-z]?)\b")
POSSESSIVE = re.compile(r"(?<=[a-z]) s\b")
PREPOSITION = re.compile(r" (?:of|in|at|on|from|for|to|with|by|into|undergoing) ")
CELL = re.compile(r"(?<=[a-z0-9] )cells?$")
PROCESS = re.compile(
    r"(?P<of>.+) (?P<what>[a-z]+(?:tion|sion|ment|sis|lling|ling)|repair|injury|damage|dysfunction|integrity"
    r"|disease|disorder)"
)
INNER = re.compile(r"(?:(?<=\bcell)|(?<=[^s])(?= derived\b)) ")
IRREGULAR = (("chondrion", "chondria"), ("ovium", "ovia"), ("matrix", "matrices"), ("nucleus", "nuclei"))


def spellings(key: str) -> set[str]:
    """Return the ways to write a folded name in its own number, itself among them.

    >>> sorted(spellings("il 6"))
    ['il 6', 'il6']
    """
    found = {key}
    for rule in (_greek, _symbols, _prefixes, _regional, _possessives, _inner):
        found |= {new for old in found for new in rule(old)}
    return found


def numbers(key: str, singular: bool) -> set[str]:
    """Return a folded name in the plural, and in the singular where the given form may be a plural.

    >>> sorted(numbers("disease of the lung", singular=False))
    ['disease of the lung', 'disease of the lungs', 'diseases of the lung']
    """
    found = {key, plural(key)}
    preposition = PREPOSITION.search(key)
    if preposition:
        head, rest = key[: preposition.start()], key[preposition.start() :]
        found.add(plural(head) + rest)
        if singular:
            found.add(_singular(head) + rest)
    if singular:
        found.add(_singular(key))
    return found


def populations(key: str) -> set[str]:
    """Return how a kind of cells is named as a population."""
    head = CELL.sub("", key)
    return {f"{head}population", f"{head}cell population"} if head != key else set()


def described(key: str) -> set[str]:
    """Return what happens to something as a phrase.

    >>> sorted(described("melanin production"))
    ['production of melanin', 'production of the melanin']
    """
    match = PROCESS.fullmatch(key)
    if match is None:
        return set()
    between = ("into",) if match["what"] == "differentiation" else ("of", "of the")
    return {f"{match['what']} {word} {match['of']}" for word in between}


def plural(key: str) -> str:
    """Return a folded name in the plural."""
    for one, many in IRREGULAR:
        if key.endswith(one):
            return key.removesuffix(one) + many
    if re.search(r"[^aeiou ]y$", key):
        return key[:-1] + "ies"
    if key.endswith("sis"):
        return key[:-2] + "es"
    if re.search(r"(?:s|x|z|ch|sh)$", key):
        return key + "es"
    return key + "s"


def _singular(key: str) -> str:
    for one, many in IRREGULAR:
        if key.endswith(many):
            return key.removesuffix(many) + one
    if re.search(r"[^aeiou ]ies$", key):
        return key[:-3] + "y"
    if re.search(r"(?:x|ch|sh|ss)es$", key):
        return key[:-2]
    if key.endswith("s") and not re.search(r"(?:ss|us|is| s)$", key):
        return key[:-1]
    return key


def _greek(key: str) -> set[str]:
    """Return α, alpha and a for each other, joined to the symbol before or not."""
    lettered = SPELLED.sub(lambda match: GREEK[match[1]], key)
    parts = list(GREEK_PART.finditer(lettered))
    if not parts:
        return set()
    pieces: list[tuple[str, ...]] = []
    end = 0
    for part in parts:
        pieces += [(lettered[end : part.start()],), tuple(_letters(lettered, part))]
        end = part.end()
    return {"".join(chosen) + lettered[end:] for chosen in product(*pieces)}


def _letters(key: str, part: re.Match[str]) -> set[str]:
    letter, before, after = part["letter"], part["before"], part["after"]
    opens = part.start("letter") == 0
    word = key[: part.start()].rpartition(" ")[2]
    symbol = not opens and len(word) <= 5
    joins = ("", " ") if symbol else (before,)
    apart = (opens and after) or (symbol and key[part.end("letter") :].strip())
    ends = ("", " ") if apart else (after,)
    found = {join + name + tail for join in joins for name in (letter, NAMES[letter]) for tail in ends}
    if letter in LATIN and symbol:
        found.add(LATIN[letter] + after)
        if key[part.end("letter") :][:1].isalpha():
            found.add(f" {LATIN[letter]}")
    return found


def _symbols(key: str) -> set[str]:
    """Return IL 6 for IL6 and the other way round."""
    return {SYMBOL.sub(r"\1\2", key), SYMBOL.sub(r"\1 \2", key)}


def _prefixes(key: str) -> set[str]:
    """Return pro inflammatory for proinflammatory and the other way round."""
    apart = re.sub(rf"\b({PREFIX})(?=[a-z]{{4}})", r"\1 ", key)
    return {apart, re.sub(rf"\b({PREFIX}) (?=[a-z]{{4}})", r"\1", key)}


def _regional(key: str) -> set[str]:
    found = {key}
    for british, american in SPELLINGS:
        found |= {old.replace(british, american) for old in found}
        if british not in key:
            found |= {old.replace(american, british) for old in found}
    return found


def _inner(key: str) -> set[str]:
    """Return stem cells derived exosome for stem cell derived exosome."""
    return {INNER.sub("s ", key)}


def _possessives(key: str) -> set[str]:
    """Return Wharton jelly and Whartons jelly for Wharton's jelly."""
    return {POSSESSIVE.sub("", key), POSSESSIVE.sub("s", key)}
