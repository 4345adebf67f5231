"""Run every measurement and print a table for each."""

from __future__ import annotations

from bench import start, views

for measurement in (start, views):
    measurement.main()
