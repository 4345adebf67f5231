OPTIONAL MATCH (g0:Release {id: 'graph'})
RETURN [CASE WHEN g0 IS NULL THEN null ELSE [g0.hash, g0.generation, toString(g0.builtAt)] END, COLLECT {
CALL db.index.fulltext.queryNodes('entity_words', $p0, {limit: $p1}) YIELD node AS n1, score AS v2 WITH n1, v2 WITH -v2 AS y3, n1.id AS y4, n1, v2
ORDER BY y3, y4 LIMIT $p2
RETURN [[n1.id, n1.name]] AS z5
ORDER BY y3, y4 }, $p3] AS value
