"""The read-only gate: text, plan, lists."""
