// One statement a line: what loaders and the api ask for, in small. The AOT cache is trained with it.
CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (e:Entity) REQUIRE e.id IS UNIQUE
CREATE CONSTRAINT claim_id IF NOT EXISTS FOR (c:Claim) REQUIRE c.id IS UNIQUE
CREATE INDEX entity_name IF NOT EXISTS FOR (e:Entity) ON (e.name)
CREATE FULLTEXT INDEX entity_text IF NOT EXISTS FOR (e:Entity) ON EACH [e.name, e.synonyms]
CALL db.awaitIndexes(60)
UNWIND range(1, 300) AS i MERGE (e:Entity {id: 'x:' + i}) SET e += {name: 'name ' + i, synonyms: ['a' + i]}
UNWIND $rows AS row MATCH (e:Entity {id: row.id}) SET e:Disease, e.number = row.number
UNWIND range(1, 200) AS i MATCH (a:Entity {id: 'x:' + i}), (b:Entity {id: 'x:' + (i + 1)}) MERGE (a)-[r:DECREASES]->(b) SET r.direction = 'DECREASED', r.claimIds = ['c' + i]
UNWIND range(1, 200) AS i MATCH (a:Entity {id: 'x:' + i}), (b:Entity {id: 'x:' + (i + 1)}) MERGE (c:Claim {id: 'c' + i}) SET c.statement = 'one ' + i, c.status = 'CURATED' MERGE (c)-[:SUBJECT]->(a) MERGE (c)-[:OBJECT]->(b)
MATCH (e:Entity {id: $id}) RETURN e.name
MATCH (e:Entity) WHERE e.id IN $ids RETURN collect([e.id, e.name, labels(e)])
MATCH (e:Entity) WHERE e.id IS NOT NULL WITH e ORDER BY e.id LIMIT 50 RETURN collect([e.id, e.name, COLLECT { MATCH (e)<-[:SUBJECT]-(c:Claim) RETURN [c.id, c.statement] LIMIT 5 }])
MATCH (e:Entity) WHERE e.id > $id WITH e ORDER BY e.id LIMIT 26 RETURN collect({id: e.id, claims: COUNT { (e)<-[:SUBJECT|OBJECT]-(:Claim) }})
CALL () { MATCH (e:Disease) RETURN count(e) AS n } CALL () { MATCH (c:Claim) RETURN count(c) AS m } RETURN [n, m]
MATCH (c:Claim)-[:SUBJECT]->(a), (c)-[:OBJECT]->(b) WHERE c.status = 'CURATED' AND EXISTS { (a)-[:DECREASES]->(b) } RETURN collect([c.id, a.id, b.id])
MATCH (e:Entity) WHERE e.name CONTAINS $text OR e.name STARTS WITH 'name 1' RETURN e.id ORDER BY e.name LIMIT 10
CALL db.index.fulltext.queryNodes('entity_text', $text) YIELD node, score RETURN node.id, score LIMIT 10
MATCH (d:Disease)<-[r]-(x:Entity) RETURN d.name, type(r), x.name LIMIT 25
MATCH p = (a:Entity {id: 'x:1'})-[:DECREASES*1..3]-(b:Entity) RETURN [n IN nodes(p) | n.id], [r IN relationships(p) | type(r)] LIMIT 20
MATCH p = shortestPath((a:Entity {id: 'x:1'})-[*..6]-(b:Entity {id: 'x:5'})) RETURN length(p)
OPTIONAL MATCH (e:Entity {id: 'none'}) RETURN coalesce(e.name, '?'), CASE WHEN e IS NULL THEN 1 ELSE 2 END
MATCH (n) RETURN labels(n) AS labels, count(*) AS n ORDER BY n DESC
MATCH (a)-[r]->() RETURN type(r), count(*), avg(size(coalesce(r.claimIds, [])))
EXPLAIN MATCH (e:Entity)-[r]->(f) WHERE r.direction = 'DECREASED' RETURN e, r, f ORDER BY e.id SKIP 1 LIMIT 5
SHOW CONSTRAINTS
SHOW INDEXES
MERGE (r:Release {id: 'one'}) ON CREATE SET r.generation = 1 ON MATCH SET r.generation = r.generation + 1
MATCH (c:Claim) WITH c LIMIT 20 DETACH DELETE c
