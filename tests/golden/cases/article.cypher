OPTIONAL MATCH (g0:Release {id: 'graph'})
RETURN [CASE WHEN g0 IS NULL THEN null ELSE [g0.hash, g0.generation, toString(g0.builtAt)] END, COLLECT {
MATCH (a1:Article {id: $p0})
RETURN [a1.id, a1.title, COLLECT {
MATCH (t2:Section)-[:PART_OF]->(a1)
RETURN [t2.title, t2.level, t2.block] AS z3
ORDER BY t2.block }, COUNT {
MATCH (a1)-[:LISTS]->(b4) }, COLLECT {
MATCH (a1)-[:LISTS]->(b5)
WHERE b5.position IS NOT NULL WITH b5.position AS y6, b5.id AS y7, b5
ORDER BY y6, y7 LIMIT $p1
RETURN [y6] AS z8
ORDER BY y6, y7 }, coalesce(a1.sha256, '')] AS z9 }[0], COLLECT {
MATCH (a10:Article)
RETURN [a10.id] AS z11
ORDER BY a10.id }, COLLECT {
MATCH (f12:Citation {marker: $p2})-[:IN]->(:Article {id: $p3})
RETURN [f12.label, f12.status, COLLECT {
MATCH (:Claim)-[k13:CITES]->(f12)
UNWIND k13.concerns AS x14
RETURN DISTINCT x14
ORDER BY x14 }, f12.note, null, COLLECT {
MATCH (f12)-[:RESOLVED_TO]->(b15)
RETURN [b15.position] AS z16 }[0]] AS z17
ORDER BY f12.id }[0]] AS value
