"""The fields that are more than a leaf or a link of the same name: what each reads, from which arguments.

Keys are types of the model and fields of the schema. A field without a row here is read by its name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.graphql.answer import Computed, Found, Shape
from api.graphql.compile import Field, Rule
from api.graphql.connections import Listing, connection
from api.graphql.cursors import order_of
from api.graphql.filters import condition_of, without_role, words_of
from api.graphql.inputs import ArgumentError, Given
from graph.cypher.lucene import phrase_query, words_query
from graph.query import Leaf, Linked, Quantifier, Value
from loaders.article.curated import BUILT_IN_ARTICLE
from schema.errors import InvalidQuery
from schema.ids import url_of
from schema.kinds import KINDS
from schema.predicates import biolink_of

MAX_HOPS = 4
MAX_PATHS = 100
PAGES_OF_SEARCH = 10

_BY_ID = order_of("id")
_BY_PLACE = order_of("place")
_BY_POSITION = order_of("position")
_BY_RANK = order_of("rank")


def _entities(field: Field) -> Shape:
    condition = condition_of("EntityFilter", field.filter())
    return connection(field, Listing(field.name, _ordered(field, "id"), condition))


def _ordered(field: Field, default: str) -> Any:
    given = field.given("orderBy")
    return order_of(default if given is None else given.value)


def _claims(field: Field) -> Shape:
    condition = condition_of("ClaimFilter", field.filter())
    return connection(field, Listing("claims", _ordered(field, "place"), condition))


def _claims_of_entity(field: Field) -> Shape:
    role, rest = without_role(field.filter())
    condition = condition_of("ClaimFilter", rest)
    return connection(
        field, Listing("claims", _ordered(field, "place"), condition, (("roles", _roles(role)),))
    )


def _roles(given: Given | None) -> tuple[str, ...]:
    if given is None:
        return ("SUBJECT", "OBJECT")
    if not given.value:
        raise ArgumentError(InvalidQuery("role: name at least one role, or leave it out"), given.node)
    return tuple(given.value)


def _relations(field: Field) -> Shape:
    condition = condition_of("RelationFilter", field.filter())
    return connection(field, Listing("relations", _BY_ID, condition))


def _references(field: Field) -> Shape:
    condition = condition_of("ReferenceFilter", field.filter())
    return connection(field, Listing("references", _BY_POSITION, condition))


def _neighbors(field: Field) -> Shape:
    role = field.given("role")
    arguments = (("predicates", field.names("predicate")), ("role", None if role is None else role.value))
    wanted = Linked("node", Quantifier.SOME, condition_of("EntityFilter", field.filter()))
    return connection(field, Listing("neighbors", _BY_ID, wanted, arguments))


def _search(field: Field) -> Shape:
    kinds = field.names("kind")
    query = field.parameter("text", lambda text: words_query(" ".join(words_of(text)), kinds))
    text = field.parameter("text", lambda text: " ".join(text.lower().split()))
    first = field.given("first")
    reach = _reach(25) if first is None else first.dynamic(_reach)
    arguments = (("query", query), ("reach", reach), ("text", text))
    return connection(field, Listing("search", _BY_RANK, arguments=arguments))


def _reach(first: int) -> int:
    """Return how many matches to page through: the index stops there, and what is among them is sorted."""
    return max(100, PAGES_OF_SEARCH * first)


def _at_most(field: Field, name: str) -> Any:
    allowed = field.compiler.limits.ids

    def check(values: list[str]) -> tuple[str, ...]:
        if len(values) > allowed:
            raise InvalidQuery(
                f"{name}: {len(values)} are not allowed; 0 to {allowed}", given=len(values), allowed=allowed
            )
        return tuple(values)

    return check


def _nodes(field: Field) -> Shape:
    return field.whole("Node", ("ids", field.parameter("ids", _at_most(field, "ids"))))


def _resolve(field: Field) -> Shape:
    check = _at_most(field, "texts")
    texts = field.parameter("texts", check)
    phrases = field.parameter("texts", lambda given: tuple(map(phrase_query, check(given))))
    return field.whole("Resolution", ("texts", texts), ("phrases", phrases))


def _article_id(field: Field, name: str) -> tuple[str, object]:
    given = field.given(name)
    return name, BUILT_IN_ARTICLE if given is None else given.dynamic()


def _paths(field: Field) -> Shape:
    return field.whole(
        "Path",
        ("from", field.parameter("from")),
        ("to", field.parameter("to")),
        ("hops", field.structural_number("maxHops", 1, MAX_HOPS)),
        ("first", field.number("first", 1, MAX_PATHS)),
    )


def _neighborhood(field: Field) -> Shape:
    ids = field.given("ids")
    assert ids is not None  # noqa: S101 - the document was validated
    return field.whole(
        "Subgraph",
        ("ids", ids.dynamic(_at_most(field, "ids"))),
        ("everywhere", not ids.value),
        ("hops", field.structural_number("hops", 0, MAX_HOPS)),
        ("limit", field.number("limit", 1, field.compiler.limits.nodes)),
        ("kinds", field.names("kind")),
        ("predicates", field.names("predicate")),
    )


def _relations_of_subgraph(field: Field) -> Shape:
    return field.whole("Relation", *(pair for pair in field.inherited if pair[0] == "predicates"))


def _link(model: str, *names: str) -> Rule:
    """Read a link by arguments that are passed on as they are."""
    return lambda field: field.whole(model, *((name, field.parameter(name)) for name in names))


def _between(field: Field) -> Shape:
    a, b = (field.row.add(Value(field.parameter(name))) for name in ("a", "b"))
    placed = field.whole("Between", *((name, field.parameter(name)) for name in ("a", "b")))
    return Found(
        placed,
        lambda row: f"between: {row[a]!r} or {row[b]!r} is not the id of an entity",
    )


def _related(field: Field) -> Shape:
    given = field.given("kind")
    assert given is not None  # noqa: S101 - the document was validated
    elsewhere = field.given("otherArticles")
    return field.whole(
        "Claim", ("kind", given.value), ("elsewhere", elsewhere.dynamic() if elsewhere else None)
    )


def _same_row(model: str) -> Rule:
    """Read an object from the same element."""
    return lambda field: field.record(model, field.row)


def _url(field: Field) -> Shape:
    position = field.row.add(Leaf("id"))
    return Computed(lambda row: url_of(row[position]))


def _biolink_predicate(field: Field) -> Shape:
    type_, claims = (field.row.add(Leaf(name)) for name in ("predicate", "claimIds"))
    return Computed(lambda row: biolink_of(row[type_], ours=row[claims] is not None))


def _reference_url(field: Field) -> Shape:
    doi, pmid = (field.row.add(Leaf(name)) for name in ("doi", "pmid"))

    def url(row: Any) -> str | None:
        if row[doi]:
            return f"https://doi.org/{row[doi]}"
        return f"https://pubmed.ncbi.nlm.nih.gov/{row[pmid]}/" if row[pmid] else None

    return Computed(url)


def _note(field: Field) -> Shape:
    own, claims = (field.row.add(Leaf(name)) for name in ("note", "claimNote"))
    return Computed(lambda row: " ".join(note for note in (row[own], row[claims]) if note) or None)


FIELDS: Mapping[tuple[str, str], Rule] = {
    ("Query", "node"): _link("Node", "id"),
    ("Query", "nodes"): _nodes,
    ("Query", "entity"): _link("Entity", "id"),
    ("Query", "entities"): _entities,
    **{("Query", kind.root): _entities for kind in KINDS},
    ("Query", "resolve"): _resolve,
    ("Query", "search"): _search,
    ("Query", "claims"): _claims,
    ("Query", "relations"): _relations,
    ("Query", "between"): _between,
    ("Query", "article"): lambda field: field.whole("Article", _article_id(field, "id")),
    ("Query", "references"): _references,
    ("Query", "citation"): lambda field: field.whole(
        "Citation", ("marker", field.parameter("marker")), _article_id(field, "article")
    ),
    ("Query", "paths"): _paths,
    ("Query", "neighborhood"): _neighborhood,
    ("Subgraph", "relations"): _relations_of_subgraph,
    ("Entity", "claims"): _claims_of_entity,
    ("Entity", "mentions"): lambda field: connection(field, Listing("mentions", _BY_PLACE)),
    ("Entity", "neighbors"): _neighbors,
    ("Entity", "url"): _url,
    ("Relation", "biolinkPredicate"): _biolink_predicate,
    ("Claim", "context"): _same_row("Claim"),
    ("Claim", "related"): _related,
    ("Reference", "claims"): lambda field: connection(field, Listing("claims", _BY_PLACE)),
    ("Reference", "url"): _reference_url,
    ("ClaimCitation", "note"): _note,
    ("Citation", "note"): _note,
    ("Article", "references"): lambda field: connection(field, Listing("references", _BY_POSITION)),
}
