OPTIONAL MATCH (g0:Release {id: 'graph'})
RETURN [CASE WHEN g0 IS NULL THEN null ELSE [g0.hash, g0.generation, toString(g0.builtAt)] END, COUNT {
MATCH (u1)-[r2:ACCUMULATES_IN]->(o3)
WHERE u1:Entity AND u1.id = $p0 }, COLLECT {
MATCH (u5)-[r6:ACCUMULATES_IN]->(o7)
WHERE r6.id IS NOT NULL AND u5:Entity AND u5.id = $p1 WITH r6.id AS y9, u5, r6, o7
ORDER BY y9 LIMIT $p2
RETURN [y9, o7.name, r6.direction, coalesce(r6.sources, []), coalesce(r6.publications, []), COLLECT {
UNWIND r6.claimIds AS i10
MATCH (c11:Claim {id: i10})
RETURN [c11.statement] AS z12
ORDER BY c11.place, c11.id }] AS z13
ORDER BY y9 }] AS value
