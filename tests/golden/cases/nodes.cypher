OPTIONAL MATCH (g0:Release {id: 'graph'})
RETURN [CASE WHEN g0 IS NULL THEN null ELSE [g0.hash, g0.generation, toString(g0.builtAt)] END, COLLECT {
UNWIND range(0, size($p0) - 1) AS i1 WITH i1, $p0[i1] AS x2
RETURN [COLLECT {
MATCH (n3:Entity {id: x2})
RETURN [n3.id, n3.name, n3.maxDiameterNm, n3.kind] AS z4 }[0], COLLECT {
MATCH (c5:Claim {id: x2})
RETURN [c5.id, c5.statement] AS z6 }[0], COLLECT {
MATCH (b7:Reference {id: x2})
RETURN [b7.id] AS z8 }[0], COLLECT {
MATCH (f9:Citation {id: x2})
RETURN [f9.id, f9.marker] AS z10 }[0], COLLECT {
MATCH (a11:Article {id: x2})
RETURN [a11.id] AS z12 }[0]] AS z13
ORDER BY i1 }] AS value
