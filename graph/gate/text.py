"""What a text must not hold, whatever its plan looks like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from graph.gate.lexer import MARK, NAME, NUMBER, QUOTED, Token, tokens
from graph.gate.names import PROCEDURES, WORDS, is_function, is_procedure
from graph.gate.work import CLOSE, OPEN, check_work
from schema.errors import LimitExceeded, StatementRefused

MAX_LENGTH: Final = 20_000
MAX_DEPTH: Final = 100
VERSIONS: Final = ("5", "25")
_EXPLAIN: Final = "EXPLAIN "
_PLACE: Final = re.compile(r"\(line (\d+), column (\d+) \(offset: (\d+)\)\)")

# After these a word is a name of something: a property, label, parameter or alias.
_NAMING: Final = frozenset(".:$|&!")
# words, and what makes them a clause
_CLAUSES: Final = {
    "SHOW": "SHOW tells of the server",
    "TERMINATE": "TERMINATE ends statements of others",
    "USE": "USE names another graph",
}


def explaining(text: str) -> str:
    """Return the statement that has Neo4j plan a text without running it; raise for what may not run."""
    examine(text)
    return _EXPLAIN + text


def as_of_text(message: str) -> str:
    """Return what Neo4j said of `explaining(text)` with the places of the text itself."""

    def moved(found: re.Match[str]) -> str:
        line, column, offset = (int(number) for number in found.groups())
        column -= len(_EXPLAIN) if line == 1 else 0
        return f"(line {line}, column {column} (offset: {offset - len(_EXPLAIN)}))"

    return _PLACE.sub(moved, message)


def examine(text: str) -> None:
    """Raise `StatementRefused` or `LimitExceeded` for a text that may not run."""
    if len(text) > MAX_LENGTH:
        raise LimitExceeded(
            f"statement: {len(text)} characters, allowed are {MAX_LENGTH}; give values as parameters",
            limit="statement",
            given=len(text),
            allowed=MAX_LENGTH,
        )
    found = tokens(text)
    if found and found[-1].text == ";":
        found.pop()
    _check_depth(found)
    _check_options(found)
    check_work(found)
    for at, token in enumerate(found):
        if token.kind == MARK:
            if token.text == ";":
                raise refused(";", "one request is one statement; send the others by themselves")
        elif token.kind in {NAME, QUOTED}:
            _check_clause(found, at)
            _check_calls(found, at)


def refused(what: str, why: str) -> StatementRefused:
    """Return the error that names what is not allowed."""
    return StatementRefused(f"{what} is not allowed: {why}", refused=what)


def _check_depth(found: Sequence[Token]) -> None:
    depth = 0
    for token in found:
        if token.kind == MARK:
            depth += (token.text in OPEN) - (token.text in CLOSE)
            if depth > MAX_DEPTH:
                raise LimitExceeded(
                    f"depth: more than {MAX_DEPTH} brackets inside each other are not allowed",
                    limit="depth",
                    allowed=MAX_DEPTH,
                )


def _check_options(found: Sequence[Token]) -> None:
    """Before the first clause `EXPLAIN` and a version of the language may stand."""
    at = 0
    while at < len(found) and found[at].word in {"EXPLAIN", "PROFILE", "CYPHER"}:
        word = found[at].word
        at += 1
        if word == "PROFILE":
            raise refused("PROFILE", "it runs the statement; EXPLAIN is allowed")
        if word == "CYPHER":
            version = found[at].text if at < len(found) else ""
            at += 1
            following = found[at + 1].text if at + 1 < len(found) else ""
            if version not in VERSIONS or following == "=":
                raise refused("an option after CYPHER", f"allowed are CYPHER {' and CYPHER '.join(VERSIONS)}")


def _check_clause(found: Sequence[Token], at: int) -> None:
    word, before, after = found[at].word, _at(found, at - 1), _at(found, at + 1)
    if word == "CSV" and before.word == "LOAD":
        raise refused("LOAD CSV", "only the graph is read")
    if word == "COMMIT" and before.word == "PERIODIC":
        raise refused("USING PERIODIC COMMIT", "only the graph is read")
    if word in {"TRANSACTION", "TRANSACTIONS"} and before.word in {"IN", "CONCURRENT"}:
        raise refused("CALL … IN TRANSACTIONS", "use CALL { … } without it")
    is_name = before.text in _NAMING or before.word == "AS"
    if word in _CLAUSES and not is_name and (after.kind in {NAME, QUOTED} or after.text in {"(", "$"}):
        raise refused(word, f"{_CLAUSES[word]} (in backticks it is a name)")


def _check_calls(found: Sequence[Token], at: int) -> None:
    """Check the procedure or function whose name begins here."""
    before = _at(found, at - 1)
    if found[at].word == "CALL" and before.text not in _NAMING:
        if _at(found, at + 1).kind in {NAME, QUOTED}:
            name, _ = _dotted(found, at + 1)
            if not is_procedure(name):
                raise refused(f"the procedure {name}", f"allowed are {', '.join(sorted(PROCEDURES))}")
        return
    if before.text == "." and _at(found, at - 2).kind in {NAME, QUOTED}:
        return  # inside a name that was checked at its beginning
    name, end = _dotted(found, at)
    if _at(found, end).text != "(" or _is_called(found, at) or _is_hint(found, at):
        return
    if not (is_function(name) or (found[at].kind == NAME and name.upper() in WORDS)):
        raise refused(f"the function {name}", "allowed are the built-in functions that only read the graph")


def _dotted(found: Sequence[Token], at: int) -> tuple[str, int]:
    """Return a name with its name space, and where what follows begins."""
    parts = [found[at].text]
    at += 1
    while _at(found, at).text == "." and _at(found, at + 1).kind in {NAME, QUOTED}:
        parts.append(found[at + 1].text)
        at += 2
    return ".".join(parts), at


def _is_called(found: Sequence[Token], at: int) -> bool:
    """Say whether the name follows CALL: then it was checked as a procedure."""
    return _at(found, at - 1).word == "CALL" and _at(found, at - 2).text not in _NAMING


def _is_hint(found: Sequence[Token], at: int) -> bool:
    """Say whether the name is the label of `USING INDEX n:Label(property)`."""
    return (
        _at(found, at - 1).text == ":"
        and _at(found, at - 3).word in {"INDEX", "SEEK"}
        and "USING" in {_at(found, at - 4).word, _at(found, at - 5).word, _at(found, at - 6).word}
    )


_NOTHING: Final = Token(NUMBER, "")


def _at(found: Sequence[Token], at: int) -> Token:
    return found[at] if 0 <= at < len(found) else _NOTHING
