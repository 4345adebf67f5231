"""What names are in a text, and how well they were found."""
