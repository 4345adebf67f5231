// title: Nothing is stated between two, and what is nearest
// asks: What is stated between two entities? Where nothing is: which entities are joined to both?
// answer: one row: the relations between them (none: an empty list), then what lies between, with the steps
// parameters: {"a": "MONDO:0005178", "b": "MONDO:0100096"}
MATCH (a:Entity {id: $a}), (b:Entity {id: $b})
RETURN a.name AS a, b.name AS b,
  COLLECT { MATCH (a)-[r]-(b) WHERE r.claimIds IS NOT NULL RETURN r ORDER BY r.id } AS stated,
  COLLECT {
    MATCH (a)-[r]-(x:Entity)-[t]-(b) WHERE r.claimIds IS NOT NULL AND t.claimIds IS NOT NULL
    WITH x, collect(DISTINCT type(r)) AS first, collect(DISTINCT type(t)) AS second
    RETURN x.name + ': ' + reduce(s = head(first), n IN tail(first) | s + ' ' + n) + ' / '
      + reduce(s = head(second), n IN tail(second) | s + ' ' + n) AS nearest ORDER BY nearest
  } AS nearest
