"""The read-only gate: which Cypher of others may run. `examine` reads the text, `judge` the plan.

What is not on a list is refused: the text is read before anything is sent, then Neo4j explains the statement
without running it, and the plan is read. Neither alone is enough. A plan does not show `USE`, nor what stands
in some subqueries; a text does not show what Neo4j makes of it.
"""

from graph.gate.text import explaining
from graph.gate.verdict import Explained, Gate, judge

__all__ = ["Explained", "Gate", "explaining", "judge"]
