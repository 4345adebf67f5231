// title: Named, but nothing is claimed
// asks: Which entities does the article name of which no claim speaks?
// answer: one row an entity: entity, kind, the number of sentences that name it
MATCH (n:Entity)-[:MENTIONED_IN]->(s:Sentence)
WHERE NOT EXISTS { (n)<-[:SUBJECT|OBJECT|VIA|CONTEXT]-(:Claim) }
RETURN n AS entity, n.kind AS kind, count(s) AS sentences ORDER BY sentences DESC, n.id
