"""Procedures and functions that only read the graph; what Neo4j has beside them is refused on purpose."""

from __future__ import annotations

from typing import Final

PROCEDURES: Final = frozenset({
    # what the graph holds
    "db.labels", "db.relationshipTypes", "db.propertyKeys",
    "db.schema.visualization", "db.schema.nodeTypeProperties", "db.schema.relTypeProperties",
    # search
    "db.index.fulltext.queryNodes", "db.index.fulltext.queryRelationships",
    "db.index.fulltext.listAvailableAnalyzers",
    "db.index.vector.queryNodes", "db.index.vector.queryRelationships",
    # what clients ask when they connect
    "db.ping",
})  # fmt: skip

FUNCTIONS: Final = frozenset({
    # predicates and paths
    "all", "allReduce", "any", "exists", "isEmpty", "none", "single", "allShortestPaths", "shortestPath",
    # one value
    "char_length", "character_length", "coalesce", "elementId", "endNode", "head", "id", "last", "length",
    "nullIf", "properties", "randomUUID", "size", "startNode", "timestamp", "toBoolean", "toBooleanOrNull",
    "toFloat", "toFloatOrNull", "toInteger", "toIntegerOrNull", "type", "valueType",
    # aggregates
    "avg", "collect", "count", "max", "min", "percentileCont", "percentileDisc", "stDev", "stDevP", "sum",
    "collect_list", "percentile_cont", "percentile_disc", "stdev_samp", "stdev_pop",
    # lists
    "keys", "labels", "nodes", "range", "reduce", "relationships", "reverse", "tail", "toBooleanList",
    "toFloatList", "toIntegerList", "toStringList", "cardinality", "path_length", "elements",
    "coll.distinct", "coll.flatten", "coll.indexOf", "coll.insert", "coll.max", "coll.min", "coll.remove",
    "coll.sort",
    # numbers
    "abs", "ceil", "ceiling", "floor", "isNaN", "rand", "round", "sign", "e", "exp", "ln", "log", "log10",
    "mod", "power", "sqrt", "acos", "asin", "atan", "atan2", "cos", "cosh", "cot", "coth", "degrees",
    "haversin", "pi", "radians", "sin", "sinh", "tan", "tanh",
    # strings
    "btrim", "left", "lower", "ltrim", "normalize", "replace", "right", "rtrim", "split", "substring",
    "toLower", "toString", "toStringOrNull", "toUpper", "trim", "upper", "string.indexOf", "string.join",
    "property_exists", "uuid",
    "uuid.leastSignificantBits", "uuid.mostSignificantBits", "string.distance.levenshtein",
    "string.similarity.jaroWinkler",
    # time
    *(
        f"{kind}{form}"
        for kind in ("date", "datetime", "localdatetime", "localtime", "time")
        for form in ("", ".realtime", ".statement", ".transaction", ".truncate")
    ),
    "datetime.fromepoch", "datetime.fromepochmillis", "duration", "duration.between", "duration.inDays",
    "duration.inMonths", "duration.inSeconds", "date.format", "format", "duration_between", "zoned_datetime",
    "zoned_time", "local_datetime", "local_time", "current_date", "current_time", "current_timestamp",
    # points and vectors
    "point", "point.distance", "point.withinBBox", "vector", "vector.similarity.cosine",
    "vector.similarity.euclidean", "vector_dimension_count", "vector_distance", "vector_norm", "toVector",
})  # fmt: skip

# Built-in, and refused: they match patterns that can go on for ever, name files or other graphs, change or
# await what others rely on, or tell of the server and of others who use it.
REFUSED_FUNCTIONS: Final = frozenset({
    "file", "linenumber", "graph.byElementId", "graph.byName", "graph.names", "graph.propertiesByName",
    "db.nameFromElementId", "string.regexReplace",
})  # fmt: skip
REFUSED_PROCEDURES: Final = frozenset({
    "db.awaitIndex", "db.awaitIndexes", "db.clearQueryCaches", "db.create.setNodeVectorProperty",
    "db.create.setRelationshipVectorProperty", "db.create.setVectorProperty", "db.createLabel",
    "db.createProperty", "db.createRelationshipType",
    "db.index.fulltext.awaitEventuallyConsistentIndexRefresh", "db.index.vector.createNodeIndex", "db.info",
    "db.prepareForReplanning", "db.resampleIndex", "db.resampleOutdatedIndexes", "db.stats.clear",
    "db.stats.collect", "db.stats.retrieve", "db.stats.retrieveAllAnonymized", "db.stats.status",
    "db.stats.stop", "dbms.cluster.routing.getRoutingTable", "dbms.components", "dbms.info",
    "dbms.killConnection", "dbms.killConnections", "dbms.listCapabilities", "dbms.listConfig",
    "dbms.listConnections",
    "dbms.queryJmx", "dbms.routing.getRoutingTable", "dbms.showCurrentUser", "dbms.upgrade",
    "dbms.upgradeStatus", "tx.getMetaData", "tx.setMetaData",
})  # fmt: skip

# words of the language that a bracket may follow
_words = str.split
WORDS: Final = frozenset(
    _words("""
    ACYCLIC ALL AND ANY ANALYZER AS ASC ASCENDING BY CALL CASE COLLECT CONTAINS COUNT DESC DESCENDING
    DIFFERENT DISTINCT ELEMENTS ELSE END ENDS EXISTS FILTER FOR GROUPS IN IS LIMIT MATCH NEXT NOT OFFSET ON
    OPTIONAL OR ORDER PATH PATHS RELATIONSHIPS REPEATABLE RETURN SCORE SEARCH SHORTEST SKIP STARTS THEN TRAIL
    TYPED UNION UNWIND WALK WHEN WHERE WITH XOR YIELD
    """)
    # these write: the plan tells, and then the error is the one that Neo4j gives
    + _words("CREATE DELETE FOREACH INSERT MERGE REMOVE SET")
)

_PROCEDURES: Final = frozenset(name.lower() for name in PROCEDURES)
_FUNCTIONS: Final = frozenset(name.lower() for name in FUNCTIONS)


def is_procedure(name: str) -> bool:
    """Say whether a procedure may be called."""
    return name.isascii() and name.lower() in _PROCEDURES


def is_function(name: str) -> bool:
    """Say whether a function may be called."""
    return name.isascii() and name.lower() in _FUNCTIONS
