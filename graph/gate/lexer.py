"""Parts a Cypher text into tokens, refusing what Cypher 5 and 25, or two readers, might part differently."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from schema.errors import StatementRefused

NAME: Final = "name"
QUOTED: Final = "quoted"
STRING: Final = "string"
NUMBER: Final = "number"
MARK: Final = "mark"

_TOKEN: Final = re.compile(
    r"""
      (?P<space>\s+)
    | (?P<comment>//[^\n\r]*|/\*.*?\*/)
    | (?P<string>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
    | (?P<quoted>`(?:[^`]|``)*`)
    | (?P<name>[^\W\d]\w*)
    | (?P<number>\d\w*)
    | (?P<mark>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_OPENERS: Final = {"'": "string", '"': "string", "`": "quoted name"}
_ESCAPE: Final = re.compile(r"\\u+([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})")
_LINE_SPACE: Final = frozenset("\t\n\r")
# control and format characters, surrogates, private and unassigned ones, separators of lines and paragraphs
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a text; `text` of a quoted name is the name."""

    kind: str
    text: str

    @property
    def word(self) -> str:
        """The token as a keyword would be spelled; empty where it cannot be one."""
        return unicodedata.normalize("NFKC", self.text).upper() if self.kind == NAME else ""


def tokens(text: str) -> list[Token]:
    r"""Return the tokens of a text without its comments; raise `StatementRefused` for what is doubtful.

    Cypher 5 replaces `\uXXXX` before it parts a text, Cypher 25 does not: an escape of an ASCII character
    could open a string for one of them only, so none is let through.
    """
    for escape in _ESCAPE.finditer(text):
        if int(escape[1] or escape[2], 16) < 0x80:
            raise StatementRefused(
                f"the escape {escape[0]} is not allowed: write the character itself "
                "(escapes of characters outside ASCII are allowed in strings)",
                refused=escape[0],
            )
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        kind, piece = str(match.lastgroup), match[0]
        if kind == STRING:
            found.append(Token(STRING, piece))
            continue
        if kind == MARK:
            _refuse_opened(text, match.start())
        if not piece.isascii() or kind in {"space", "comment", MARK}:
            _refuse_unseen(piece)
        if kind == QUOTED:
            found.append(Token(QUOTED, piece[1:-1].replace("``", "`")))
        elif kind in {NAME, NUMBER, MARK}:
            found.append(Token(kind, piece))
    return found


def _refuse_opened(text: str, start: int) -> None:
    what = _OPENERS.get(text[start]) or ("comment" if text.startswith("/*", start) else None)
    if what is not None:
        raise StatementRefused(f"a {what} is opened and not closed; close it", refused=text[start])


def _refuse_unseen(piece: str) -> None:
    for character in piece:
        unseen = unicodedata.category(character) in _UNSEEN and character not in _LINE_SPACE
        if unseen or character == "\\":
            raise StatementRefused(
                f"the character U+{ord(character):04X} is not allowed outside strings; leave it out",
                refused=f"U+{ord(character):04X}",
            )
