"""The doors: HTTP, GraphQL and the command line. Thin; no domain logic."""
