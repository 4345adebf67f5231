OPTIONAL MATCH (g0:Release {id: 'graph'})
RETURN [CASE WHEN g0 IS NULL THEN null ELSE [g0.hash, g0.generation, toString(g0.builtAt)] END, COUNT {
MATCH (c1:Claim)
WHERE (c1.predicate IN $p0 OR c1.direction = $p1) AND NOT coalesce(c1.certainty = $p2, false) AND c1.negated = $p3 AND c1.status = $p4 }, COLLECT {
MATCH (c7:Claim)
WHERE c7.place IS NOT NULL AND (c7.predicate IN $p5 OR c7.direction = $p6) AND NOT coalesce(c7.certainty = $p7, false) AND c7.negated = $p8 AND c7.status = $p9 WITH c7.place AS y13, c7.id AS y14, c7
ORDER BY y13, y14 LIMIT $p10
RETURN [y14] AS z15
ORDER BY y13, y14 }] AS value
