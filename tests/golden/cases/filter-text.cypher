OPTIONAL MATCH (g0:Release {id: 'graph'})
RETURN [CASE WHEN g0 IS NULL THEN null ELSE [g0.hash, g0.generation, toString(g0.builtAt)] END, COLLECT {
CALL db.index.fulltext.queryNodes('entity_words', $p0) YIELD node AS n1 WITH n1
WHERE n1:Entity WITH n1
WHERE n1.id IS NOT NULL AND toLower(n1.name) STARTS WITH toLower($p1) AND toLower(n1.name) CONTAINS toLower($p2) WITH n1.id AS y4, n1
ORDER BY y4 LIMIT $p3
RETURN [n1.name] AS z5
ORDER BY y4 }, COUNT {
CALL db.index.fulltext.queryNodes('entity_words', $p4) YIELD node AS n6 WITH n6
WHERE n6:Entity WITH n6
WHERE ($p6 OR all(x9 IN $p5
WHERE toLower(reduce(x8 = n6.name + '\n' + coalesce(n6.description, ''), x7 IN coalesce(n6.synonyms, []) + coalesce(n6.asWritten, []) | x8 + '\n' + x7)) CONTAINS x9))
RETURN n6 }, COUNT {
MATCH (n10:Entity)
WHERE n10.id STARTS WITH $p7 }, COLLECT {
MATCH (n12:Entity)
WHERE n12.id IS NOT NULL AND n12.id STARTS WITH $p8 WITH n12.id AS y14, n12
ORDER BY y14 LIMIT $p9
RETURN [y14] AS z15
ORDER BY y14 }] AS value
