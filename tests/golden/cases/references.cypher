OPTIONAL MATCH (g0:Release {id: 'graph'})
RETURN [CASE WHEN g0 IS NULL THEN null ELSE [g0.hash, g0.generation, toString(g0.builtAt)] END, COUNT {
MATCH (b1:Reference)
WHERE b1.year >= $p0 AND EXISTS {
MATCH (b1)<-[:RESOLVED_TO]-()<-[:CITES]-(c3)
WHERE (c3.cited = $p1 AND c3.status = $p2) } }, COLLECT {
MATCH (b6:Reference)
WHERE b6.position IS NOT NULL AND b6.year >= $p3 AND EXISTS {
MATCH (b6)<-[:RESOLVED_TO]-()<-[:CITES]-(c8)
WHERE (c8.cited = $p4 AND c8.status = $p5) } WITH b6.position AS y11, b6.id AS y12, b6
ORDER BY y11, y12 LIMIT $p6
RETURN [y11, b6.title, b6.doi, b6.pmid, coalesce(b6.authors, []), COUNT {
MATCH (b6)<-[:RESOLVED_TO]-()<-[:CITES]-(c13)
WHERE c13.status = $p7
RETURN DISTINCT c13 }, COLLECT {
MATCH (b6)<-[:RESOLVED_TO]-()<-[:CITES]-(c15)
WHERE c15.status = $p8 WITH DISTINCT c15 WITH c15.place AS y17, c15.id AS y18, c15
ORDER BY y17, y18 LIMIT $p9
RETURN [y18] AS z19
ORDER BY y17, y18 }] AS z20
ORDER BY y11, y12 }] AS value
