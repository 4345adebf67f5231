"""Golden files: for each feature a query, the statement it becomes, its parameters and its answer."""
