"""The soak finds what it looks for."""
