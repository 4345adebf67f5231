OPTIONAL MATCH (g0:Release {id: 'graph'})
RETURN [CASE WHEN g0 IS NULL THEN null ELSE [g0.hash, g0.generation, toString(g0.builtAt)] END, COLLECT {
MATCH (n1:Entity)
WHERE n1.id IS NOT NULL AND (n1:EvSubtype OR n1:Cytokine) WITH n1.id AS y2, n1
ORDER BY y2 LIMIT $p0
RETURN [y2, n1.name, n1.maxDiameterNm, n1.kind] AS z3
ORDER BY y2 }] AS value
