"""Review of proposed claims: decisions on a local page, kept in files, applied to the graph at once."""
