OPTIONAL MATCH (g0:Release {id: 'graph'})
RETURN [CASE WHEN g0 IS NULL THEN null ELSE [g0.hash, g0.generation, toString(g0.builtAt)] END, COUNT {
MATCH (n1:Disease) }, COLLECT {
MATCH (n2:Disease)
WHERE n2.name IS NOT NULL WITH n2.name AS y3, n2.id AS y4, n2
ORDER BY y3 DESC, y4 DESC LIMIT $p0
RETURN [y3, y4] AS z5
ORDER BY y3 DESC, y4 DESC }] AS value
