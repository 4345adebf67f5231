"""How fast big graphs load."""
