"""What is asked: each case as a GraphQL query of ours, one of @neo4j/graphql's, and as Cypher.

The documents are in `queries/`. The variables of the forms of a case ask for the same rows in the same order.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import orjson

from bench.graphql import rows, statements
from bench.graphql.picks import Picks
from graph.cypher.lucene import containing_query, of_kind, words_query

QUERIES = Path(__file__).parent / "queries"
PAGES = 40

Variables = Sequence[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Question:
    """One document, the variables of its requests, and how the rows are taken out of an answer's data."""

    document: str
    variables: Variables
    rows: Callable[[Any], Any]

    @property
    def bodies(self) -> list[bytes]:
        """The bodies of the requests."""
        return [orjson.dumps({"query": self.document, "variables": given}) for given in self.variables]


@dataclass(frozen=True, slots=True)
class Case:
    """One query in all its forms.

    `library` is what the documents of @neo4j/graphql lead to; `tuned` is another form of it that may be
    faster. `loose` compares scored results, where ties may fall either way. What is not `usual` has a floor
    that all share (to sort all neighbours of a hub, to ask the store for a number); a mean leaves it out.
    """

    name: str
    title: str
    ours: Question
    library: Question
    cypher: statements.Read
    tuned: Question | None = None
    loose: bool = False
    usual: bool = True


def cases(picks: Picks) -> list[Case]:
    """Make all cases."""
    return [
        _lookup("lookup", "an entity by id with 10 neighbours", picks.ids),
        replace(_lookup("hub", "the same where there are thousands", picks.hubs), usual=False),
        _page(picks),
        _list(picks),
        _nested(picks),
        _count_filtered(picks),
        _count(),
        _far(picks),
        _search(picks),
        _claims(),
    ]


def our_cursor(id_: str) -> str:
    """Our cursor after an entity of a list by id."""
    return base64.urlsafe_b64encode(orjson.dumps(["id", False, id_, id_])).decode()


def offset_cursor(position: int) -> str:
    """The library's cursor: the position of the last item that was seen."""
    return base64.b64encode(f"arrayconnection:{position}".encode()).decode()


def _documents(name: str) -> dict[str, str]:
    text = re.sub(r"(?m)^#.*\n", "", (QUERIES / f"{name}.graphql").read_text())
    return {
        re.split(r"\W", part, maxsplit=1)[0]: f"query {part.strip()}"
        for part in re.split(r"(?m)^query ", text)[1:]
    }


OURS, LIBRARY, TUNED = (_documents(name) for name in ("ours", "library", "tuned"))


def _lookup(name: str, title: str, ids: Sequence[str]) -> Case:
    variables = [{"id": id_} for id_ in ids]
    return Case(
        name,
        title,
        Question(OURS["Lookup"], variables, lambda data: rows.entity(data["entity"])),
        Question(LIBRARY["Lookup"], variables, lambda data: rows.library_entity(data["entities"][0])),
        statements.Read(statements.LOOKUP, variables),
    )


