"""What is known of the request under way: its id, and what a door adds for logs and metrics."""

from __future__ import annotations

import hashlib
import random
import re
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final

HEADER: Final = b"x-request-id"
_VALID: Final = re.compile(rb"[A-Za-z0-9._:+/=@-]{1,128}")


@dataclass(slots=True)
class Note:
    """One request: `kind` is what it does, of a bounded number; `code` is that of its error, if it has one.

    `operation` is the name that the client gave it, `text` its query: only the hash of that is ever written.
    """

    id: str
    kind: str = ""
    code: str | None = None
    operation: str | None = None
    text: str | None = None

    @property
    def hash(self) -> str | None:
        """The beginning of the SHA-256 of the query."""
        if self.text is None:
            return None
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


_UNDER_WAY: ContextVar[Note | None] = ContextVar("request", default=None)


def begin(given: bytes | None) -> Note:
    """Return the note of a request that comes in; an id that is given is kept, where it is fit to print."""
    kept = given is not None and _VALID.fullmatch(given) is not None
    note = Note(given.decode("ascii") if kept and given is not None else _made())
    _UNDER_WAY.set(note)
    return note


def _made() -> str:
    return f"{random.getrandbits(128):032x}"  # no secret: the system need not be asked


def current() -> Note:
    """Return the note of the request under way; outside of one it is an empty one that nobody reads."""
    return _UNDER_WAY.get() or Note("")


def named() -> dict[str, str]:
    """Return what the body of an error adds: `requestId`; nothing outside of a request."""
    note = _UNDER_WAY.get()
    return {} if note is None else {"requestId": note.id}
