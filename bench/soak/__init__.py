"""A running service asked for minutes by many, while sources come and go: nothing wrong, lost or growing."""
