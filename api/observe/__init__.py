"""What the service tells of itself: ids of requests, logs, metrics; and how it ends."""
