// title: Relations with most claims behind them
// asks: Which relations are stated most often, in how many sections, and on how many papers?
// answer: one row a relation: subject, relation, object, number of claims, of sections and of papers
// parameters: {"least": 3}
MATCH (s:Entity)-[r]->(o:Entity) WHERE size(r.claimIds) >= $least
RETURN s AS subject, r AS relation, o AS object, size(r.claimIds) AS claims,
  COUNT {
    MATCH (c:Claim)-[:STATED_IN]->(:Sentence)-[:PART_OF]->(h:Section) WHERE c.id IN r.claimIds RETURN DISTINCT h
  } AS sections, size(r.publications) AS papers
ORDER BY claims DESC, s.name, o.name, type(r)
