"""How fast many articles are read."""
