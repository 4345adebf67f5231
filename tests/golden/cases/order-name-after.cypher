OPTIONAL MATCH (g0:Release {id: 'graph'})
RETURN [CASE WHEN g0 IS NULL THEN null ELSE [g0.hash, g0.generation, toString(g0.builtAt)] END, COLLECT {
MATCH (n1:Disease)
WHERE n1.name >= $p0 AND (n1.name > $p0 OR n1.id > $p1) WITH n1.name AS y2, n1.id AS y3, n1
ORDER BY y2, y3 LIMIT $p2
RETURN [y2] AS z4
ORDER BY y2, y3 }] AS value
