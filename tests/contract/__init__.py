"""The GraphQL contract: what is promised to clients, and what checks that the promise is kept."""
