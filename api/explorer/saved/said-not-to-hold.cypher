// title: Said not to hold, and of what it is said to hold
// asks: What does the article deny, and of which other subjects does it say the same thing?
// answer: one row a denied claim, in the order of the text: claim, subject, predicate, object, subjects of which it is said
MATCH (s:Entity)<-[:SUBJECT]-(c:Claim {status: 'CURATED', negated: true})-[:OBJECT]->(o:Entity)
RETURN c AS claim, s AS subject, c.predicate AS predicate, o AS object,
  COLLECT {
    MATCH (x:Entity)<-[:SUBJECT]-(:Claim {status: 'CURATED', negated: false, predicate: c.predicate})-[:OBJECT]->(o)
    RETURN DISTINCT x.name ORDER BY x.name
  } AS saidOf
ORDER BY c.place, c.id
