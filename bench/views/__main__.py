"""Run every measurement of the pictures."""

from __future__ import annotations

from bench.views import drawn, files, layout

for measurement in (files, layout, drawn):
    measurement.main()
