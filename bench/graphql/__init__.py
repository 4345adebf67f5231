"""GraphQL over one Neo4j: this service beside the peers that a team would pick instead.

`python -m bench.graphql` starts the store, makes the data, starts every server, checks that all give the
same rows, drives them in turn and prints medians, throughput and ratios.
"""
