"""What the clients ask: questions with checked answers, documents with drawn variables, views, pages."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any
from urllib.parse import quote, urlencode

import orjson

from api.questions import Question, questions
from bench.soak.wire import Reply
from views.named import NAMED

GRAPHQL, CYPHER, VIEW, PAGE = "graphql", "cypher", "view", "page"
JSON = (("content-type", "application/json"), ("accept", "application/json"))
SHARES = {GRAPHQL: 60, CYPHER: 20, VIEW: 8, PAGE: 12}
_RELEASE = re.compile(rb"[Rr]elease (?:<code>)?([0-9a-f]{12})")
# What differs between two answers of one state: when the data was written, and a word used once.
_VARYING = {
    VIEW: re.compile(rb"data of \d{4}-\d\d-\d\d"),
    PAGE: re.compile(rb"data of \d{4}-\d\d-\d\d|nonce\W{1,6}[\w-]+"),
}


@dataclass(frozen=True, slots=True)
class Ask:
    """One request; `question` where its answer has been checked by hand."""

    kind: str
    name: str
    method: str
    path: str
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    question: Question | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What an answer says: a digest of it, and the release that it names, if it names one."""

    digest: str
    release: str | None


class Wrong(Exception):
    """An answer that cannot be right in any state of the graph."""


def asks(entities: Sequence[str], claims: Sequence[str], chance: Random) -> dict[str, list[Ask]]:
    """Return all requests by kind; ids are those of the built-in article."""
    return {
        GRAPHQL: [*_questions(), *_documents(entities, chance)],
        CYPHER: list(_statements()),
        VIEW: list(_views(entities, chance)),
        PAGE: list(_pages(entities, claims, chance)),
    }


def graphql(name: str, query: str, variables: Mapping[str, Any], question: Question | None = None) -> Ask:
    """Return a request for a document."""
    body = orjson.dumps({"query": query, "variables": variables})
    return Ask(GRAPHQL, name, "POST", "/graphql", body, JSON, question)


def _questions() -> Iterator[Ask]:
    for one in questions():
        yield graphql(one.name, one.graphql, one.variables, one)


def _statements() -> Iterator[Ask]:
    for one in questions():
        body = orjson.dumps({"statement": one.cypher, "parameters": one.parameters})
        yield Ask(CYPHER, one.name, "POST", "/db/neo4j/query/v2", body, JSON, one)


_ENTITY = """query($id: ID!, $first: Int) { entity(id: $id) {
  id name kind synonyms mappings { id match } ancestors { id }
  claims(first: $first) {
    totalCount nodes { id predicate negated certainty statement } pageInfo { hasNextPage }
  }
  mentions(first: 3) { totalCount } } }"""
_CLAIMS = """query($filter: ClaimFilter, $first: Int) { claims(filter: $filter, first: $first) {
  totalCount nodes { id subject { id } predicate object { id } direction evidenceLevel
                     citations { label status reference { doi pmid } } } } }"""
_AROUND = """query($ids: [ID!]!, $hops: Int) { neighborhood(ids: $ids, hops: $hops, limit: 80) {
  truncated nodes { id name } relations { id predicate sources } } }"""
_BETWEEN = "query($a: ID!, $b: ID!) { between(a: $a, b: $b) { relations { id } claims { id } searched } }"
_SEARCH = "query($text: String!) { search(text: $text, first: 10) { nodes { id } } }"
_COUNTS = "{ graph { claims entities sources { id } } claims { totalCount } relations { totalCount } }"
_WORDS = ("interleukin", "osteoarthritis", "macrophage polarization", "microRNA", "exosome", "fibrosis")


def _documents(entities: Sequence[str], chance: Random) -> Iterator[Ask]:
    yield graphql("counts", _COUNTS, {})
    for text in _WORDS:
        yield graphql(f"search {text}", _SEARCH, {"text": text})
    for id_ in chance.sample(list(entities), min(60, len(entities))):
        yield graphql(f"entity {id_}", _ENTITY, {"id": id_, "first": chance.choice((5, 25, 100))})
        about = {"or": [{"subject": {"eq": id_}}, {"object": {"eq": id_}}]}
        yield graphql(f"claims {id_}", _CLAIMS, {"filter": about, "first": chance.choice((10, 50))})
    for _ in range(40):
        one, two = chance.sample(list(entities), 2)
        yield graphql(f"between {one} {two}", _BETWEEN, {"a": one, "b": two})
        yield graphql(f"around {one}", _AROUND, {"ids": [one], "hops": chance.choice((1, 2))})


def _views(entities: Sequence[str], chance: Random) -> Iterator[Ask]:
    for name in NAMED:
        for format_ in ("svg", "html"):
            yield Ask(VIEW, f"{name}.{format_}", "GET", f"/views/named/{name}.{format_}")
    for id_ in chance.sample(list(entities), 8):
        for format_ in ("html", "svg", "json"):
            yield Ask(VIEW, f"{id_}.{format_}", "GET", f"/views/graph.{format_}?{urlencode({'focus': id_})}")
    yield Ask(VIEW, "whole graph.svg", "GET", "/views/graph.svg")


def _pages(entities: Sequence[str], claims: Sequence[str], chance: Random) -> Iterator[Ask]:
    html = (("accept", "text/html"),)
    yield Ask(PAGE, "front", "GET", "/", headers=html)
    yield Ask(PAGE, "cypher", "GET", "/cypher", headers=html)
    for text in _WORDS:
        yield Ask(PAGE, f"search {text}", "GET", f"/?{urlencode({'q': text})}", headers=html)
    for kind, ids in (("entity", entities), ("claim", claims)):
        for id_ in chance.sample(list(ids), 25):
            yield Ask(PAGE, f"{kind} {id_}", "GET", f"/{kind}/{quote(id_)}", headers=html)


def told(ask: Ask, reply: Reply) -> Told:
    """Return what an answer of status 200 says; raises `Wrong` where it is none."""
    if ask.kind == GRAPHQL:
        return _graphql(reply)
    if ask.kind == CYPHER:
        return _cypher(reply)
    found = _RELEASE.search(reply.body)
    text = _VARYING[ask.kind].sub(b"", reply.body)
    return Told(_digest(text), found[1].decode() if found else None)


def _graphql(reply: Reply) -> Told:
    answer = orjson.loads(reply.body)
    if "errors" in answer:
        raise Wrong(f"errors: {answer['errors'][0]['message']}")
    release = answer["extensions"].get("release")
    return Told(_digest(orjson.dumps(answer["data"])), release[:12] if release else None)


def _cypher(reply: Reply) -> Told:
    answer = orjson.loads(reply.body)
    if answer.get("errors"):
        raise Wrong(f"errors: {answer['errors'][0]['message']}")
    return Told(_digest(orjson.dumps(answer["data"])), None)


def rows_of(ask: Ask, reply: Reply) -> list[list[Any]]:
    """Return the rows of a question's answer."""
    assert ask.question is not None
    data = orjson.loads(reply.body)["data"]
    return list(data["values"]) if ask.kind == CYPHER else ask.question.rows_of(data)


def _digest(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()[:24]
