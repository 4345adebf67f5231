OPTIONAL MATCH (g0:Release {id: 'graph'})
RETURN [CASE WHEN g0 IS NULL THEN null ELSE [g0.hash, g0.generation, toString(g0.builtAt)] END, COLLECT {
CALL db.index.fulltext.queryNodes('entity_words', $p0, {limit: $p1}) YIELD node AS n2, score AS v3 WITH n2, v3, CASE WHEN toLower(n2.name) = $p2 THEN 2000000.0 WHEN any(x1 IN coalesce(n2.synonyms, []) + coalesce(n2.asWritten, [])
WHERE toLower(x1) = $p2) THEN 1000000.0 ELSE 0.0 END AS q4 WITH -(v3 + q4) AS y5, n2.id AS y6, n2, v3, q4
ORDER BY y5, y6 LIMIT $p3
RETURN [y6, n2.name] AS z7
ORDER BY y5, y6 }, $p4] AS value
