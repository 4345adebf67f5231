"""How fast text is tagged and mined."""
