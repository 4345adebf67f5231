"""The published schema, executed by graphql-core over the records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter, itemgetter
from typing import Any

from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLResolveInfo,
    build_schema,
    execute_sync,
)

from loaders.article.curated import BUILT_IN_ARTICLE
from schema import enums, ids
from schema.enums import ContextRole
from schema.kinds import KINDS, Property
from schema.predicates import PREDICATES, predicate_named
from schema.records import Article, Claim, Entity, Record, Reference
from tests.oracle import subgraphs
from tests.oracle.filters import Filters, read, roles_of
from tests.oracle.graph import Graph
from tests.oracle.pages import Order, Refused, at_most, number, order_of, page

Args = Mapping[str, Any]
Resolver = Callable[..., Any]
BY_ID, BY_PLACE, BY_POSITION = Order("id"), Order("place"), Order("position")


class Oracle:
    """The answers to GraphQL over one load; `release` and the like cannot be known from records."""

    def __init__(self, sdl: str, records: Iterable[Record]) -> None:
        self.graph = Graph(records)
        self.filters = Filters(self.graph)
        self.schema = build_schema(sdl)
        self.seen = set[tuple[str, str]]()  # the fields that were executed, with their types
        self._name_values()
        for type_, resolvers in self._resolvers().items():
            for name, resolve in resolvers.items():
                self._attach(type_, name, resolve)
        for kind in KINDS:
            self._attach("Query", kind.root, self._entity_root(kind.name))
            for prop in kind.properties:
                self._attach(kind.name, prop.name, _property(prop))

    def answer(self, document: DocumentNode, variables: Args) -> ExecutionResult:
        """Execute a document that holds one operation."""
        return execute_sync(
            self.schema,
            document,
            variable_values=dict(variables),
            field_resolver=self._default,
            type_resolver=_type_of,
        )

    def _default(self, root: Any, info: GraphQLResolveInfo[Any], **_: object) -> object:
        """A field without a resolver is a key, or the attribute of the same name."""
        self.seen.add((info.parent_type.name, info.field_name))
        return read(root, info.field_name)

    def _name_values(self) -> None:
        """Let the enums of the schema stand for the values of the records."""
        for name, type_ in self.schema.type_map.items():
            if isinstance(type_, GraphQLEnumType) and hasattr(enums, name):
                for key, value in type_.values.items():
                    value.value = getattr(enums, name)[key]
        kinds, id_filter = self.schema.type_map["EntityKind"], self.schema.type_map["IDFilter"]
        assert isinstance(kinds, GraphQLEnumType)
        assert isinstance(id_filter, GraphQLInputObjectType)
        for kind in KINDS:
            kinds.values[kind.constant].value = kind.name
        id_filter.fields["prefix"].out_name = "idPrefix"

    def _attach(self, type_name: str, field: str, resolve: Resolver) -> None:
        type_ = self.schema.type_map[type_name]
        assert isinstance(type_, GraphQLObjectType | GraphQLInterfaceType)
        types = [type_] if isinstance(type_, GraphQLObjectType) else self.schema.get_possible_types(type_)
        for one in types:
            one.fields[field].resolve = self._recorded((one.name, field), resolve)

    def _recorded(self, field: tuple[str, str], resolve: Resolver) -> Resolver:
        def recorded(root: Any, _: object, **args: object) -> object:
            self.seen.add(field)
            return resolve(root, args)

        return recorded

    def _resolvers(self) -> dict[str, dict[str, Resolver]]:
        graph, filters = self.graph, self.filters
        roles = {
            role.value: lambda c, _, role=role: next((e for r, e in graph.context[c.id] if r is role), None)
            for role in ContextRole
        }
        return {
            "Query": {
                "node": lambda _, args: self._node(args["id"]),
                "nodes": lambda _, args: [self._node(id_) for id_ in at_most(args, "ids", 1000)],
                "entity": lambda _, args: graph.entities.get(args["id"]) or graph.exact.get(args["id"]),
                "entities": self._entity_root(None),
                "resolve": lambda _, args: [
                    subgraphs.resolve(graph, t) for t in at_most(args, "texts", 1000)
                ],
                "claims": lambda _, args: self._claims(graph.claims.values(), args),
                "relations": lambda _, args: self._filtered("RelationFilter", graph.relations, BY_ID, args),
                "between": lambda _, args: self._between(args["a"], args["b"]),
                "article": lambda _, args: graph.articles.get(args.get("id") or BUILT_IN_ARTICLE),
                "articles": lambda _, args: list(graph.articles.values()),
                "references": lambda _, args: self._filtered(
                    "ReferenceFilter", graph.references, BY_POSITION, args
                ),
                "citation": lambda _, args: self._citation(args),
                "paths": lambda _, args: self._paths(args),
                "neighborhood": lambda _, args: self._neighborhood(args),
                "graph": lambda _, args: self._info(),
            },
            "Entity": {
                "mappings": lambda e, _: sorted(e.mappings, key=attrgetter("id")),
                "url": lambda e, _: ids.url_of(e.id),
                "ancestors": lambda e, _: graph.lineage(e, graph.parents),
                "descendants": lambda e, _: graph.lineage(e, graph.children),
                "claims": self._claims_of,
                "mentions": lambda e, args: page(
                    graph.mentions[e.id],
                    BY_PLACE,
                    args,
                    of=itemgetter(0),
                    edge=lambda pair: {"node": {"evidence": pair[0], "spans": pair[1].spans}},
                ),
                "neighbors": self._neighbors,
            },
            "Claim": {
                "subject": lambda c, _: graph.entities[c.subject],
                "object": lambda c, _: graph.entities[c.object],
                "context": lambda c, _: c,
                "mechanisms": lambda c, _: graph.mechanisms[c.id],
                "evidence": lambda c, _: filters.evidence(c),
                "citations": lambda c, _: graph.cited[c.id],
                "related": lambda c, args: subgraphs.related(graph, c, args["kind"], args["otherArticles"]),
                "attributes": lambda c, _: [],
            },
            "Relation": {
                "biolinkPredicate": lambda r, _: predicate_named(r.predicate).biolink,
                "originalPredicate": lambda r, _: None,
                "knowledgeLevel": lambda r, _: r.claims[0].knowledge_level,
                "agentType": lambda r, _: r.claims[0].agent_type,
                "attributes": lambda r, _: [],
            },
            "ClaimContext": {
                **roles,
                "extent": lambda c, _: c.context.extent,
                "dose": lambda c, _: c.context.dose,
                "parts": lambda c, _: [{"role": r.value, "entity": e} for r, e in graph.context[c.id]],
            },
            "Evidence": {
                "article": lambda s, _: graph.articles[s.article],
                "section": lambda s, _: filters.section(s),
                "paragraph": lambda s, _: s.block,
                "verified": lambda s, _: bool(s.verified),
            },
            "Article": {
                "sha256": lambda a, _: a.sha256 or "",
                "sections": lambda a, _: [s for s in graph.sections.values() if s.article == a.id],
                "references": lambda a, args: page(
                    [r for r in graph.references.values() if r.article == a.id], BY_POSITION, args
                ),
            },
            "Section": {"paragraph": lambda s, _: s.block},
            "Reference": {
                "url": lambda r, _: _page_of(r),
                "claims": lambda r, args: page(graph.resting[r.id], BY_PLACE, args),
            },
        }

    def _node(self, id_: str) -> object:
        graph = self.graph
        for things in (graph.entities, graph.claims, graph.references, graph.articles, graph.citations):
            if id_ in things:
                return things[id_]
        return None

    def _entity_root(self, kind: str | None) -> Resolver:
        entities = {id_: e for id_, e in self.graph.entities.items() if kind in {None, e.kind}}
        return lambda _, args: self._filtered(
            "EntityFilter", entities, order_of(args.get("orderBy") or "ID"), args
        )

    def _filtered(self, type_: str, things: Mapping[str, Any], order: Order, args: Args) -> dict[str, Any]:
        return page(filter(self.filters.test(type_, args.get("filter")), things.values()), order, args)

    def _claims(self, claims: Iterable[Claim], args: Args) -> dict[str, Any]:
        fitting = filter(self.filters.test("ClaimFilter", args.get("filter")), claims)
        return page(fitting, order_of(args.get("orderBy") or "PLACE"), args)

    def _claims_of(self, entity: Entity, args: Args) -> dict[str, Any]:
        roles, rest = roles_of(args.get("filter"))
        return self._claims(self.graph.claims_of(entity, roles), {**args, "filter": rest})

    def _neighbors(self, entity: Entity, args: Args) -> dict[str, Any]:
        test = self.filters.test("EntityFilter", args.get("filter"))
        found = subgraphs.neighbors(self.graph, entity, args.get("predicate"), args.get("role"))
        return page(
            [pair for pair in found if test(pair[0])],
            BY_ID,
            args,
            of=itemgetter(0),
            edge=lambda pair: {"node": pair[0], "relations": pair[1]},
        )

    def _between(self, a: str, b: str) -> dict[str, Any]:
        if not {a, b} <= set(self.graph.entities):
            raise Refused(f"between: {a!r} or {b!r} is not the id of an entity")
        return subgraphs.between(self.graph, self.graph.entities[a], self.graph.entities[b])

    def _citation(self, args: Args) -> object:
        wanted = (args.get("article") or BUILT_IN_ARTICLE, args["marker"])
        rows = self.graph.citations.values()
        return next((row for row in rows if (row["article"], row["marker"]) == wanted), None)

    def _paths(self, args: Args) -> list[dict[str, Any]]:
        hops, first = number(args, "maxHops", 4, 1, 4), number(args, "first", 10, 1, 100)
        return subgraphs.paths(self.graph, args["from"], args["to"], hops, first)

    def _neighborhood(self, args: Args) -> dict[str, Any]:
        around = at_most(args, "ids", 1000)
        hops, limit = number(args, "hops", 1, 0, 4), number(args, "limit", 200, 1, 2000)
        return subgraphs.neighborhood(
            self.graph, around, hops, limit, args.get("kind"), args.get("predicate")
        )

    def _info(self) -> dict[str, Any]:
        kinds = [entity.kind for entity in self.graph.entities.values()]
        predicates = [relation.predicate for relation in self.graph.relations.values()]
        return {
            "entities": len(kinds),
            "claims": len(self.graph.claims),
            "kinds": [
                *({"kind": k.name, "count": kinds.count(k.name)} for k in KINDS),
                {"kind": "NAMED_THING", "count": 0},
            ],
            "predicates": [{"predicate": p.name, "count": predicates.count(p.name)} for p in PREDICATES],
            "sources": self.graph.sources,
        }


def _type_of(value: object, *_: object) -> str:
    match value:
        case Entity():
            return value.kind
        case Claim() | Reference() | Article():
            return type(value).__name__
    return "Citation"


def _property(prop: Property) -> Resolver:
    return lambda entity, _: dict(entity.properties).get(prop.name, () if prop.many else None)


def _page_of(reference: Reference) -> str | None:
    if reference.doi:
        return f"https://doi.org/{reference.doi}"
    return f"https://pubmed.ncbi.nlm.nih.gov/{reference.pmid}/" if reference.pmid else None
