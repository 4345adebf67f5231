// title: The same effect in different diseases
// asks: Which effects are stated for more than one disease?
// answer: one row an effect: subject, predicate, object, the diseases, the number of claims
MATCH (s:Entity)<-[:SUBJECT]-(c:Claim {status: 'CURATED', negated: false})-[:OBJECT]->(o:Entity),
  (c)-[:CONTEXT {role: 'disease'}]->(d:Disease)
WITH s, c.predicate AS predicate, o, d, count(DISTINCT c) AS claims ORDER BY d.name
WITH s, predicate, o, collect(d.name) AS diseases, sum(claims) AS claims WHERE size(diseases) > 1
RETURN s AS subject, predicate, o AS object, diseases, claims ORDER BY s.name, predicate, o.name
