"""The lists of the gate against this Neo4j: everything that it knows is allowed or refused on purpose."""

from __future__ import annotations

import re
import zipfile

import pytest

from graph.connection import Database
from graph.gate.names import FUNCTIONS, PROCEDURES, REFUSED_FUNCTIONS, REFUSED_PROCEDURES
from graph.gate.operators import ALLOWED, REFUSED
from graph.server import Home, Server, jarlist
from graph.statement import Statement
from tests.gate.classfile import string_constants

SAYS_OPERATORS = re.compile(
    r"org/neo4j/cypher/internal/(plandescription/(LogicalPlan2PlanDescription|ArgumentPlanDescription)"
    r"|logical/plans/(Remote|Partitioned)?\w*IndexSeek\$?)\.class"
)
OPERATOR = re.compile(r"[A-Z][a-z]\w*(\(.*)?")
# texts of the same classes that name no operator
OTHER = {"All", "Anti", "ArgumentPlanDescription", "Into", "LogicalPlan2PlanDescription"}


@pytest.fixture(scope="module")
def operators(server: Server, home: Home) -> set[str]:
    """Every name that the classes which name operators can say."""
    found: set[str] = set()
    # only what this server runs on: the user's cache may hold other versions too
    for jar in (one for one in jarlist.checked_in() if one.artifact.startswith("neo4j-cypher")):
        with zipfile.ZipFile(home.cache / "jars" / jar.file_name) as archive:
            for name in filter(SAYS_OPERATORS.fullmatch, archive.namelist()):
                found.update(string_constants(archive.read(name)))
    return {one.partition("(")[0] for one in found if OPERATOR.fullmatch(one)} - OTHER


def test_every_operator_is_allowed_or_refused(operators: set[str]) -> None:
    assert {"LoadCSV", "NodeUniqueIndexSeekByRange", "EmptyRow", "ProcedureCall"} <= operators
    assert operators - ALLOWED - REFUSED == set()
    assert set() == ALLOWED & REFUSED


def test_no_operator_is_made_up(operators: set[str]) -> None:
    composed = {f"Partitioned{name}" for name in operators} | {f"Remote{name}" for name in operators}
    assert (ALLOWED | REFUSED) - operators - composed == set()


@pytest.mark.parametrize("version", ["5", "25"])
def test_every_function_is_allowed_or_refused(database: Database, version: str) -> None:
    _, rows = database.rows(Statement(f"CYPHER {version} SHOW FUNCTIONS YIELD name RETURN name"))
    names = {row[0] for row in rows}
    assert {"collect", "file", "toUpper"} <= names
    assert names - FUNCTIONS - REFUSED_FUNCTIONS == set()


def test_every_procedure_is_allowed_or_refused(database: Database) -> None:
    _, rows = database.rows(Statement("SHOW PROCEDURES YIELD name RETURN name"))
    names = {row[0] for row in rows}
    assert {"db.labels", "dbms.listConfig"} <= names
    assert names - PROCEDURES - REFUSED_PROCEDURES == set()
    assert names >= PROCEDURES
