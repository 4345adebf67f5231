"""The maps that reads return for a node: the same shape wherever it appears."""

from __future__ import annotations

ENTITY = """n { .*, mappings: COLLECT {
  MATCH (n)-[m:MAPPED_TO]->(t:Term)
  RETURN { id: t.id, label: t.label, match: m.match, source: m.source, version: m.version } AS x ORDER BY t.id
} }"""

CLAIM = """c { .*,
  subject: COLLECT { MATCH (c)-[:SUBJECT]->(e) RETURN e.id }[0],
  object: COLLECT { MATCH (c)-[:OBJECT]->(e) RETURN e.id }[0],
  mechanisms: COLLECT { MATCH (c)-[:VIA]->(e) RETURN e.id AS x ORDER BY x },
  context: COLLECT {
    MATCH (c)-[k:CONTEXT]->(e) RETURN { role: k.role, id: e.id } AS x ORDER BY k.role, e.id
  },
  evidence: COLLECT {
    MATCH (c)-[:STATED_IN]->(s:Sentence)-[:PART_OF]->(t:Section)
    RETURN s { .*, section: t.title } AS x ORDER BY s.id
  },
  citations: COLLECT {
    MATCH (c)-[k:CITES]->(f:Citation)
    RETURN f { .*, concerns: k.concerns, claimNote: k.note,
      reference: COLLECT { MATCH (f)-[:RESOLVED_TO]->(r:Reference) RETURN r { .* } }[0],
      alternatives: COLLECT { MATCH (f)-[:MAY_BE]->(r:Reference) RETURN r { .* } AS x ORDER BY r.position }
    } AS x ORDER BY f.marker, f.label
  }
}"""

RELATION = """{ id: r.id, subject: startNode(r).id, predicate: type(r), object: endNode(r).id,
  direction: r.direction, sources: r.sources, publications: r.publications, claimIds: r.claimIds }"""

CITATION = """f { .*,
  concerns: COLLECT {
    MATCH (:Claim)-[k:CITES]->(f) UNWIND k.concerns AS concern RETURN DISTINCT concern ORDER BY concern
  },
  reference: COLLECT { MATCH (f)-[:RESOLVED_TO]->(r:Reference) RETURN r { .* } }[0],
  alternatives: COLLECT { MATCH (f)-[:MAY_BE]->(r:Reference) RETURN r { .* } AS x ORDER BY r.position }
}"""

ARTICLE = """a { .*, sections: COLLECT {
  MATCH (s:Section)-[:PART_OF]->(a) RETURN s { .* } AS x ORDER BY s.block
} }"""
