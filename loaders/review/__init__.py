"""Decisions of reviewers on proposed claims: read from files, written to them, applied to claims."""
