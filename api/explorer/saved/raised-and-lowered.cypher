// title: Raised by one, lowered by another
// asks: Of what is said both that something raises it and that something lowers it, and in which settings?
// answer: one row a thing: thing, what raises it, what lowers it, the settings of these claims with the sign of each
MATCH (o:Entity)
WHERE EXISTS { (o)<-[:OBJECT]-(:Claim {status: 'CURATED', direction: 'INCREASED', negated: false}) }
  AND EXISTS { (o)<-[:OBJECT]-(:Claim {status: 'CURATED', direction: 'DECREASED', negated: false}) }
RETURN o AS thing,
  COLLECT {
    MATCH (o)<-[:OBJECT]-(c:Claim {status: 'CURATED', direction: 'INCREASED', negated: false})-[:SUBJECT]->(s:Entity)
    RETURN DISTINCT s.name ORDER BY s.name
  } AS raisedBy,
  COLLECT {
    MATCH (o)<-[:OBJECT]-(c:Claim {status: 'CURATED', direction: 'DECREASED', negated: false})-[:SUBJECT]->(s:Entity)
    RETURN DISTINCT s.name ORDER BY s.name
  } AS loweredBy,
  COLLECT {
    MATCH (o)<-[:OBJECT]-(c:Claim {status: 'CURATED', negated: false})-[k:CONTEXT]->(x:Entity)
    WHERE c.direction IS NOT NULL
    RETURN DISTINCT c.direction + ', ' + k.role + ': ' + x.name AS setting ORDER BY setting
  } AS settings
ORDER BY o.name
