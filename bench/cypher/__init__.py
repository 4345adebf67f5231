"""What the gate costs: the same statements straight to Neo4j's Query API and through this service."""
