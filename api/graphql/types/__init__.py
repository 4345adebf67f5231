"""The GraphQL schema as Strawberry types: declarations only; nothing here reads the graph."""
