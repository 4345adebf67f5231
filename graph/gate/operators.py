"""Operators of Neo4j's plans: those that only read, and those that are refused on purpose.

The names are those that a plan shows, without what stands in brackets; `tests/gate` holds both lists against
every name that this Neo4j can show.
"""

from __future__ import annotations

from typing import Final

_SCANS: Final = """
AllNodesScan NodeByLabelScan DynamicLabelNodeLookup UnionNodeByLabelsScan IntersectionNodeByLabelsScan
SubtractionNodeByLabelsScan NodeByIdSeek NodeByElementIdSeek
DirectedAllRelationshipsScan UndirectedAllRelationshipsScan DirectedRelationshipTypeScan
UndirectedRelationshipTypeScan DirectedUnionRelationshipTypesScan UndirectedUnionRelationshipTypesScan
DynamicDirectedRelationshipTypeLookup DynamicUndirectedRelationshipTypeLookup
DirectedRelationshipByIdSeek UndirectedRelationshipByIdSeek
DirectedRelationshipByElementIdSeek UndirectedRelationshipByElementIdSeek
NodeCountFromCountStore RelationshipCountFromCountStore
NodeFulltextIndexSearch DirectedRelationshipFulltextIndexSearch UndirectedRelationshipFulltextIndexSearch
NodeVectorIndexSearch DirectedRelationshipVectorIndexSearch UndirectedRelationshipVectorIndexSearch
MultiNodeIndexSeek
""".split()
_INDEXED: Final = [
    f"{what}{how}"
    for what in ("Node", "DirectedRelationship", "UndirectedRelationship")
    for how in (
        "IndexScan",
        "IndexContainsScan",
        "IndexEndsWithScan",
        "IndexSeek",
        "IndexSeekByRange",
        "UniqueIndexSeek",
        "UniqueIndexSeekByRange",
    )
]
_REST: Final = """
AntiConditionalApply AntiSemiApply Apply Argument ArgumentTracker CacheProperties CartesianProduct
ConditionalApply Distinct Eager EagerAggregation EmptyResult EmptyRow ExhaustiveLimit Expand Filter
LetAntiSemiApply LetSelectOrAntiSemiApply LetSelectOrSemiApply LetSemiApply Limit NodeHashJoin
NodeLeftOuterHashJoin NodeRightOuterHashJoin NonFuseable NullifyMetadata Optional OptionalExpand
OrderedAggregation OrderedDistinct OrderedUnion PartialSort PartialTop PathPropagatingBFS PreserveOrder
ProcedureCall ProduceResults ProjectEndpoints Projection Repeat BidirectionalRepeat RepeatOptions RollUpApply
SelectOrAntiSemiApply SelectOrSemiApply SemiApply ShortestPath Skip Sort StatefulShortestPath Top Top1WithTies
TriadicBuild TriadicFilter TriadicSelection Union Unwind ValueHashJoin ValueMergeJoin VarLengthExpand
""".split()

ALLOWED: Final = frozenset(
    [*_SCANS, *_INDEXED, *_REST] + [f"Partitioned{name}" for name in [*_SCANS, *_INDEXED, "Unwind"]]
)

REFUSED: Final = frozenset(
    """
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
    """.split()
)
