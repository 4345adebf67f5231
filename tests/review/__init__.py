"""Review of proposed claims: files, application to a graph, HTTP, the page."""
