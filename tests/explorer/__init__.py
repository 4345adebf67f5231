"""Tests of the explorer, as HTTP and in a browser."""
