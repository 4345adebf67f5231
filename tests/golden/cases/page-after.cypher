OPTIONAL MATCH (g0:Release {id: 'graph'})
RETURN [CASE WHEN g0 IS NULL THEN null ELSE [g0.hash, g0.generation, toString(g0.builtAt)] END, COLLECT {
MATCH (n1:Cytokine)
WHERE n1.id > $p0 WITH n1.id AS y2, n1
ORDER BY y2 LIMIT $p1
RETURN [y2] AS z3
ORDER BY y2 }, $p2] AS value
