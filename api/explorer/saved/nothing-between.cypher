// title: Nothing is stated between two, and what is nearest
// asks: What is stated between two entities? Where nothing is: which entities are joined to both?
// answer: one row: both, the relations between them (none: nothing is stated), what is joined to both and how
// parameters: {"a": "MONDO:0005178", "b": "MONDO:0100096"}
MATCH (a:Entity {id: $a}), (b:Entity {id: $b})
RETURN a, b,
  COLLECT { MATCH (a)-[r]-(b) WHERE r.claimIds IS NOT NULL RETURN r ORDER BY r.id } AS stated,
  COLLECT {
    MATCH (a)-[r]-(x:Entity)-[t]-(b) WHERE r.claimIds IS NOT NULL AND t.claimIds IS NOT NULL
    WITH DISTINCT x ORDER BY x.name
    RETURN {
      entity: x,
      toA: COLLECT { MATCH (a)-[r]-(x) WHERE r.claimIds IS NOT NULL RETURN DISTINCT type(r) AS t ORDER BY t },
      toB: COLLECT { MATCH (b)-[r]-(x) WHERE r.claimIds IS NOT NULL RETURN DISTINCT type(r) AS t ORDER BY t }
    }
  } AS nearest
