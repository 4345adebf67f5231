"""Full-text queries in Lucene's syntax, which is the language of Neo4j's full-text indexes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

FIELDS = ("name", "synonyms", "asWritten", "description")
FORMS = FIELDS[:3]
MAX_NAME = 1000  # letters; nothing is called by more
_NOTHING = "kind:nothing"


def words_query(text: str, kinds: Sequence[str] | None = None) -> str:
    """Ask for every word, whole or as a beginning, in any field; of some kinds only."""
    # the index keeps "wharton's" as one term: what stands before the apostrophe is its beginning
    words = re.findall(r"[^\W_]+", re.sub(r"(?<=\w)['\u2019]\w*", "", text.lower()))
    if not words or kinds == []:
        return _NOTHING
    tests = [" OR ".join(f"{field}:{word} OR {field}:{word}*" for field in FIELDS) for word in words]
    if kinds is not None:
        tests.append(" OR ".join(f"{of_kind(kind)}^0" for kind in kinds))
    return " AND ".join(f"({test})" for test in tests)


def of_kind(kind: str) -> str:
    """Ask for entities of a kind."""
    return f"kind:{kind.lower()}"


def containing_query(words: Iterable[str], fields: Sequence[str] = FIELDS) -> str:
    """Ask for what may contain every word anywhere; the words themselves must still be looked for.

    Letters and digits of ASCII that stand together are never parted by the index, so the longest run of a
    word is inside one of its terms.
    """
    runs = [max(re.findall(r"[a-z0-9]+", word.lower()), key=len, default="") for word in words]
    tests = [" OR ".join(f"{field}:*{run}*" for field in fields) for run in runs if run]
    return " AND ".join(f"({test})" for test in tests) or "*:*"


def finds_exactly(words: Sequence[str]) -> bool:
    """Say whether what `containing_query` finds needs no other look: words of ASCII letters and digits alone.

    The index has the dotted capital I of Turkish as i, which Cypher does not.
    """
    return bool(words) and all(re.fullmatch(r"[a-z0-9]+", word.lower()) for word in words)


def phrase_query(text: str) -> str:
    """Ask for the whole text as a name, synonym or written form; more than equal names can match."""
    if len(text) > MAX_NAME or not re.search(r"\w", text):
        return _NOTHING
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    return " OR ".join(f'{field}:"{quoted}"' for field in FORMS)
