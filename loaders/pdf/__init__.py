"""Articles in PDF that carry their text."""
