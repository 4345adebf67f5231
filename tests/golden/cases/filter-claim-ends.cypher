OPTIONAL MATCH (g0:Release {id: 'graph'})
RETURN [CASE WHEN g0 IS NULL THEN null ELSE [g0.hash, g0.generation, toString(g0.builtAt)] END, COLLECT {
MATCH (c1:Claim)
MATCH (c1)-[:SUBJECT]->(n2)
WHERE n2:Entity AND n2.id = $p0 WITH DISTINCT c1
WHERE c1.place IS NOT NULL AND EXISTS {
MATCH (c1)-[:OBJECT]->(n4)
WHERE n4.id = $p1 } AND c1.status = $p2 WITH c1.place AS y7, c1.id AS y8, c1
ORDER BY y7, y8 LIMIT $p3
RETURN [c1.statement] AS z9
ORDER BY y7, y8 }, COUNT {
MATCH (c10:Claim)
MATCH (c10)-[:OBJECT]->(n12)
MATCH (n12)-[:IS_A*0..]->(n13:Entity)
WHERE n13:Entity AND n13.id = $p4 WITH DISTINCT c10
WHERE EXISTS {
MATCH (c10)-[:SUBJECT]->(n15)
WHERE n15:EvPreparation } AND c10.status = $p5
RETURN c10 }, COUNT {
MATCH (c17:Claim)
MATCH (c17)-[:VIA]->(n18)
WHERE n18:Entity AND n18.id = $p6 WITH DISTINCT c17
WHERE c17.status = $p7
RETURN c17 }, COUNT {
MATCH (c21:Claim)
MATCH (c21)-[k22:CONTEXT]->(n23)
WHERE n23:Entity AND n23.id IN $p8 WITH DISTINCT c21
WHERE c21.status = $p9
RETURN c21 }, COUNT {
MATCH (c26:Claim)
MATCH (c26)-[:CONTEXT {role: 'disease'}]->(n27)
WHERE n27:Entity AND n27.id = $p10 WITH DISTINCT c26
WHERE c26.status = $p11
RETURN c26 }] AS value
