"""Clients as a tool builder would write them, over queries that are stored as files."""
