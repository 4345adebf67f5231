"""Measurements: ratios against a peer or a limit, taken in one run. `make bench` runs them all."""
