OPTIONAL MATCH (g0:Release {id: 'graph'})
RETURN [CASE WHEN g0 IS NULL THEN null ELSE [g0.hash, g0.generation, toString(g0.builtAt)] END, COLLECT {
MATCH (c1:Claim)
MATCH (c1)-[:OBJECT]->(n2)
WHERE n2:Entity AND n2.id = $p0 WITH DISTINCT c1
WHERE c1.place IS NOT NULL AND c1.status = $p1 WITH c1.place AS y5, c1.id AS y6, c1
ORDER BY y5, y6 LIMIT $p2
RETURN [y6, COLLECT {
MATCH (c1)-[:SUBJECT]->(s8), (c1)-[:OBJECT]->(e9)
MATCH (s8)<-[:SUBJECT]-(c7:Claim {status: 'CURATED'})-[:OBJECT]->(e9)
WHERE c7 <> c1 AND (c7.predicate = c1.predicate OR c7.direction = c1.direction) AND CASE WHEN c7.negated THEN -1 ELSE 1 END * CASE c7.direction WHEN 'DECREASED' THEN -1 ELSE 1 END = CASE WHEN c1.negated THEN -1 ELSE 1 END * CASE c1.direction WHEN 'DECREASED' THEN -1 ELSE 1 END WITH DISTINCT c7
RETURN [c7.id] AS z11
ORDER BY c7.place, c7.id }, COLLECT {
MATCH (c1)-[:SUBJECT]->(s13), (c1)-[:OBJECT]->(e14)
MATCH (s13)<-[:SUBJECT]-(c12:Claim {status: 'CURATED'})-[:OBJECT]->(e14)
WHERE c12 <> c1 AND (c12.predicate = c1.predicate OR c12.direction IS NOT NULL AND c1.direction IS NOT NULL) AND CASE WHEN c12.negated THEN -1 ELSE 1 END * CASE c12.direction WHEN 'DECREASED' THEN -1 ELSE 1 END <> CASE WHEN c1.negated THEN -1 ELSE 1 END * CASE c1.direction WHEN 'DECREASED' THEN -1 ELSE 1 END WITH DISTINCT c12
RETURN [c12.id] AS z16
ORDER BY c12.place, c12.id }, COLLECT {
MATCH (c1)-[:VIA]->(v20)
MATCH (c1)-[:SUBJECT]->(s18), (c1)-[:OBJECT]->(e19)
MATCH (v20)<-[:SUBJECT|OBJECT]-(c17:Claim {status: 'CURATED'})
WHERE c17 <> c1 AND (EXISTS { (s18)<-[:SUBJECT]-(c17)-[:OBJECT]->(v20) } OR EXISTS { (v20)<-[:SUBJECT]-(c17)-[:OBJECT]->(e19) }) WITH DISTINCT c17
RETURN [c17.id] AS z21
ORDER BY c17.place, c17.id }] AS z22
ORDER BY y5, y6 }] AS value
