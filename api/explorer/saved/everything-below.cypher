// title: An entity and everything below it
// asks: What is stated of a disease or any of its subtypes in the ontologies?
// answer: one row an entity with claims: entity, steps below, number of claims
// parameters: {"id": "MONDO:0005178"}
MATCH path = (x:Entity)-[:IS_A*0..]->(:Entity {id: $id})
WITH x, min(length(path)) AS below
RETURN x AS entity, below,
  COUNT { MATCH (x)<-[:SUBJECT|OBJECT|VIA|CONTEXT]-(c:Claim {status: 'CURATED'}) RETURN DISTINCT c } AS claims
ORDER BY below, x.name
