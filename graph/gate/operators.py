"""Operators of Neo4j's plans: those that only read, and those that are refused on purpose.

The names are those that a plan shows, without what stands in brackets; `tests/gate` holds both lists against
every name that this Neo4j can show.
"""

from __future__ import annotations

from typing import Final

_words = str.split

_SCANS: Final = _words("""
NodeByIdSeek NodeByElementIdSeek DynamicLabelNodeLookup
DynamicDirectedRelationshipTypeLookup DynamicUndirectedRelationshipTypeLookup
DirectedRelationshipByIdSeek UndirectedRelationshipByIdSeek
DirectedRelationshipByElementIdSeek UndirectedRelationshipByElementIdSeek
NodeCountFromCountStore RelationshipCountFromCountStore
NodeFulltextIndexSearch DirectedRelationshipFulltextIndexSearch UndirectedRelationshipFulltextIndexSearch
NodeVectorIndexSearch DirectedRelationshipVectorIndexSearch UndirectedRelationshipVectorIndexSearch
MultiNodeIndexSeek
""")
_ENTITIES: Final = ("Node", "DirectedRelationship", "UndirectedRelationship")
_SEEKS: Final = [
    f"{what}{how}{by}"
    for what in _ENTITIES
    for how in ("IndexSeek", "UniqueIndexSeek")
    for by in ("", "ByRange")
]
_INDEX_SCANS: Final = [f"{what}Index{how}Scan" for what in _ENTITIES for how in ("", "Contains", "EndsWith")]
# of these there are forms for several threads, which only read too
_PARTED: Final = _words("""
AllNodesScan NodeByLabelScan UnionNodeByLabelsScan IntersectionNodeByLabelsScan SubtractionNodeByLabelsScan
DirectedAllRelationshipsScan UndirectedAllRelationshipsScan
DirectedRelationshipTypeScan UndirectedRelationshipTypeScan
DirectedUnionRelationshipTypesScan UndirectedUnionRelationshipTypesScan
NodeIndexScan DirectedRelationshipIndexScan UndirectedRelationshipIndexScan
NodeIndexSeek DirectedRelationshipIndexSeek UndirectedRelationshipIndexSeek
NodeIndexSeekByRange DirectedRelationshipIndexSeekByRange UndirectedRelationshipIndexSeekByRange
Unwind
""")
_REST: Final = _words("""
AntiConditionalApply AntiSemiApply Apply Argument ArgumentTracker CacheProperties CartesianProduct
ConditionalApply Distinct Eager EagerAggregation EmptyResult EmptyRow ExhaustiveLimit Expand Filter
LetAntiSemiApply LetSelectOrAntiSemiApply LetSelectOrSemiApply LetSemiApply Limit NodeHashJoin
NodeLeftOuterHashJoin NodeRightOuterHashJoin NonFuseable NullifyMetadata Optional OptionalExpand
OrderedAggregation OrderedDistinct OrderedUnion PartialSort PartialTop PathPropagatingBFS PreserveOrder
ProcedureCall ProduceResults ProjectEndpoints Projection Repeat BidirectionalRepeat RepeatOptions RollUpApply
SelectOrAntiSemiApply SelectOrSemiApply SemiApply ShortestPath Skip Sort StatefulShortestPath Top Top1WithTies
TriadicBuild TriadicFilter TriadicSelection Union ValueHashJoin ValueMergeJoin VarLengthExpand
""")

ALLOWED: Final = frozenset(
    [*_SCANS, *_SEEKS, *_INDEX_SCANS, *_PARTED, *(f"Partitioned{name}" for name in _PARTED), *_REST]
)

REFUSED: Final = frozenset(
    _words("""
    AdministrationCommand
    AlterCurrentGraphTypeAdd AlterCurrentGraphTypeAlter AlterCurrentGraphTypeDrop AlterCurrentGraphTypeSet
    AssertSameNode AssertSameRelationship AssertingMultiNodeIndexSeek AssertingMultiRelationshipIndexSeek
    Create CreateConstraint CreateIndex Delete DetachDelete DoNothingIfExists DropConstraint DropIndex
    Error External Foreach Input LoadCSV LockNodes LockingMerge Merge MergeInto MergeUniqueNode
    RemoteBatchProperties RemoteBatchPropertiesWithFilter RemoveLabels RunQueryAt
    SetDynamicProperty SetLabels SetNodePropertiesFromMap SetProperties SetPropertiesFromMap SetProperty
    SetRelationshipPropertiesFromMap
    ShowConstraints ShowCurrentGraphType ShowDatabases ShowFunctions ShowIndexes ShowProcedures ShowSettings
    ShowTransactions SimulatedExpand SimulatedFilter SimulatedNodeScan TerminateTransactions
    TransactionApply TransactionForeach
    """)
    + [f"Remote{name}" for name in (*_SEEKS, *_INDEX_SCANS)]
)
