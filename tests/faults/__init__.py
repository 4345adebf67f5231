"""Faults, injected for real: each row of docs/reliability.md is a test here, with its figure printed."""
