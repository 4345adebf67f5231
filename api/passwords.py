"""Which passwords of a Neo4j are refused."""

from __future__ import annotations

from typing import Final

from schema.errors import UsageError

SHORTEST: Final = 8  # Neo4j's own minimum
_FEWEST_CHARACTERS: Final = 4
_SETTING: Final = "NEO4J_ALLOW_WEAK_PASSWORD"
# What people try first, in small letters, of eight characters and more.
_WORDS: Final = """
00000000 11111111 12341234 12345678 123456789 1234567890 87654321 adminadmin adminneo4j abcd1234 changeit
changeme changeme1 changeme123 default1 iloveyou letmein1 letmein123 mypassword neo4j123 neo4j1234 neo4jadmin
neo4jneo4j neo4jpass neo4jpassword neo4jtest n3o4j123 p4ssw0rd p@ssw0rd pa$$w0rd passw0rd passw0rd1 password
password1 password12 password123 password1234 passwordpassword qwerty12 qwerty123 qwertyui qwertyuiop rootroot
s3cr3tpassword secret12 secret123 secretpassword secretsecret supersecret test1234 testpassword testtest
topsecret trustno1 welcome1 welcome123 yourpassword your_password your-password
"""
KNOWN: Final = frozenset(_WORDS.split())


def require_strong(password: str, username: str) -> None:
    """Raise `UsageError` for a password of Neo4j that is empty, short or known to everybody.

    On loopback too: any page that a browser shows may ask a Neo4j there, which answers all origins.
    """
    small = password.lower()
    if not password:
        problem = "is empty"
    elif len(password) < SHORTEST:
        problem = f"has less than {SHORTEST} characters"
    elif small in KNOWN or small == username.lower() or len(set(password)) < _FEWEST_CHARACTERS:
        problem = "is one that anybody would try"
    else:
        return
    raise UsageError(
        f"NEO4J_PASSWORD {problem}: give Neo4j another one of at least {SHORTEST} characters, or set "
        f"{_SETTING}=true if nobody else reaches that Neo4j"
    )
