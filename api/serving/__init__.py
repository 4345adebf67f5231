"""Running the service: in this process, or in several workers below it."""
