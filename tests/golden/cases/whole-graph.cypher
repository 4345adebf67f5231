OPTIONAL MATCH (g0:Release {id: 'graph'})
RETURN [CASE WHEN g0 IS NULL THEN null ELSE [g0.hash, g0.generation, toString(g0.builtAt)] END, COLLECT {
MATCH (n4:Entity)
WHERE EXISTS { (n4)-[:DECREASES]-() } WITH n4, 1 AS d3 WITH n4
ORDER BY d3, n4.id LIMIT $p0 + 1 WITH collect(n4) AS e5 WITH e5[..$p0] AS w6, size(e5) > $p0 AS q7
RETURN [q7, COLLECT {
UNWIND range(0, size(w6) - 1) AS i8 WITH i8, w6[i8] AS n9
RETURN [n9.id] AS z10
ORDER BY i8 }, COLLECT {
UNWIND w6 AS u11
MATCH (u11)-[r12:DECREASES]->(o13)
WHERE o13 IN w6 WITH u11, r12, o13
RETURN [r12.id] AS z14
ORDER BY r12.id }] AS z15 }[0]] AS value
