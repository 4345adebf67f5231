"""Graphs in KGX, the exchange format of Biolink: a file of nodes and one of edges become records."""
