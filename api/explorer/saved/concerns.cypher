// title: Papers with a concern
// asks: Which cited papers may not support what they are cited for, why, and how many claims rest on them?
// answer: one row a marker and concern: paper, marker, concern, number of claims, note
MATCH (c:Claim {status: 'CURATED'})-[k:CITES]->(m:Citation)-[:RESOLVED_TO]->(p:Reference)
UNWIND k.concerns AS concern
RETURN p.title AS paper, m.marker AS marker, concern, count(DISTINCT c) AS claims, min(k.note) AS note
ORDER BY marker, concern
