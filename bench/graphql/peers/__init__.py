"""The peers: programs of their own that read the same store."""
