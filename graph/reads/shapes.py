"""The maps that reads return for a node: the same shape wherever it appears.

Each takes one variable: n an entity, c a claim, r a relation, f a citation, a an article. Others begin with
an underscore: a subquery sees the variables around it, and a shared name would join them without a word.
"""

from __future__ import annotations

ENTITY = """n { .*, mappings: COLLECT {
  MATCH (n)-[_m:MAPPED_TO]->(_t:Term)
  RETURN { id: _t.id, label: _t.label, match: _m.match, source: _m.source, version: _m.version } AS _x
  ORDER BY _t.id
} }"""

CLAIM = """c { .*,
  subject: COLLECT { MATCH (c)-[:SUBJECT]->(_e) RETURN _e.id }[0],
  object: COLLECT { MATCH (c)-[:OBJECT]->(_e) RETURN _e.id }[0],
  mechanisms: COLLECT { MATCH (c)-[:VIA]->(_e) RETURN _e.id AS _x ORDER BY _x },
  context: COLLECT {
    MATCH (c)-[_k:CONTEXT]->(_e) RETURN { role: _k.role, id: _e.id } AS _x ORDER BY _k.role, _e.id
  },
  evidence: COLLECT {
    MATCH (c)-[:STATED_IN]->(_s:Sentence)-[:PART_OF]->(_t:Section)
    RETURN _s { .*, section: _t.title } AS _x ORDER BY _s.id
  },
  citations: COLLECT {
    MATCH (c)-[_k:CITES]->(_f:Citation)
    RETURN _f { .*, concerns: _k.concerns, claimNote: _k.note,
      reference: COLLECT { MATCH (_f)-[:RESOLVED_TO]->(_r:Reference) RETURN _r { .* } }[0],
      alternatives: COLLECT {
        MATCH (_f)-[:MAY_BE]->(_r:Reference) RETURN _r { .* } AS _y ORDER BY _r.position
      }
    } AS _x ORDER BY _f.marker, _f.label
  }
}"""

RELATION = """{ id: r.id, subject: startNode(r).id, predicate: type(r), object: endNode(r).id,
  direction: r.direction, sources: r.sources, publications: r.publications, claimIds: r.claimIds }"""

CITATION = """f { .*,
  concerns: COLLECT {
    MATCH (:Claim)-[_k:CITES]->(f) UNWIND _k.concerns AS _x RETURN DISTINCT _x ORDER BY _x
  },
  reference: COLLECT { MATCH (f)-[:RESOLVED_TO]->(_r:Reference) RETURN _r { .* } }[0],
  alternatives: COLLECT { MATCH (f)-[:MAY_BE]->(_r:Reference) RETURN _r { .* } AS _x ORDER BY _r.position }
}"""

ARTICLE = """a { .*, sections: COLLECT {
  MATCH (_s:Section)-[:PART_OF]->(a) RETURN _s { .* } AS _x ORDER BY _s.block
} }"""