def _page(picks: Picks) -> Case:
    starts = [picks.first + 50 * number for number in range(PAGES // 2)]
    before = [picks.proteins[start - 1] for start in starts]
    return Case(
        "page",
        "50 proteins with 10 neighbours each",
        Question(OURS["Page"], _after([our_cursor(id_) for id_ in before]), rows.page),
        Question(LIBRARY["Page"], _after([offset_cursor(start - 1) for start in starts]), rows.library_page),
        statements.Read(statements.PAGE, _after(before), statements.page),
        tuned=Question(TUNED["Page"], _after(before), rows.tuned_page),
    )


def _list(picks: Picks) -> Case:
    first = min(2000, len(picks.proteins) // 2)
    variables, names = [{"first": first}], ("id", "name", "category")
    return Case(
        "list",
        f"{first} proteins, three fields each",
        Question(OURS["List"], variables, lambda data: rows.table(data["proteins"]["nodes"], *names)),
        Question(LIBRARY["List"], variables, lambda data: rows.table(data["proteins"], *names)),
        statements.Read(statements.LIST, [{"first": first + 1}], statements.columns),
        tuned=Question(TUNED["List"], variables, lambda data: rows.table(data["proteins"], *names)),
    )


def _nested(picks: Picks) -> Case:
    starts = [picks.first + 10 * number for number in range(PAGES)]
    before = [picks.proteins[start - 1] for start in starts]
    return Case(
        "nested",
        "10 proteins x 5 x 5 neighbours",
        Question(
            OURS["Nested"],
            _after([our_cursor(id_) for id_ in before]),
            lambda data: [rows.tree(node) for node in data["proteins"]["nodes"]],
        ),
        Question(LIBRARY["Nested"], [{"offset": start} for start in starts], rows.library_trees),
        statements.Read(statements.NESTED, _after(before), statements.ten),
        tuned=Question(TUNED["Nested"], _after(before), rows.library_trees),
    )


def _count_filtered(picks: Picks) -> Case:
    variables = [{"word": word} for word in picks.words]
    protein = of_kind("Protein")
    queries = [{"query": f"{containing_query([word], ['name'])} AND {protein}"} for word in picks.words]
    return Case(
        "count filtered",
        "how many proteins have a word in the name",
        Question(OURS["CountFiltered"], variables, lambda data: data["proteins"]["totalCount"]),
        Question(LIBRARY["CountFiltered"], variables, rows.library_total),
        statements.Read(statements.COUNT_FILTERED, queries),
        tuned=Question(TUNED["CountFiltered"], variables, rows.library_aggregate),
    )


def _count() -> Case:
    return Case(
        "count",
        "how many proteins there are",
        Question(OURS["Count"], [{}], lambda data: data["proteins"]["totalCount"]),
        Question(LIBRARY["Count"], [{}], rows.library_total),
        statements.Read(statements.COUNT, [{}]),
        tuned=Question(TUNED["Count"], [{}], rows.library_aggregate),
        usual=False,
    )


def _far(picks: Picks) -> Case:
    starts = [picks.far + 25 * number for number in range(PAGES)]
    before = [picks.proteins[start - 1] for start in starts]
    return Case(
        "far page",
        f"25 proteins, {picks.far} into the list",
        Question(
            OURS["Far"],
            _after([our_cursor(id_) for id_ in before]),
            lambda data: rows.table(data["proteins"]["nodes"], "id", "name"),
        ),
        Question(
            LIBRARY["Far"],
            [{"offset": start} for start in starts],
            lambda data: rows.table(data["proteins"], "id", "name"),
        ),
        statements.Read(statements.FAR, _after(before), lambda value: value[:25]),
        tuned=Question(TUNED["Far"], _after(before), lambda data: rows.table(data["proteins"], "id", "name")),
    )


def _search(picks: Picks) -> Case:
    # All are given the query that our search makes of a word, so that all look for the same.
    words = [{"text": word} for word in picks.words]
    queries = [{"text": words_query(word)} for word in picks.words]
    return Case(
        "search",
        "the best 10 of a full-text search",
        Question(OURS["Search"], words, lambda data: rows.found(data["search"])),
        Question(LIBRARY["Search"], queries, lambda data: rows.found(data["searchEntities"])),
        statements.Read(statements.SEARCH, queries, statements.ten),
        loose=True,
    )


def _claims() -> Case:
    return Case(
        "claims",
        "50 claims with ends, places and citations",
        Question(OURS["Claims"], [{}], lambda data: [rows.claim(node) for node in data["claims"]["nodes"]]),
        Question(LIBRARY["Claims"], [{}], lambda data: [rows.library_claim(node) for node in data["claims"]]),
        statements.Read(statements.CLAIMS, [{}], statements.claims),
    )


def _after(values: Sequence[str]) -> Variables:
    return [{"after": value} for value in values]
