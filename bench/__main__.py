"""Run every measurement and print a table for each."""

from __future__ import annotations

from bench import start
from bench.views import files, layout

for measurement in (start, files, layout):
    measurement.main()
