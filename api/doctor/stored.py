"""The graph: Neo4j, indexes, unfinished loads, and whether what is stored fits together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from api.audit import Curation, Report, audit
from api.doctor.finding import Finding, fail, ok, warn
from graph.connection import Database
from graph.reads.audit import read_all
from graph.reads.health import SERVER, wrong_indexes
from graph.reads.info import UNFINISHED
from graph.writer import is_empty, refuse_foreign
from schema.errors import ForeignDatabase

OLDEST: Final = (5, 26)
SHOWN: Final = 3


def neo4j(database: Database) -> Iterator[Finding]:
    """Yield findings on Neo4j itself."""
    version, edition = database.value(SERVER)
    told = f"{version} {edition} at {database.target.uri}"
    if tuple(map(int, re.findall(r"\d+", version)[:2])) >= OLDEST:
        yield ok("neo4j", told)
    else:
        yield fail("neo4j", told, "mscev needs Neo4j 5.26 or later")
    if database.target.http_uri is None:
        yield warn("query api", "no address of Neo4j's HTTP port", "set NEO4J_HTTP_URI for Cypher over HTTP")
    try:
        refuse_foreign(database)
    except ForeignDatabase as error:
        yield warn("nodes", error.message, "loads are refused here; reading works")


def indexes(database: Database) -> Finding:
    """Return whether every index and constraint is there and in use."""
    missing, asleep, number = wrong_indexes(database)
    if missing or asleep:
        told = [f"missing: {_some(missing)}"] if missing else []
        told += [f"not online: {_some(asleep)}"] if asleep else []
        return fail("indexes", "; ".join(told), "load any source again, which makes them: mscev load article")
    return ok("indexes", f"all {number} indexes and constraints are online")


def contents(database: Database, curation: Mapping[str, Curation]) -> tuple[list[Finding], Report | None]:
    """Return findings on what is stored, by the gates of the audit, and its report if there is one."""
    if is_empty(database):
        return [warn("graph", "it is empty", "mscev load article")], None
    stored = read_all(database)
    known = {row["id"] for row in stored.figures["articles"]}
    report = audit(stored, {id_: value for id_, value in curation.items() if id_ in known})
    found = [indexes(database), *_unfinished(database.value(UNFINISHED)), *_gates(report)]
    return [*found, *_articles(report)], report


def _unfinished(loads: list[dict[str, Any]]) -> Iterator[Finding]:
    for load in loads:
        again = "load" if load["state"] == "LOADING" else "unload"
        told = f"{load['id']}: {load['state'].lower()} since {load['startedAt']}"
        yield warn("unfinished", told, f"if it does not run any more, run the same {again} again")


def _gates(report: Report) -> Iterator[Finding]:
    told = f"{report.computed[:16]}, recomputed from the graph"
    broken = [gate for gate in report.gates if not gate.passed]
    for gate in broken:
        yield fail(
            gate.name,
            f"not so: {gate.meaning} ({gate.found:g}: {gate.detail})",
            "load the source again, which mends what was changed in the database; else mscev db restore FILE",
        )
    if "release" not in report.broken:
        yield ok("release", told)
    held = len(report.gates) - len(broken)
    if not broken:
        yield ok("consistency", f"claims, relations, citations and ids fit together: {held} rules hold")


def _articles(report: Report) -> Iterator[Finding]:
    for article in report.articles:
        if not article.copy:
            yield ok("article", f"{article.id}: no copy was loaded, so claims have no quotes")
        elif article.unverified:
            places = f"{len(article.unverified)} of {article.sentences} places"
            yield warn("article", f"{article.id}: {places} are not verified", "mscev audit lists them")
        else:
            yield ok("article", f"{article.id}: all {article.sentences} places verified and quoted")


def _some(names: list[str]) -> str:
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more
