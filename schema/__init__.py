"""The one description of what may be in the graph: kinds, predicates, properties, records. Pure, no I/O."""
