// title: Claims that rest on no paper that can be found
// asks: Which clinical claims cite nothing, or a marker whose reference is not printed?
// answer: one row a claim, in the order of the text: claim, whether anything is cited, the markers and why they lead nowhere
// parameters: {"level": "CLINICAL"}
MATCH (c:Claim {status: 'CURATED', evidenceLevel: $level})
WHERE NOT EXISTS { (c)-[:CITES]->(:Citation)-[:RESOLVED_TO]->(:Reference) }
RETURN c AS claim, c.cited AS cited,
  COLLECT { MATCH (c)-[:CITES]->(m:Citation) RETURN m.label + ': ' + m.basis ORDER BY m.marker } AS markers
ORDER BY c.place, c.id
