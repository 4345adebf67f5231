"""Passwords of an outside Neo4j that anybody guesses are refused, and addresses that hold one."""

from __future__ import annotations

import pytest

from api.passwords import KNOWN, SHORTEST
from api.settings import DatabaseSettings
from graph.target import Target
from schema.errors import UsageError
from schema.private import harmless, has_userinfo, shown


def _settings(
    password: str, monkeypatch: pytest.MonkeyPatch, uri: str = "neo4j+s://db.example.org"
) -> DatabaseSettings:
    monkeypatch.setenv("NEO4J_URI", uri)
    monkeypatch.setenv("NEO4J_PASSWORD", password)
    return DatabaseSettings()


WEAK = ("", "neo4j", "password", "Password", "short12", "aaaaaaaa", "abababab", "12345678", "NEO4JNEO4J")


@pytest.mark.parametrize("uri", ["neo4j+s://db.example.org", "bolt://127.0.0.1:7687", "bolt://localhost"])
@pytest.mark.parametrize("password", WEAK)
def test_a_weak_one_is_refused(password: str, uri: str, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = _settings(password, monkeypatch, uri)
    with pytest.raises(UsageError, match=r"NEO4J_PASSWORD .*NEO4J_ALLOW_WEAK_PASSWORD=true") as raised:
        _ = settings.target
    told = raised.value.message
    assert not password or password not in told.replace("NEO4J_PASSWORD", "").replace("Neo4j", "")
    monkeypatch.setenv("NEO4J_ALLOW_WEAK_PASSWORD", "true")
    allowed = _settings(password, monkeypatch, uri).target
    assert allowed is not None
    assert allowed.auth == ("neo4j", password)


def test_the_name_of_the_user_is_no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_USERNAME", "graph-reader")
    with pytest.raises(UsageError, match="anybody would try"):
        _ = _settings("Graph-Reader", monkeypatch).target


@pytest.mark.parametrize("password", ["k7!dPq2z", "correct horse battery", "0f8fad5bd9cb469f", "mxq-tuzp"])
def test_another_one_is_taken(password: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _settings(password, monkeypatch).target is not None


def test_the_known_ones_are_long_enough_to_need_a_list() -> None:
    assert all(len(one) >= SHORTEST and one == one.lower() for one in KNOWN)


@pytest.mark.parametrize("field", ["uri", "http_uri"])
@pytest.mark.parametrize(
    "address", ["bolt://neo4j:hunter22@db.example.org:7687", "http://hunter22@[::1]:7474"]
)
def test_an_address_holds_no_password(field: str, address: str) -> None:
    given = {"uri": "bolt://db.example.org", "username": "neo4j", "password": "x", field: address}
    with pytest.raises(UsageError, match="scheme://host:port") as raised:
        Target(**given)
    assert "hunter22" not in raised.value.message


def test_what_is_told_of_an_address() -> None:
    assert shown("https://me:pa@ss@kg.example.org:8000/x?y=1") == "https://kg.example.org:8000/x?y=1"
    assert shown("http://localhost:8000") == "http://localhost:8000"
    assert (has_userinfo("http://a@b"), has_userinfo("http://b/a@c")) == (True, False)


def test_a_child_gets_no_secret() -> None:
    given = {
        "PATH": "/bin",
        "LANG": "C",
        "MSCEV_HOME": "/home",
        "NEO4J_PASSWORD": "1",
        "NEO4J_AUTH": "neo4j/1",
        "CI_JOB_TOKEN": "1",
        "db_password": "1",
        "AWS_SECRET_ACCESS_KEY": "1",
    }
    assert harmless(given) == {"PATH": "/bin", "LANG": "C", "MSCEV_HOME": "/home"}
