OPTIONAL MATCH (g0:Release {id: 'graph'})
RETURN [CASE WHEN g0 IS NULL THEN null ELSE [g0.hash, g0.generation, toString(g0.builtAt)] END, COLLECT {
UNWIND range(0, size($p0) - 1) AS i6 WITH i6, $p0[i6] AS x5
CALL (i6, x5) {
MATCH (n1:Entity {id: x5})
RETURN n1
UNION
MATCH (n1:Entity)-[:MAPPED_TO {match: 'EXACT'}]->(:Term {id: x5})
RETURN n1
UNION
CALL db.index.fulltext.queryNodes('entity_words', $p1[i6]) YIELD node AS n1 WITH n1
WHERE any(x2 IN [n1.name] + coalesce(n1.synonyms, []) + coalesce(n1.asWritten, [])
WHERE toLower(x2) = toLower(x5))
RETURN n1
UNION
UNWIND [null] AS n1
RETURN n1 } WITH i6, x5, n1
ORDER BY i6, CASE WHEN n1.id = x5 THEN 0 WHEN toLower(n1.name) = toLower(x5) THEN 1 ELSE 2 END, n1.id WITH i6, x5, collect(n1) AS w7 WITH i6, x5, w7, [x3 IN w7
WHERE x3.id = x5 OR x3.name = x5] AS e4 WITH i6, x5, CASE WHEN size(e4) = 1 THEN e4 ELSE w7 END AS w7
RETURN [x5, COLLECT {
UNWIND CASE WHEN size(w7) = 1 THEN w7 ELSE [] END AS n8 WITH n8
RETURN [n8.id, n8.name] AS z9 }[0], CASE size(w7) WHEN 1 THEN null WHEN 0 THEN 'names no entity' ELSE 'names ' + toString(size(w7)) + ' entities: ' + reduce(x11 = w7[0].id, i10 IN range(1, CASE WHEN size(w7) < 5 THEN size(w7) ELSE 5 END - 1) | x11 + ', ' + w7[i10].id) END] AS z12
ORDER BY i6 }] AS value
