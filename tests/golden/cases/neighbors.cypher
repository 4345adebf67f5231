OPTIONAL MATCH (g0:Release {id: 'graph'})
RETURN [CASE WHEN g0 IS NULL THEN null ELSE [g0.hash, g0.generation, toString(g0.builtAt)] END, COLLECT {
OPTIONAL MATCH (n1:Entity {id: $p0})
OPTIONAL MATCH (n2:Entity)-[:MAPPED_TO {match: 'EXACT'}]->(:Term {id: $p0}) WITH coalesce(n1, n2) AS n3
WHERE n3 IS NOT NULL
RETURN [COUNT {
MATCH (n3)<-[r4:DECREASES|INHIBITS]-(n5)
RETURN DISTINCT n5 }, COLLECT {
MATCH (n3)<-[r6:DECREASES|INHIBITS]-(n7) WITH n7, collect(r6) AS w9 WITH n7.id AS y8, n7, w9
ORDER BY y8 LIMIT $p1
RETURN [y8, y8, n7.name, [r10 IN w9 | [r10.id, type(r10), startNode(r10).id]]] AS z11
ORDER BY y8 }, $p2] AS z12
ORDER BY n3.id }[0]] AS value
