OPTIONAL MATCH (g0:Release {id: 'graph'})
RETURN [CASE WHEN g0 IS NULL THEN null ELSE [g0.hash, g0.generation, toString(g0.builtAt)] END, COLLECT {
OPTIONAL MATCH (n1:Entity {id: $p0})
OPTIONAL MATCH (n2:Entity)-[:MAPPED_TO {match: 'EXACT'}]->(:Term {id: $p0}) WITH coalesce(n1, n2) AS n3
WHERE n3 IS NOT NULL
RETURN [n3.id, n3.name, n3.kind, coalesce(n3.synonyms, []), COLLECT {
MATCH (n3)-[m4:MAPPED_TO]->(t5)
RETURN [t5.id, m4.match] AS z6
ORDER BY t5.id }] AS z7
ORDER BY n3.id }[0]] AS value
