OPTIONAL MATCH (g0:Release {id: 'graph'})
RETURN [CASE WHEN g0 IS NULL THEN null ELSE [g0.hash, g0.generation, toString(g0.builtAt)] END, COLLECT {
OPTIONAL MATCH (n1:Entity {id: $p0})
OPTIONAL MATCH (n2:Entity)-[:MAPPED_TO {match: 'EXACT'}]->(:Term {id: $p0}) WITH coalesce(n1, n2) AS n3
WHERE n3 IS NOT NULL
RETURN [COUNT {
MATCH (n3)<-[:CONTEXT]-(c4)
WHERE c4.negated = $p1 AND c4.status = $p2
RETURN DISTINCT c4 }, COLLECT {
MATCH (n3)<-[:CONTEXT]-(c7)
WHERE c7.negated = $p3 AND c7.status = $p4 WITH DISTINCT c7 WITH c7.place AS y10, c7.id AS y11, c7
ORDER BY y10 DESC, y11 DESC LIMIT $p5
RETURN [c7.statement] AS z12
ORDER BY y10 DESC, y11 DESC }, COUNT {
MATCH (n3)-[m13:MENTIONED_IN]->(s14) }, COLLECT {
MATCH (n3)-[m15:MENTIONED_IN]->(s16)
WHERE s16.place IS NOT NULL WITH s16.place AS y17, s16.id AS y18, m15, s16
ORDER BY y17, y18 LIMIT $p6
RETURN [COLLECT {
UNWIND range(0, size(m15.starts) - 1) AS i19 WITH i19
RETURN [m15.starts[i19], m15.ends[i19]] AS z20
ORDER BY i19 }, COLLECT {
MATCH (s16)-[:PART_OF]->(t21)
RETURN [s16.block, s16.sentence] AS z22 }[0]] AS z23
ORDER BY y17, y18 }] AS z24
ORDER BY n3.id }[0]] AS value
