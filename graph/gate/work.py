"""What one expression may do: Neo4j ends a statement between two rows, and never inside an expression.

`reduce(a = 0, x IN range(1, 10^12) | a + 1)` holds a thread for hours after its time is over. So lists that
cost no memory are kept short, and iterations inside each other few; `UNWIND` makes rows, which can be ended.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from graph.gate.lexer import MARK, NAME, NUMBER, Token
from schema.errors import LimitExceeded

MAX_RANGE: Final = 100_000
MAX_ITERATIONS: Final = 2
_ITERATORS: Final = frozenset({"ALL", "ALLREDUCE", "ANY", "NONE", "REDUCE", "SINGLE"})
OPEN, CLOSE = frozenset("([{"), frozenset(")]}")


def check_work(found: Sequence[Token]) -> None:
    """Raise `LimitExceeded` where one expression may go on for ever."""
    open_: list[bool] = []
    for at, token in enumerate(found):
        if token.kind == MARK and token.text in OPEN:
            open_.append(_iterates(found, at))
            if sum(open_) > MAX_ITERATIONS:
                raise LimitExceeded(
                    f"iterations: more than {MAX_ITERATIONS} over lists inside each other are not allowed; "
                    "make rows of a list with UNWIND",
                    limit="iterations",
                    allowed=MAX_ITERATIONS,
                )
        elif token.kind == MARK and token.text in CLOSE and open_:
            open_.pop()
        elif token.word == "RANGE" and at + 1 < len(found) and found[at + 1].text == "(":
            _check_range(found, at)


def _iterates(found: Sequence[Token], at: int) -> bool:
    if found[at].text == "(":
        return at > 0 and found[at - 1].word in _ITERATORS
    return found[at].text == "[" and at + 2 < len(found) and found[at + 2].word == "IN"


def _check_range(found: Sequence[Token], at: int) -> None:
    end = _closing(found, at + 1)
    makes_rows = at > 0 and found[at - 1].word == "UNWIND" and _word(found, end + 1) == "AS"
    if makes_rows:
        return
    place = at + 2
    while place < end:
        token = found[place]
        sized = token.word in {"SIZE", "LENGTH"} and found[place + 1].text == "("
        short = token.kind == NUMBER and token.text.isdecimal() and int(token.text) <= MAX_RANGE
        if not (sized or short or token.text in {",", "-", "+"}):
            raise LimitExceeded(
                f"range: outside of UNWIND range(…) AS name it takes numbers up to {MAX_RANGE}, size(…) and "
                "length(…)",
                limit="range",
                allowed=MAX_RANGE,
            )
        place = _closing(found, place + 1) + 1 if sized else place + 1


def _closing(found: Sequence[Token], at: int) -> int:
    """Return where the bracket that opens here is closed; the end where it is not."""
    depth = 0
    for place in range(at, len(found)):
        if found[place].kind == MARK:
            depth += (found[place].text in OPEN) - (found[place].text in CLOSE)
            if depth == 0:
                return place
    return len(found)


def _word(found: Sequence[Token], at: int) -> str:
    return found[at].word if at < len(found) and found[at].kind == NAME else ""
