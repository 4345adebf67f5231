"""The bulk path: files for the import tool of Neo4j, and a new store that takes the place of the old one."""

from graph.bulk.load import BulkReport, load_articles, load_bulk

__all__ = ["BulkReport", "load_articles", "load_bulk"]
