// title: From a claim to its paper
// asks: Who says what of an entity, in which sentence, and on which papers does each claim rest?
// answer: one row a claim, in the order of the text: statement, section, paragraph, sentence, markers, papers (DOI, else PMID)
// parameters: {"id": "HGNC:6018"}
MATCH (c:Claim {status: 'CURATED'})-[:SUBJECT|OBJECT]->(:Entity {id: $id})
MATCH (c)-[:STATED_IN]->(s:Sentence)-[:PART_OF]->(h:Section)
RETURN c AS claim, h.title AS section, s.block AS paragraph, s.sentence AS sentence,
  COLLECT { MATCH (c)-[:CITES]->(m:Citation) RETURN m.label ORDER BY m.marker } AS markers,
  COLLECT {
    MATCH (c)-[:CITES]->(:Citation)-[:RESOLVED_TO]->(p:Reference)
    RETURN coalesce('doi:' + p.doi, 'PMID:' + p.pmid, p.title) AS paper ORDER BY paper
  } AS papers
ORDER BY c.place, c.id
