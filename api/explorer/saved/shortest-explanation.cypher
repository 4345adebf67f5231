// title: Shortest explanations
// asks: By which fewest steps does one entity reach another, and how many claims stand behind each step?
// answer: one row a path: the path, its number of steps, the claims behind each step
// parameters: {"from": "UBERON:0002371", "to": "MONDO:0005178"}
MATCH (a:Entity {id: $from}), (b:Entity {id: $to})
MATCH path = allShortestPaths((a)-[*..4]-(b))
WHERE all(r IN relationships(path) WHERE r.claimIds IS NOT NULL)
RETURN path, length(path) AS steps, [r IN relationships(path) | size(r.claimIds)] AS claims
ORDER BY [n IN nodes(path) | n.name], [r IN relationships(path) | type(r)]
