OPTIONAL MATCH (g0:Release {id: 'graph'})
RETURN [CASE WHEN g0 IS NULL THEN null ELSE [g0.hash, g0.generation, toString(g0.builtAt)] END, COLLECT {
UNWIND range(0, size($p0) - 1) AS i9 WITH i9, $p0[i9] AS x4
CALL (i9, x4) {
MATCH (n1:Entity {id: x4})
RETURN n1
UNION
MATCH (n1:Entity)-[:MAPPED_TO {match: 'EXACT'}]->(:Term {id: x4})
RETURN n1
UNION
CALL db.index.fulltext.queryNodes('entity_words', $p1[i9]) YIELD node AS n1 WITH n1
WHERE any(x2 IN [n1.name] + coalesce(n1.synonyms, []) + coalesce(n1.asWritten, [])
WHERE toLower(x2) = toLower(x4))
RETURN n1
UNION
UNWIND [null] AS n1
RETURN n1 } WITH i9, x4, n1
ORDER BY i9, CASE WHEN n1.id = x4 THEN 0 WHEN toLower(n1.name) = toLower(x4) THEN 1 ELSE 2 END, n1.id WITH i9, x4, collect(n1) AS w6 WITH i9, x4, w6, [x3 IN w6
WHERE x3.id = x4] AS e5, [x3 IN w6
WHERE x4 IN coalesce(x3.asWritten, [])] AS e7, [x3 IN w6
WHERE x3.name = x4] AS e8 WITH i9, x4, CASE WHEN size(e5) = 1 THEN e5 WHEN size(e7) = 1 THEN e7 WHEN size(e8) = 1 THEN e8 ELSE w6 END AS w6
RETURN [x4, COLLECT {
UNWIND CASE WHEN size(w6) = 1 THEN w6 ELSE [] END AS n10 WITH n10
RETURN [n10.id, n10.name] AS z11 }[0], CASE size(w6) WHEN 1 THEN null WHEN 0 THEN 'names no entity' ELSE 'names ' + toString(size(w6)) + ' entities: ' + reduce(x13 = w6[0].id, i12 IN range(1, CASE WHEN size(w6) < 5 THEN size(w6) ELSE 5 END - 1) | x13 + ', ' + w6[i12].id) END] AS z14
ORDER BY i9 }] AS value
