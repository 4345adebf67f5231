OPTIONAL MATCH (g0:Release {id: 'graph'})
RETURN [CASE WHEN g0 IS NULL THEN null ELSE [g0.hash, g0.generation, toString(g0.builtAt)] END, COLLECT {
MATCH (c1:Claim)
MATCH (c1)-[:OBJECT]->(n2)
WHERE n2:Entity AND n2.id = $p0 WITH DISTINCT c1
WHERE c1.place IS NOT NULL AND c1.direction = $p1 AND c1.status = $p2 WITH c1.place AS y6, c1.id AS y7, c1
ORDER BY y6, y7 LIMIT $p3
OPTIONAL MATCH (c1)-[:SUBJECT]->(n8)
OPTIONAL MATCH (c1)-[:OBJECT]->(n9)
RETURN [y7, CASE WHEN n8 IS NULL THEN null ELSE [n8.id, n8.name] END, c1.predicate, CASE WHEN n9 IS NULL THEN null ELSE [n9.name] END, COLLECT {
MATCH (c1)-[:CONTEXT {role: 'disease'}]->(n10)
RETURN [n10.name] AS z11
ORDER BY n10.id }[0], COLLECT {
MATCH (c1)-[k12:CONTEXT]->(n13)
RETURN [k12.role, n13.id] AS z14
ORDER BY k12.role, n13.id }, c1.extent, COLLECT {
MATCH (c1)-[:VIA]->(n15)
RETURN [n15.id] AS z16
ORDER BY n15.id }, COLLECT {
MATCH (c1)-[:STATED_IN]->(s17)-[:PART_OF]->(t18)
RETURN [t18.title, s17.block, s17.sentence, COLLECT {
UNWIND range(0, size(s17.starts) - 1) AS i19 WITH i19
RETURN [s17.starts[i19], s17.ends[i19]] AS z20
ORDER BY i19 }, coalesce(s17.verified, false), COLLECT {
MATCH (t18)-[:PART_OF]->(a21)
RETURN [a21.id] AS z22 }[0]] AS z23
ORDER BY s17.id }, COLLECT {
MATCH (c1)-[k24:CITES]->(f25)
RETURN [f25.label, f25.status, coalesce(k24.concerns, []), f25.note, k24.note, COLLECT {
MATCH (f25)-[:RESOLVED_TO]->(b26)
RETURN [b26.title, b26.doi, b26.pmid] AS z27 }[0], COLLECT {
MATCH (f25)-[:MAY_BE]->(b28)
RETURN [b28.id] AS z29
ORDER BY b28.position }] AS z30
ORDER BY f25.marker, f25.label }] AS z31
ORDER BY y6, y7 }] AS value
