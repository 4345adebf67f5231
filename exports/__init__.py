"""The graph as data files. Adding a format is one module and one row in `exports.formats`."""
