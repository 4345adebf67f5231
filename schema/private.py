"""What must not be told: passwords in addresses, and in the environment that a child process is given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit, urlunsplit

_WORDS: Final = ("PASSWORD", "PASSWD", "SECRET", "TOKEN", "CREDENTIAL", "API_KEY", "APIKEY", "ACCESS_KEY")


def has_userinfo(address: str) -> bool:
    """Say whether an address holds a user name or password.

    >>> has_userinfo("bolt://neo4j:pass@db.example.org:7687"), has_userinfo("bolt://db.example.org")
    (True, False)
    """
    try:
        return "@" in urlsplit(address).netloc
    except ValueError:  # no address at all; whoever connects says so
        return "@" in address


def shown(address: str) -> str:
    """Return an address as it may be told: without user name and password.

    >>> shown("https://me:pass@kg.example.org:8000/x")
    'https://kg.example.org:8000/x'
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return address.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def harmless(environ: Mapping[str, str]) -> dict[str, str]:
    """Return an environment for a child process that needs no secret: without those that name one.

    >>> harmless({"PATH": "/bin", "NEO4J_PASSWORD": "pass", "NEO4J_URI": "bolt://x", "CI_TOKEN": "t"})
    {'PATH': '/bin'}
    """
    return {
        name: value
        for name, value in environ.items()
        if not name.startswith("NEO4J_") and not any(word in name.upper() for word in _WORDS)
    }
