"""Queries made at random from the schema and from what is in the graph; a seed always makes the same one.

hypothesis-graphql walks a schema too, but needs 300 ms a query with this one, and makes no fragments by name,
no aliases, directives or variables; its arguments fit nothing that is stored.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from math import ceil, log10
from random import Random
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    get_named_type,
    is_leaf_type,
    is_required_argument,
    parse,
)
from graphql.type import GraphQLInputType

from schema.kinds import KINDS
from tests.oracle.answers import BY_ID, BY_PLACE, BY_POSITION, Oracle
from tests.oracle.pages import Order, order_of

# What records cannot tell, and full-text search.
UNKNOWABLE = {
    ("Query", "search"),
    ("GraphInfo", "release"),
    ("GraphInfo", "generation"),
    ("GraphInfo", "builtAt"),
    ("GraphSource", "release"),
}
# How many objects a list holds that has no `first`, roughly; a query is kept to WIDTH objects at a level.
LENGTHS = {"sections": 11, "kinds": 23, "predicates": 37, "ancestors": 10, "descendants": 25}
WIDTH = 50
FIELDS = 12  # how many a query selects, roughly: to plan a long statement takes seconds
OPTIONAL = {
    "first": 0.85,
    "limit": 0.95,
    "hops": 0.8,
    "maxHops": 0.7,
    "after": 0.15,
    "orderBy": 0.4,
    "filter": 0.7,
}
AGAIN = 5  # how often a query with variables is asked again with others
WRAPPERS = {"nodes", "edges", "node"}
# Where each filter can be given at the root, and what leads to it there.
FILTERED = {
    "EntityFilter": ("entities", ()),
    "ClaimFilter": ("claims", ()),
    "RelationFilter": ("relations", ()),
    "ReferenceFilter": ("references", ()),
    "EvidenceFilter": ("claims", ("evidence", "some")),
    "CitationFilter": ("claims", ("citations", "some")),
    "ContextFilter": ("claims", ("contextRole",)),
}
# Types with much to say that is reached from few places.
RICH = {"Claim", "ClaimContext", "Citation", "Evidence", "Relation", "Path", "Subgraph", "Between"}
NOWHERE = ("mscev:nothing", "MONDO:0", "zzz", "mscev.claim:0", "mscev.ref:none/1")


class Name(str):
    """An enum value."""


class Variable(str):
    """A variable in the place of a value."""


@dataclass
class Scope:
    """The response keys of one place in the answer: what each stands for, and the place below it."""

    keys: dict[str, tuple[str, Scope]] = field(default_factory=dict)


@dataclass
class Case:
    """A query, and the variables to ask it with, time after time: a plan that is kept takes new values."""

    query: str
    sets: list[dict[str, Any]] = field(default_factory=lambda: [{}])


class Pools:
    """Values that occur in the graph, by where they may be asked for."""

    def __init__(self, oracle: Oracle) -> None:
        graph = oracle.graph
        self.oracle, self.schema = oracle, oracle.schema
        entities, claims = [*graph.entities.values()], [*graph.claims.values()]
        relations, references = [*graph.relations.values()], [*graph.references.values()]
        things: dict[str, Sequence[Any]] = {
            "EntityFilter": entities,
            "ClaimFilter": claims,
            "RelationFilter": relations,
            "ReferenceFilter": references,
            "EvidenceFilter": [graph.sentences[c.article, c.block, c.sentence] for c in claims],
            "CitationFilter": [row for rows in graph.cited.values() for row in rows],
        }
        self.things, self._values = things, oracle.filters.values
        self._known: dict[tuple[str, str], list[Any]] = {}
        for role, id_ in (part for claim in claims for part in claim.context.roles):
            self._known.setdefault(("ContextFilter", role.value), []).append(id_)
        self._known["EntityFilter", "under"] = [p for parents in graph.parents.values() for p in parents]
        texts = [text for e in entities for text in (e.name, *e.synonyms, *e.as_written)]
        self._known["EntityFilter", "text"] = texts + [e.description for e in entities if e.description]
        self.texts = [*texts, *graph.entities, *graph.exact]
        self.entities = [end.id for r in relations for end in (r.subject, r.object)] + [*graph.entities]
        self.nodes = [*graph.entities, *graph.claims, *graph.references, *graph.citations, *graph.articles]
        self.articles = [*graph.articles]
        self.ends = [(r.subject.id, r.object.id) for r in relations]
        self.exact = [*graph.exact]
        self.listed: dict[str, tuple[Order, list[Any]]] = {
            "ClaimConnection": (BY_PLACE, claims),
            "MentionConnection": (BY_PLACE, [*graph.sentences.values()]),
            "ReferenceConnection": (BY_POSITION, references),
            "RelationConnection": (BY_ID, relations),
        }
        self.listed_else: tuple[Order, list[Any]] = (BY_ID, entities)

    def values(self, filter_: str, name: str, thing: Any = None) -> list[Any]:
        """What a field of a filter is compared with: in one thing, or else in everything that is stored."""
        read = self._values(filter_, name)
        if own := [value for value in read(thing) if value is not None] if thing else []:
            return own
        if (filter_, name) not in self._known:
            found = [value for one in self.things[filter_] for value in read(one)]
            self._known[filter_, name] = [value for value in found if value is not None]
        return self._known[filter_, name]


def make(pools: Pools, seed: int) -> Case:
    """Make the query of a seed."""
    return _Maker(pools, Random(seed)).case()


def operators(pools: Pools) -> Iterator[Case]:
    """Make a small query for every operator of every field of every filter, and for its negation."""
    for filter_, (root, way) in FILTERED.items():
        type_: Any = pools.schema.type_map[filter_]
        for name, tested in type_.fields.items():
            if not _is_filter(tested.type) and name not in {"role", "contextRole"}:
                for operator in getattr(get_named_type(tested.type), "fields", ("eq",)):
                    yield _operator(pools, root, (*way, name), (filter_, name, tested.type, operator))


def _operator(pools: Pools, root: str, way: tuple[str, ...], tested: tuple[Any, ...]) -> Case:
    filter_, name, type_, operator = tested
    for seed in range(10):  # until something fits and something does not
        maker = _Maker(pools, Random(f"{seed} {tested}"))
        test = maker.tests(filter_, name, type_, 0, None, operator)
        for word in reversed(way):
            test = {word: test}
        argument = pools.schema.query_type.fields[root].args["filter"]  # type: ignore[union-attr]
        maker.variables = {"f": test}
        query = f"""query ($f: {argument.type}) {{
          fit: {root}(filter: $f, first: 2) {{ totalCount nodes {{ id }} }}
          rest: {root}(filter: {{not: {_literal(test)}}}) {{ totalCount }}
        }}"""
        answer = pools.oracle.answer(parse(query), maker.variables).data
        if answer and answer["fit"]["totalCount"] and answer["rest"]["totalCount"]:
            break
    return Case(query, maker.sets())


class _Maker:
    """One query in the making."""

    def __init__(self, pools: Pools, random: Random) -> None:
        self.pools, self.random, self.schema = pools, random, pools.schema
        self.fragments: list[tuple[str, str, Scope]] = []
        self.definitions: list[str] = []
        self.declared: list[str] = []
        self.variables: dict[str, Any] = {}
        self.fields = 0
        self.spoilt = self.chance(0.06)

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def case(self) -> Case:
        query = self.schema.query_type
        assert query is not None
        names = [name for name in query.fields if ("Query", name) not in UNKNOWABLE]
        kinds = [kind.root for kind in KINDS]
        special = [name for name in names if name not in kinds] + [root for root, _ in FILTERED.values()]
        roots = [
            self.random.choice(kinds if self.chance(0.25) else special)
            for _ in range(self.random.choice((1, 1, 1, 2, 3)))
        ]
        scope = Scope()
        body = " ".join(self.field(query, name, scope, self.random.randint(1, 4), 1) for name in roots)
        if self.chance(0.05):
            body += " __typename"
        declared = f"({', '.join(self.declared)})" if self.declared else ""
        head = f"query Q{declared} " if declared or self.chance(0.3) else ""
        return Case("\n".join([f"{head}{{ {body} }}", *self.definitions]), self.sets())

    def sets(self) -> list[dict[str, Any]]:
        """The variables, and others of the same types."""
        again = AGAIN if self.variables else 0
        others = ({name: self.other(value) for name, value in self.variables.items()} for _ in range(again))
        return [self.variables, *others]

    # Selections

    def selections(self, type_: Any, scope: Scope, depth: int, width: int) -> str:
        count = self.random.choice((1, 2, 2, 3, 4)) + 2 * (type_.name in RICH)
        if self.fields > FIELDS:
            count, depth = 1, 0
        return " ".join(self.selection(type_, scope, depth, width) for _ in range(count))

    def selection(self, type_: Any, scope: Scope, depth: int, width: int) -> str:
        abstract = isinstance(type_, GraphQLInterfaceType)
        dice = self.random.random()
        if dice < 0.05:
            return f"__typename{self.directive()}"
        if dice < (0.85 if type_.name == "Node" else 0.35 if abstract else 0.12):
            return self.fragment(type_, scope, depth, width)
        return self.field(type_, self.name_of_field(type_, scope, depth, width), scope, depth, width)

    def name_of_field(self, type_: Any, scope: Scope, depth: int, width: int) -> str:
        fields: dict[str, Any] = {n: f for n, f in type_.fields.items() if (type_.name, n) not in UNKNOWABLE}
        leaves = [name for name, field in fields.items() if is_leaf_type(get_named_type(field.type))]
        deep = [n for n, f in fields.items() if n not in leaves and (width < WIDTH or not _is_many(f))]
        if self.chance(0.85):  # now and then the same field twice
            leaves = [name for name in leaves if name not in scope.keys] or leaves
        if leaves and (depth <= 0 or not deep or self.chance(0.5)):
            return self.random.choice(leaves)
        return self.random.choice(deep or list(fields))

    def field(self, parent: Any, name: str, scope: Scope, depth: int, width: int) -> str:
        self.fields += 1
        field = parent.fields[name]
        arguments = self.arguments(parent.name, name, field)
        length = arguments.get("first", arguments.get("limit"))
        if not isinstance(length, int):
            length = len(arguments.get("ids", ())) or 25 if field.args else LENGTHS.get(name, 2)
        below = width * (length if _is_many(field) and name not in WRAPPERS else 1)
        placed = {key: self.placed(value, field.args[key].type, key) for key, value in arguments.items()}
        text = ", ".join(f"{key}: {_literal(value)}" for key, value in placed.items())
        means = f"{name}({text}): {field.type}"
        key = f"a{self.random.randint(1, 9)}" if self.chance(0.08) else name
        while scope.keys.setdefault(key, (means, Scope()))[0] != means:
            key = f"a{self.random.randint(1, 99)}"
        alias = "" if key == name else f"{key}: "
        type_ = get_named_type(field.type)
        chosen = (
            ""
            if is_leaf_type(type_)
            else f" {{ {self.selections(type_, scope.keys[key][1], depth - (name not in WRAPPERS), below)} }}"
        )
        return f"{alias}{name}{f'({text})' if text else ''}{self.directive()}{chosen}"

    def fragment(self, type_: Any, scope: Scope, depth: int, width: int) -> str:
        on = type_
        if isinstance(type_, GraphQLInterfaceType):
            others = [*self.schema.get_possible_types(type_), self.schema.type_map["Entity"]]
            on = self.random.choice([type_, self.schema.type_map["Entity"], *self.random.sample(others, 3)])
        reusable = [f for f in self.fragments if f[1] == on.name and not f[2].keys.keys() & scope.keys.keys()]
        if reusable and self.chance(0.5):
            name, _, inner = self.random.choice(reusable)
            scope.keys.update(inner.keys)
            return f"...{name}{self.directive()}"
        inner = Scope(dict(scope.keys))
        text = self.selections(on, inner, depth, width)
        if self.chance(0.6) or len(self.fragments) > 5:
            condition = f" on {on.name}" if on is not type_ or self.chance(0.5) else ""
            scope.keys.update(inner.keys)
            return f"...{condition}{self.directive()} {{ {text} }}"
        name = f"F{len(self.fragments)}"
        # Elsewhere the fragment brings all its keys; here those of the place itself are among them.
        self.fragments.append((name, on.name, inner))
        scope.keys.update(inner.keys)
        self.definitions.append(f"fragment {name} on {on.name} {{ {text} }}")
        return f"...{name}{self.directive()}"

    def directive(self) -> str:
        if not self.chance(0.05):
            return ""
        value = self.placed(self.chance(0.6), GraphQLNonNull(self.schema.type_map["Boolean"]), "if")
        return f" @{self.random.choice(('skip', 'include'))}(if: {_literal(value)})"

    # Arguments

    def arguments(self, parent: str, name: str, field: GraphQLField) -> dict[str, Any]:
        given: dict[str, Any] = {}
        for key, argument in field.args.items():
            if is_required_argument(argument) or self.chance(OPTIONAL.get(key, 0.3)):
                if key != "limit" and not isinstance(argument.type, GraphQLNonNull) and self.chance(0.04):
                    given[key] = None
                else:
                    given[key] = self.argument(parent, name, key, argument.type)
        if given.get("after"):
            given["after"] = self.cursor(get_named_type(field.type).name, given.get("orderBy"))
        if name in {"between", "paths"} and self.chance(0.5):
            given.update(zip(list(given)[:2], self.random.choice(self.pools.ends), strict=True))
        return self.spoil(given) if parent == "Query" and self.spoilt else given

    def argument(self, parent: str, name: str, key: str, type_: GraphQLInputType) -> Any:
        pick, pools = self.random.choice, self.pools
        match key:
            case "filter":
                return self.filter(get_named_type(type_), 2, around=parent != "Query")
            case "first" | "limit":
                return pick((1, 1, 2, 2, 3, 3, 4, 5, 6, 7))
            case "hops":
                return pick((0, 1, 1, 2, 3))
            case "maxHops":
                return pick((1, 2, 2, 3, 4))
            case "otherArticles":
                return self.chance(0.5)
            case "marker":
                return self.random.randint(1, 41)
            case "after":
                return "a cursor"
            case "texts":
                return self.several(lambda: self.cased(pick(pools.texts)), NOWHERE)
            case "ids":
                return self.several(
                    lambda: pick(pools.entities if name == "neighborhood" else pools.nodes), NOWHERE
                )
            case "article":
                return pick([*pools.articles, *NOWHERE[:1]])
        if name in {"node", "article"}:
            return pick(pools.nodes if name == "node" else [*pools.articles, *NOWHERE[:1]])
        if isinstance(named := get_named_type(type_), GraphQLEnumType):
            value = Name(pick([*named.values]))
            return (
                value
                if named is type_ or isinstance(type_, GraphQLNonNull)
                else self.several(lambda: Name(pick([*named.values])), ())
            )
        return pick(pools.exact if name == "entity" and self.chance(0.4) else pools.entities)

    def several(self, one: Callable[[], Any], rare: Sequence[Any]) -> list[Any]:
        size = self.random.choice((0, 1, 1, 2, 2, 3, 4))
        return [self.random.choice(rare) if rare and self.chance(0.08) else one() for _ in range(size)]

    def cursor(self, connection: str, order: str | None) -> str:
        by, things = self.pools.listed.get(connection, self.pools.listed_else)
        return (order_of(order) if order else by).cursor(self.random.choice(things))

    def spoil(self, given: dict[str, Any]) -> dict[str, Any]:
        """Ask for something that is refused; at the root, where it is certain to be reached."""
        self.spoilt = False
        foreign = BY_ID.cursor(self.pools.listed["ClaimConnection"][1][0])
        bad = {
            "first": self.random.choice((0, 501, -1)),
            "hops": 5,
            "limit": 0,
            "maxHops": 0,
            "after": self.random.choice(("nonsense", foreign)),
            "filter": {"id": self.random.choice((None, {"eq": None}))},
            "a": NOWHERE[0],
        }
        if keys := [key for key in given if key in bad]:
            key = self.random.choice(keys)
            given[key] = bad[key]
        return given

    # Filters

    def filter(self, type_: Any, depth: int, *, around: bool = False) -> dict[str, Any]:
        simple = [n for n, f in type_.fields.items() if not _is_filter(f.type) and n != "role"]
        # Mostly all tests are made of one thing, so that there is something that fits them.
        thing = self.random.choice(self.pools.things[type_.name])
        given: dict[str, Any] = {}
        for _ in range(self.random.choice((0, 1, 1, 1, 1, 2, 2, 3))):
            name = self.random.choice(simple if depth <= 0 or self.chance(0.6) else [*type_.fields])
            if name != "role":
                given[name] = self.tests(type_.name, name, type_.fields[name].type, depth, thing)
        if around and "role" in type_.fields and self.chance(0.3):
            roles = [*self.schema.type_map["ClaimRole"].values]  # type: ignore[attr-defined]
            given["role"] = [Name(role) for role in self.random.sample(roles, self.random.randint(1, 3))]
        return given

    def tests(
        self, owner: str, name: str, type_: Any, depth: int, thing: Any, only: str | None = None
    ) -> Any:
        named: Any = get_named_type(type_)
        if name in {"and", "or"}:
            return [self.filter(named, depth - 1) for _ in range(self.random.choice((0, 1, 2, 2)))]
        if named.name.endswith("ListFilter"):
            words = self.random.sample(("some", "every", "none"), self.random.choice((0, 1, 1, 1, 1, 2)))
            return {w: self.filter(get_named_type(named.fields[w].type), depth - 1) for w in words}
        if _is_filter(type_):
            return self.filter(named, depth - 1)
        if name == "contextRole":
            roles = self.random.sample([*named.fields], self.random.choice((1, 1, 1, 2)))
            return {r: self.tests("ContextFilter", r, named.fields[r].type, 0, None) for r in roles}
        if name == "diameterNm":
            words = [only] if only else self.random.sample([*named.fields], self.random.choice((0, 1, 1, 2)))
            return {word: self.range() for word in words}
        special = owner == "ContextFilter" or name in {"text", "under"} or self.chance(0.2)
        values = self.pools.values(owner, name, None if special else thing)
        if not isinstance(named, GraphQLInputObjectType):
            return self.operand(named, "words" if name == "text" else "eq", values)
        count = min(len(named.fields), self.random.choice((0, 1, 1, 1, 1, 1, 2)))
        operators = [only] if only else self.random.sample([*named.fields], count)
        return {
            operator: self.several(
                lambda: self.operand(get_named_type(named.fields["in"].type), "eq", values), ()
            )
            if operator == "in"
            else self.operand(get_named_type(named.fields[operator].type), operator, values)
            for operator in operators
        }

    def operand(self, type_: Any, operator: str, values: Sequence[Any]) -> Any:
        """A value to compare with, made of one that is stored."""
        nothing = NOWHERE[0] if type_.name in {"String", "ID"} else 1
        value = self.random.choice(values) if values else nothing
        if isinstance(type_, GraphQLEnumType):
            return Name(self.random.choice([*type_.values]) if self.chance(0.2) else type_.serialize(value))
        if not isinstance(value, str):
            return (
                value
                if isinstance(value, bool) or self.chance(0.7)
                else value + self.random.choice((-1, 1, 7))
            )
        if self.chance(0.05):
            return self.random.choice(NOWHERE)
        start = 0 if operator == "prefix" else self.random.randrange(len(value))
        match operator:
            case "prefix" | "contains":
                piece = value[start : start + self.random.randint(0, 6)]
                return piece if type_.name == "ID" else self.cased(piece)
            case "words":
                words = value.split()
                return self.cased(
                    " ".join(self.random.sample(words, min(len(words), self.random.randint(1, 2))))
                )
        return value

    def range(self) -> dict[str, float]:
        ends = sorted(self.random.choices((20, 30, 100.0, 120, 150, 600, 1000, 2000.5), k=2))
        return {name: end for name, end in zip(("min", "max"), ends, strict=True) if self.chance(0.8)}

    def cased(self, text: str) -> str:
        return self.random.choice((str, str, str.upper, str.lower))(text)

    # Variables

    def placed(self, value: Any, type_: Any, name: str) -> Any:
        """Put a value, or a part of it, into a variable now and then."""
        if self.chance(0.15):
            return self.variable(value, type_, name)
        plain = type_.of_type if isinstance(type_, GraphQLNonNull) else type_
        if isinstance(value, dict):
            return {key: self.placed(v, plain.fields[key].type, key) for key, v in value.items()}
        if isinstance(value, list) and isinstance(plain, GraphQLList):
            return [self.placed(v, plain.of_type, name) for v in value]
        return value

    def variable(self, value: Any, type_: Any, name: str) -> Variable:
        variable = Variable(f"v{len(self.declared)}")
        required = isinstance(type_, GraphQLNonNull)
        dice = self.random.random()
        if dice < 0.1 and not required and name not in {"orderBy", "limit"}:
            self.declared.append(f"${variable}: {type_}")
        elif dice < 0.35 and value is not None:
            kind = type_.of_type if required else type_
            self.declared.append(f"${variable}: {kind} = {_literal(value)}")
            if dice < 0.2:
                self.variables[variable] = value
        else:
            stronger = "!" if value is not None and not required and dice < 0.6 else ""
            self.declared.append(f"${variable}: {type_}{stronger}")
            self.variables[variable] = value
        return variable

    def other(self, value: Any) -> Any:
        """Another value of the same type; mostly of about the same size, so that the same plan serves it."""
        if self.chance(0.03) and isinstance(value, bool | list):
            return not value if isinstance(value, bool) else value[1:]
        match value:
            case Name() | bool() | None:
                return value
            case int() | float():
                return self.random.randint(1, 7)
            case str() if value.startswith("WyJ") or len(value) > 100:
                return value  # a cursor belongs to its order
            case str():
                like = [id_ for id_ in self.pools.nodes if _size(id_) == _size(value)]
                return self.random.choice(
                    (value, value.upper(), *self.random.sample(like, min(2, len(like))))
                )
            case list():
                return [self.other(item) for item in value]
            case dict():
                return {key: self.other(item) for key, item in value.items()}


def _size(text: str) -> int:
    """Neo4j keeps a plan for each order of magnitude of a text's length."""
    return ceil(log10(len(text) or 1))


def _is_many(field: GraphQLField) -> bool:
    type_ = field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type
    return isinstance(type_, GraphQLList) or "first" in field.args


def _is_filter(type_: Any) -> bool:
    """Whether a field of a filter holds filters, so that depth must be kept in bounds."""
    named: Any = get_named_type(type_)
    return isinstance(named, GraphQLInputObjectType) and bool({"and", "some"} & named.fields.keys())


def _literal(value: Any) -> str:
    match value:
        case Variable():
            return f"${value}"
        case Name():
            return str(value)
        case dict():
            return "{" + ", ".join(f"{key}: {_literal(item)}" for key, item in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(_literal, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
