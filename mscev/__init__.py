"""mscev for notebooks and programs: connect, ask in GraphQL or Cypher, draw.

    import mscev

    with mscev.connect() as graph:
        graph.claims(object="interleukin 6", direction="DECREASED").to_frame()
        graph.view("osteoarthritis").save("osteoarthritis.svg")

Everything reads; nothing here writes to the graph. Errors are `mscev.MscevError` and what is below it.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from api.pictures import Wanted
from api.python.door import Door, Drawn
from api.python.rows import CLAIM_COLUMNS, claim_row, flat, records
from api.requests import CLAIMS, RESOLVE, TESTS, ClaimTests, entity_of
from api.results import ids_in
from api.settings import DatabaseSettings
from graph.target import Target
from schema.errors import LimitExceeded, MissingExtra, MscevError, UsageError
from views import FORMATS
from views.embed import inline
from views.files import write_whole

if TYPE_CHECKING:
    import networkx
    import pandas

    from graph.ogm import Reading

__all__ = ["CLAIM_COLUMNS", "Graph", "MscevError", "Records", "View", "connect"]

_PAGE = 500
_ENTITIES = """query($after: String) { entities(first: 500, after: $after) {
  nodes { id name kind category } pageInfo { hasNextPage endCursor } } }"""
_EDGE = """id subject { id } predicate object { id } direction sources publications claims { id }"""
_RELATIONS = f"""query($after: String) {{ relations(first: 500, after: $after) {{
  nodes {{ {_EDGE} }} pageInfo {{ hasNextPage endCursor }} }} }}"""
_AROUND = f"""query($ids: [ID!]!, $hops: Int!) {{ neighborhood(ids: $ids, hops: $hops, limit: 2000) {{
  truncated nodes {{ id name kind category }} relations {{ {_EDGE} }} }} }}"""


def connect(
    uri: str | None = None,
    *,
    username: str | None = None,
    password: str | None = None,
    database: str | None = None,
) -> Graph:
    """Return a graph to ask.

    `uri` is a Neo4j (`bolt://`, `neo4j://`, `neo4j+s://`) or a running service (`http://localhost:8000`).
    Without it NEO4J_URI counts, and without that the managed Neo4j of this machine: it is fetched the first
    time, started, and given the built-in article when it is empty. What is left out comes from
    NEO4J_USERNAME, NEO4J_PASSWORD and NEO4J_DATABASE; a service is asked without a name unless one is given.
    Where nothing answers, the first question raises `DatabaseUnavailable`.
    """
    named = DatabaseSettings()
    address = uri or named.uri
    user = username or named.username
    secret = named.password.get_secret_value() if password is None else password
    store = database or named.database
    if address and address.startswith(("http://", "https://")):
        from api.python.remote import Remote

        return Graph(Remote(address, username, secret if username else "", store))
    from api.python.local import Local

    if address is None and (username or password or database):
        raise UsageError("username, password and database belong to a uri, and none is named")
    return Graph(Local(Target(address, user, secret, store) if address else None))


class Records(list[dict[str, Any]]):
    """Rows of an answer, each a dict; `columns` are their keys, `data` is the whole answer of GraphQL."""

    def __init__(
        self,
        rows: Iterable[dict[str, Any]],
        columns: Sequence[str] = (),
        data: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(rows)
        self.columns = tuple(columns) or tuple(dict.fromkeys(name for row in self for name in row))
        self.data = data

    def to_frame(self) -> pandas.DataFrame:
        """Return a pandas frame: a row each, what is nested as `subject.name`, lists as they are.

        An empty answer of `cypher` or `claims` keeps its columns. Needs the extra `notebook`.
        """
        try:
            import pandas as pd
        except ModuleNotFoundError as error:
            raise _missing("to_frame", "pandas") from error
        rows = [dict(flat(row)) for row in self]
        names = list(dict.fromkeys(name for row in rows for name in row)) if rows else list(self.columns)
        # where some rows have `reference.title` and others no reference, the empty `reference` is no column
        shown = [
            name
            for name in names
            if not any(other.startswith(f"{name}.") for other in names)
            or any(row.get(name) is not None for row in rows)
        ]
        return pd.DataFrame([[row.get(name) for name in shown] for row in rows], columns=shown)


class View:
    """A picture: shown in a notebook as it stands, or saved; the same graph gives the same bytes."""

    def __init__(self, drawn: Drawn, title: str) -> None:
        self._drawn = drawn
        self._title = title

    def render(self, format_name: str = "html") -> bytes:
        """Return the picture as html, svg, png, pptx or json (its places)."""
        return self._drawn(format_name)

    def save(self, path: str | Path) -> Path:
        """Write the picture, whole or not at all; the end of the name says the format."""
        where = Path(path)
        if not where.suffix:
            raise UsageError(
                f"{where} has no suffix; end it in one of: {', '.join('.' + f for f in FORMATS)}"
            )
        write_whole(where, self.render(where.suffix[1:].lower()))
        return where

    def _repr_html_(self) -> str:
        """Return the interactive page in a frame that may run scripts alone; it needs no network."""
        return inline(self.render().decode(), self._title, 540)


class Graph:
    """A graph to ask; made by `connect`. Close it, or use it in `with`; at the latest it ends with Python."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._close = weakref.finalize(self, door.close)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections; a managed Neo4j stops with its last user. A second time does nothing."""
        self._close()

    def query(self, graphql: str, /, **variables: Any) -> Records:
        """Ask in GraphQL; return the records of its root field.

        A page or a list gives one record an item, an object one record, null none; with several root fields
        the one record is the whole answer. Raises `InvalidQuery` with what is wrong.
        """
        data = self._door.graphql(graphql, variables)
        return Records(records(data), data=data)

    def cypher(self, statement: str, /, **parameters: Any) -> Records:
        """Ask in Cypher, which may only read; return one record a row.

        Nodes are dicts of `elementId`, `labels`, `properties`; times are text in ISO 8601. More than 10,000
        rows raise `LimitExceeded`, what takes more than 20 s `QueryTimeout`, what writes `InvalidQuery`.
        """
        table = self._door.cypher(statement, parameters)
        return Records((dict(zip(table.columns, row, strict=True)) for row in table.rows), table.columns)

    def resolve(self, *texts: str) -> Records:
        """Return for each name, synonym or identifier, in order: text, id, name, kind, reason.

        Where no entity fits, or several, id, name and kind are None and `reason` says why.
        """
        rows = self._door.graphql(RESOLVE, {"texts": list(texts)})["resolve"] if texts else []
        columns = ("id", "name", "kind")
        return Records(
            (
                {"text": row["text"]}
                | {name: (row["entity"] or {}).get(name) for name in columns}
                | {"reason": row["reason"]}
                for row in rows
            ),
            ("text", *columns, "reason"),
        )

    def claims(self, *, filter: Mapping[str, Any] | None = None, **tests: Any) -> Records:  # noqa: A002
        """Return all claims that pass, in the order of the text, one flat record each (`CLAIM_COLUMNS`).

        `tests`: about (subject or object), subject, object, disease (of the setting): an id, an exact mapping
        or a name; predicate, direction, evidence_level, certainty: values of GraphQL's enums; negated.
        `filter` is a ClaimFilter of GraphQL that must hold too. `markers` are the in-text markers, `papers`
        DOIs or PMIDs behind them, `unresolved` the markers that lead to no paper.
        """
        unknown = sorted(set(tests) - set(TESTS))
        if unknown:
            raise UsageError(f"claims has no test {unknown[0]!r}; allowed: {', '.join(TESTS)}, filter")
        asked = ClaimTests(**tests)
        texts = list(asked.entities.values())
        found = self._door.graphql(RESOLVE, {"texts": texts})["resolve"] if texts else []
        both = [part for part in (asked.filter(found), filter) if part]
        rows = self._pages(CLAIMS, "claims", filter={"and": both}, first=_PAGE)
        return Records((claim_row(row) for row in rows), CLAIM_COLUMNS)

    def view(
        self,
        *focus: str | Records,
        name: str | None = None,
        hops: int | None = None,
        kind: Sequence[str] = (),
        predicate: Sequence[str] = (),
        theme: str = "light",
        title: str = "",
        limit: int = 2000,
    ) -> View:
        """Draw what lies around entities, the answer to a query, a ready-made view, or the whole graph.

        `focus`: ids or names, drawn with what lies `hops` (1) around, `limit` entities at most; or answers of
        this graph, of which the entities, relations and claims are drawn and nothing else.
        """
        texts = [part for part in focus if isinstance(part, str)]
        found = [part for part in focus if isinstance(part, Records)]
        if len([way for way in (texts, found, name) if way]) > 1:
            raise UsageError("a view is of a focus, of answers, or of a name; give one of them")
        if (found or name) and (hops is not None or kind or predicate):
            raise UsageError("hops, kind and predicate narrow a view around a focus; leave them out here")
        if name:
            return View(self._door.named_picture(name, theme, title), title or name)
        if found:
            named = [id_ for part in found for id_ in ids_in(part.data if part.data is not None else part)]
            return View(self._door.answer_picture(named, theme, title), title or "Answer to a query")
        reach = 1 if hops is None else hops
        wanted = Wanted(tuple(texts), reach, tuple(kind), limit, theme, title, tuple(predicate))
        return View(self._door.picture(wanted), title or ", ".join(texts) or "The whole graph")

    def to_networkx(self, *focus: str, hops: int = 1) -> networkx.MultiDiGraph:
        """Return the graph, or what lies around `focus`, for networkx (extra `notebook`).

        Nodes by id with name, kind, category; edges by the relation's id with predicate, direction, claims
        (their ids), sources, publications. Raises `LimitExceeded` where more than 2,000 entities lie around.
        """
        try:
            import networkx as nx
        except ModuleNotFoundError as error:
            raise _missing("to_networkx", "networkx") from error
        if focus:
            found = self._door.graphql(RESOLVE, {"texts": list(focus)})["resolve"]
            named = [entity_of(row, "focus")["id"] for row in found]
            around = self._door.graphql(_AROUND, {"ids": named, "hops": hops})["neighborhood"]
            if around["truncated"]:
                raise LimitExceeded("more than 2000 entities lie around; ask for fewer hops", allowed=2000)
            nodes, relations = around["nodes"], around["relations"]
        else:
            nodes, relations = self._pages(_ENTITIES, "entities"), self._pages(_RELATIONS, "relations")
        made = nx.MultiDiGraph()
        for node in nodes:
            made.add_node(node["id"], **{key: value for key, value in node.items() if key != "id"})
        for relation in relations:
            ends = (relation["subject"]["id"], relation["object"]["id"])
            facts = {key: relation[key] for key in ("predicate", "direction", "sources", "publications")}
            claims = [claim["id"] for claim in relation["claims"]]
            made.add_edge(*ends, key=relation["id"], claims=claims, **facts)
        return made

    def py2neo(self) -> Reading:
        """Return a py2neo graph that reads, on the same Neo4j (extra `py2neo`, unmaintained since 2023).

        For code that has py2neo already; for new code take `cypher`, or the driver of Neo4j.
        """
        return self._door.py2neo()

    def _pages(self, query: str, root: str, **variables: Any) -> Iterator[dict[str, Any]]:
        """Yield the items of all pages."""
        after, more = None, True
        while more:
            page = self._door.graphql(query, {**variables, "after": after})[root]
            yield from page["nodes"]
            after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]


def _missing(method: str, package: str) -> MissingExtra:
    return MissingExtra(f"{method} needs {package}: pip install 'mscev[notebook]'", extra="notebook")
