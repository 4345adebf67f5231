"""Read-only Cypher over HTTP: Neo4j's Query API v2 behind the gate of graph/gate."""
