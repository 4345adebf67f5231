OPTIONAL MATCH (g0:Release {id: 'graph'})
RETURN [CASE WHEN g0 IS NULL THEN null ELSE [g0.hash, g0.generation, toString(g0.builtAt)] END, COLLECT {
MATCH (n1:EvSubtype)
WHERE n1.id IS NOT NULL AND n1.minDiameterNm IS NOT NULL AND n1.maxDiameterNm IS NOT NULL AND n1.minDiameterNm <= $p0 AND n1.maxDiameterNm >= $p1 WITH n1.id AS y6, n1
ORDER BY y6 LIMIT $p2
RETURN [n1.name] AS z7
ORDER BY y6 }, COLLECT {
MATCH (n8:EvSubtype)
WHERE n8.id IS NOT NULL AND n8.minDiameterNm IS NOT NULL AND n8.maxDiameterNm IS NOT NULL AND n8.maxDiameterNm >= $p3 WITH n8.id AS y12, n8
ORDER BY y12 LIMIT $p4
RETURN [n8.name] AS z13
ORDER BY y12 }, COLLECT {
MATCH (n14:EvSubtype)
WHERE n14.id IS NOT NULL AND n14.minDiameterNm IS NOT NULL AND n14.maxDiameterNm IS NOT NULL AND n14.maxDiameterNm <= $p5 AND any(x18 IN coalesce(n14.operationalClasses, [])
WHERE x18 = $p6) WITH n14.id AS y20, n14
ORDER BY y20 LIMIT $p7
RETURN [n14.name, n14.minDiameterNm, n14.maxDiameterNm, coalesce(n14.operationalClasses, [])] AS z21
ORDER BY y20 }] AS value
