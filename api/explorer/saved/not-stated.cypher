// title: What is not stated
// asks: Of which cytokines does no claim say that vesicles or MSCs lower them?
// answer: one row a cytokine: cytokine, the number of claims that speak of it at all
// parameters: {"remedies": ["mscev:msc-ev", "GO:1903561", "CL:0000134"]}
MATCH (x:Cytokine)
WHERE NOT EXISTS {
  (s:Entity)<-[:SUBJECT]-(:Claim {direction: 'DECREASED', negated: false})-[:OBJECT]->(x) WHERE s.id IN $remedies
}
RETURN x AS cytokine, COUNT { (x)<-[:SUBJECT|OBJECT|VIA|CONTEXT]-(:Claim {status: 'CURATED'}) } AS claims
ORDER BY x.name
