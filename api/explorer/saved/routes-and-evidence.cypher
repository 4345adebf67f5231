// title: Routes by condition
// asks: By which routes are therapies given in which disease, and on what kind of evidence?
// answer: one row a disease and route: disease, route, kinds of evidence, number of claims
MATCH (d:Disease)<-[:CONTEXT {role: 'disease'}]-(c:Claim {status: 'CURATED'})-[:CONTEXT {role: 'route'}]->(r:DeliveryRoute)
RETURN d AS disease, r AS route,
  COLLECT {
    MATCH (d)<-[:CONTEXT {role: 'disease'}]-(k:Claim {status: 'CURATED'})-[:CONTEXT {role: 'route'}]->(r)
    RETURN DISTINCT k.evidenceLevel AS level ORDER BY level
  } AS evidence, count(DISTINCT c) AS claims
ORDER BY d.name, r.name
