OPTIONAL MATCH (g0:Release {id: 'graph'})
RETURN [CASE WHEN g0 IS NULL THEN null ELSE [g0.hash, g0.generation, toString(g0.builtAt)] END, COUNT {
MATCH (c1:Claim)
MATCH (c1)-[k2:CITES]->(f3)
WHERE f3:Citation AND f3.marker = $p0 WITH DISTINCT c1
WHERE EXISTS {
MATCH (c1)-[k5:CITES]->(f6)
WHERE f6.marker = $p1 } AND c1.status = $p2
RETURN c1 }, COUNT {
MATCH (c9:Claim)
MATCH (c9)-[k10:CITES]->(f11)
MATCH (f11)-[:RESOLVED_TO]->(b12)
WHERE b12:Reference AND b12.doi = $p3 WITH DISTINCT c9
WHERE c9.status = $p4
RETURN c9 }, COUNT {
MATCH (c15:Claim)
MATCH (c15)-[k16:CITES]->(f17)
MATCH (f17)-[:RESOLVED_TO]->(b18)
WHERE b18:Reference AND b18.pmid IN $p5 WITH DISTINCT c15
WHERE c15.status = $p6
RETURN c15 }, COUNT {
MATCH (c21:Claim)
WHERE EXISTS {
MATCH (c21)-[k24:CITES]->(f25)
WHERE any(x26 IN coalesce(k24.concerns, [])
WHERE x26 = $p7) } AND c21.status = $p8 }, COUNT {
MATCH (c29:Claim)
WHERE c29.cited = $p9 AND c29.status = $p10 }, COUNT {
MATCH (c32:Claim)
WHERE EXISTS {
MATCH (c32)-[:STATED_IN]->(s35)-[:PART_OF]->(t36)
WHERE coalesce(s35.verified, false) = $p11 } AND c32.status = $p12 }, COUNT {
MATCH (c39:Claim)
WHERE EXISTS {
MATCH (c39)-[:STATED_IN]->(s42)-[:PART_OF]->(t43)
WHERE toLower(t43.title) STARTS WITH toLower($p13) } AND c39.status = $p14 }] AS value
