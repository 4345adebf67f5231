"""The door for language models and agents: the graph's questions as tools of the Model Context Protocol."""
