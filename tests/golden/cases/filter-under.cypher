OPTIONAL MATCH (g0:Release {id: 'graph'})
RETURN [CASE WHEN g0 IS NULL THEN null ELSE [g0.hash, g0.generation, toString(g0.builtAt)] END, COUNT {
MATCH (n1:CellType)
MATCH (n1)-[:IS_A*0..]->(n2:Entity)
WHERE n2:Entity AND n2.id = $p0 WITH DISTINCT n1
RETURN n1 }, COLLECT {
MATCH (n4:CellType)
MATCH (n4)-[:IS_A*0..]->(n5:Entity)
WHERE n5:Entity AND n5.id = $p1 WITH DISTINCT n4
WHERE n4.id IS NOT NULL WITH n4.id AS y7, n4
ORDER BY y7 LIMIT $p2
RETURN [y7, n4.name, COLLECT {
MATCH p8 = (n4)-[:IS_A*1..]->(n9) WITH n9, min(length(p8)) AS d10
RETURN [n9.id] AS z11
ORDER BY d10, n9.id }] AS z12
ORDER BY y7 }] AS value
