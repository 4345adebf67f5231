// title: Loops
// asks: Which chains of relations lead back to where they began?
// answer: one row a loop of 2 to 4 steps, told once from its smallest id: the path, the claims behind each step
MATCH path = (a:Entity)((x)-[r WHERE r.claimIds IS NOT NULL]->(y)){2,4}(a)
WITH path, nodes(path) AS ring, relationships(path) AS steps, a
WHERE all(n IN ring WHERE a.id <= n.id) AND all(n IN tail(ring) WHERE single(m IN tail(ring) WHERE m = n))
RETURN path, [r IN steps | size(r.claimIds)] AS claims
ORDER BY size(steps), [n IN ring | n.name], [r IN steps | type(r)]
