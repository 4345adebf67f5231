"""What a plan may hold, and the verdicts that are kept."""

from __future__ import annotations

import hashlib
import re
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from graph.gate.names import PROCEDURES, is_function, is_procedure
from graph.gate.operators import ALLOWED
from graph.gate.text import refused
from schema.errors import StatementRefused

KEPT: Final = 2_000
WRITES: Final = "Neo.ClientError.Statement.AccessMode"
_LITERAL: Final = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")
_QUALIFIED: Final = re.compile(r"(?<![\w.`])([^\W\d]\w*(?:\.[^\W\d]\w*)+)\(")
_PROCEDURE: Final = re.compile(r"[\w.`]+")
_TYPES: Final = {"w": "it writes", "rw": "it writes", "s": "it changes or shows the server"}


@dataclass(frozen=True, slots=True)
class Explained:
    """What Neo4j says of a statement that it did not run; `plan` in the form of the Query API."""

    query_type: str
    plan: Mapping[str, Any]


def judge(explained: Explained) -> None:
    """Raise `StatementRefused` where a plan does more than read the graph."""
    if explained.query_type != "r":
        why = _TYPES.get(explained.query_type, "it does more than read")
        raise StatementRefused(
            f"the statement is not allowed: {why}; statements that only read the graph are allowed",
            refused=explained.query_type,
            neo4j_code=WRITES if "w" in explained.query_type else None,
        )
    for operator, details in _operators(explained.plan):
        base = operator.partition("@")[0]
        if base.partition("(")[0] not in ALLOWED or "Locking" in base:
            raise refused(f"the operation {base}", "statements that only read the graph are allowed")
        if base == "ProcedureCall":
            name = _PROCEDURE.match(details)
            if name is None or not is_procedure(name[0].replace("`", "")):
                called = name[0] if name else "?"
                raise refused(f"the procedure {called}", f"allowed are {', '.join(sorted(PROCEDURES))}")
        else:
            for function in _QUALIFIED.findall(_LITERAL.sub("''", details)):
                if not is_function(function):
                    raise refused(
                        f"the function {function}", "allowed are functions that only read the graph"
                    )


def _operators(plan: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield every operator with its details; the Query API and the driver spell them alike, bar `args`."""
    waiting = [plan]
    while waiting:
        one = waiting.pop()
        details = (one.get("arguments") or one.get("args") or {}).get("Details", "")
        yield str(one["operatorType"]), str(details)
        waiting += one.get("children") or ()


class Gate:
    """Remembers which statements may run, so that a known one need not be explained again.

    A verdict stands by the text alone: names and clauses decide it. Statistics may change a plan, but not
    whether it reads.
    """

    def __init__(self, kept: int = KEPT) -> None:
        self._kept = kept
        self._passed: OrderedDict[bytes, None] = OrderedDict()

    def knows(self, text: str) -> bool:
        """Say whether this text passed before."""
        key = _key(text)
        if key not in self._passed:
            return False
        self._passed.move_to_end(key)
        return True

    def admit(self, text: str, explained: Explained) -> None:
        """Judge an examined text by its plan; remember that it passed."""
        judge(explained)
        self._passed[_key(text)] = None
        if len(self._passed) > self._kept:
            self._passed.popitem(last=False)


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
