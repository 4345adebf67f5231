"""Reads of the whole graph, or of what lies around some entities, page by page in the order of ids.

A page is found by the index of ids, so that the last is as quick as the first. What is of this machine alone
is not read: the user's copy of an article (`quote`, `text`, `verified`, its checksum), dates, the generation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.statement import Statement
from graph.vocabulary import NODE_LABELS
from schema.errors import NotFound

Run = Callable[[Statement], Any]
PAGE = 500
_UNDER_WAY = {"Load", "LoadPart"}  # of loads that are not finished

INFO = Statement(
    """
    OPTIONAL MATCH (r:Release {id: 'graph'})
    RETURN {
      release: r.hash, generation: r.generation,
      sources: COLLECT { MATCH (s:Source) RETURN s { .* } AS x ORDER BY s.id },
      elements: COUNT { (:Entity) } + COUNT { (:Claim) } + COUNT { (:Entity)-->(:Entity) }
    } AS value
    """
)

_RESOLVE = """
    UNWIND $ids AS id
    OPTIONAL MATCH (n:Entity {id: id})
    OPTIONAL MATCH (m:Entity)-[:MAPPED_TO {match: 'EXACT'}]->(:Term {id: id})
    WITH id, coalesce(n, m) AS n
    RETURN collect([id, n.id]) AS value
"""
_PART = """
    MATCH (f:Entity) WHERE f.id IN $ids
    WITH collect(f) AS focus
    WITH focus, COLLECT {
      UNWIND focus AS f MATCH (f)<-[:SUBJECT|OBJECT]-(c:Claim) RETURN DISTINCT c
    } AS claims
    WITH claims,
      focus
      + COLLECT { UNWIND focus AS f MATCH (f)-[r]-(n:Entity) WHERE type(r) <> 'IS_A' RETURN DISTINCT n }
      + COLLECT { UNWIND claims AS c MATCH (c)-[:SUBJECT|OBJECT|VIA|CONTEXT]->(n) RETURN DISTINCT n }
      AS found,
      COLLECT { UNWIND claims AS c MATCH (c)-[:STATED_IN]->(s) RETURN DISTINCT s } AS sentences,
      COLLECT { UNWIND claims AS c MATCH (c)-[:CITES]->(x) RETURN DISTINCT x } AS citations
    RETURN {
      Entity: COLLECT { UNWIND found AS n RETURN DISTINCT n.id },
      Term: COLLECT { UNWIND found AS n MATCH (n)-[:MAPPED_TO]->(t) RETURN DISTINCT t.id },
      Claim: COLLECT { UNWIND claims AS c RETURN c.id },
      Sentence: COLLECT { UNWIND sentences AS s RETURN s.id },
      Section: COLLECT { UNWIND sentences AS s MATCH (s)-[:PART_OF]->(t) RETURN DISTINCT t.id },
      Article: COLLECT { UNWIND claims AS c MATCH (a:Article {id: c.article}) RETURN DISTINCT a.id },
      Citation: COLLECT { UNWIND citations AS x RETURN x.id },
      Reference: COLLECT { UNWIND citations AS x MATCH (x)-[:RESOLVED_TO|MAY_BE]->(r) RETURN DISTINCT r.id },
      Source: COLLECT { MATCH (s:Source) RETURN s.id },
      Release: []
    } AS value
"""

_ENTITIES = """
    MATCH (n:Entity) WHERE n.id > $after AND ($only IS NULL OR n.id IN $only)
    WITH n ORDER BY n.id LIMIT $page
    RETURN collect({
      properties: properties(n),
      mappings: COLLECT {
        MATCH (n)-[m:MAPPED_TO]->(t:Term)
        RETURN { id: t.id, label: t.label, properties: properties(m) } AS x ORDER BY t.id
      },
      mentions: COLLECT {
        MATCH (n)-[m:MENTIONED_IN]->(s) WHERE $focus IS NULL
        RETURN { sentence: s.id, starts: m.starts, ends: m.ends } AS x ORDER BY s.id
      },
      isA: COLLECT {
        MATCH (n)-[a:IS_A]->(p:Entity) WHERE $only IS NULL OR p.id IN $only
        RETURN { parent: p.id, properties: properties(a) } AS x ORDER BY p.id
      },
      relations: COLLECT {
        MATCH (n)-[r]->(o:Entity)
        WHERE type(r) <> 'IS_A' AND ($focus IS NULL OR n.id IN $focus OR o.id IN $focus)
        RETURN { predicate: type(r), object: o.id, objectName: o.name, properties: properties(r) } AS x
        ORDER BY type(r), o.id, r.id
      }
    }) AS value
"""

_CLAIMS = """
    MATCH (c:Claim) WHERE c.id > $after AND ($only IS NULL OR c.id IN $only)
    WITH c ORDER BY c.id LIMIT $page
    MATCH (c)-[:SUBJECT]->(s), (c)-[:OBJECT]->(o)
    RETURN collect({
      properties: properties(c),
      subject: s { .id, .name, .kind }, object: o { .id, .name, .kind },
      context: COLLECT {
        MATCH (c)-[k:CONTEXT]->(e) RETURN { role: k.role, id: e.id, name: e.name } AS x ORDER BY k.role, e.id
      },
      mechanisms: COLLECT { MATCH (c)-[:VIA]->(e) RETURN e { .id, .name } AS x ORDER BY e.id },
      evidence: COLLECT {
        MATCH (c)-[:STATED_IN]->(p:Sentence)-[:PART_OF]->(h:Section)
        RETURN p { .id, .article, .block, .sentence, .page, .starts, .ends, .sha256, section: h.title } AS x
        ORDER BY p.id
      },
      citations: COLLECT {
        MATCH (c)-[k:CITES]->(f:Citation)
        RETURN f {
          .id, .label, .marker, .status, .basis, .confidence, .note, concerns: k.concerns, claimNote: k.note,
          references: COLLECT {
            MATCH (f)-[:RESOLVED_TO]->(r) RETURN r { .id, .doi, .pmid } AS y ORDER BY r.id
          },
          alternatives: COLLECT {
            MATCH (f)-[:MAY_BE]->(r) RETURN r { .id, .doi, .pmid } AS y ORDER BY r.id
          }
        } AS x ORDER BY f.id
      }
    }) AS value
"""

_PLAIN = """
    MATCH (n:{label}) WHERE n.id > $after AND ($only IS NULL OR n.id IN $only)
    WITH n ORDER BY n.id LIMIT $page
    RETURN collect({{
      labels: labels(n),
      properties: n {{
        .*, quote: null, text: null, generation: null, builtAt: null,
        verified: CASE WHEN n:Sentence THEN false END, sha256: CASE WHEN n:Article THEN null ELSE n.sha256 END
      }},
      links: COLLECT {{
        MATCH (n)-[r]->(m)
        RETURN {{ type: type(r), labels: labels(m), to: m.id, properties: properties(r) }} AS x
        ORDER BY type(r), m.id, coalesce(r.id, ''), coalesce(r.role, '')
      }}
    }}) AS value
"""


@dataclass(frozen=True, slots=True)
class Part:
    """What is read: everything, or the ids by label of what lies around some entities."""

    focus: tuple[str, ...] = ()
    ids: dict[str, list[str]] = field(default_factory=dict)

    def only(self, label: str) -> list[str] | None:
        """Return the ids of a label that are read; None for all."""
        return self.ids.get(label, []) if self.focus else None


def part_around(run: Run, focus: Sequence[str]) -> Part:
    """Return the part around entities: their claims as subject or object, their relations, what these name.

    `focus` holds ids or exact identifiers. Raises `NotFound` for one that nothing has.
    """
    if not focus:
        return Part()
    found = run(Statement(_RESOLVE, {"ids": list(focus)}))
    unknown = [given for given, id_ in found if id_ is None]
    if unknown:
        raise NotFound(
            f"focus: no entity has the id {unknown[0]}; 'mscev query' with resolve(texts: …) finds ids",
            given=unknown[0],
        )
    ids = tuple(sorted({id_ for _, id_ in found}))
    return Part(ids, run(Statement(_PART, {"ids": list(ids)})))


def entities(run: Run, part: Part) -> Iterator[dict[str, Any]]:
    """Yield entities with their mappings, is-a steps and the relations that begin at them."""
    return _pages(run, _ENTITIES, {"only": part.only("Entity"), "focus": list(part.focus) or None})


def claims(run: Run, part: Part) -> Iterator[dict[str, Any]]:
    """Yield claims with their ends, setting, places and citations."""
    return _pages(run, _CLAIMS, {"only": part.only("Claim")})


def nodes(run: Run, part: Part) -> Iterator[dict[str, Any]]:
    """Yield every node, label by label, with the relationships that begin at it."""
    for label in NODE_LABELS:
        if label in _UNDER_WAY:
            continue
        yield from labelled(run, part, label)


def labelled(run: Run, part: Part, label: str) -> Iterator[dict[str, Any]]:
    """Yield the nodes of one label with the relationships that begin at them."""
    return _pages(run, _PLAIN.format(label=label), {"only": part.only(label)})


def _pages(run: Run, text: str, given: dict[str, object]) -> Iterator[dict[str, Any]]:
    after = ""
    while True:
        rows = run(Statement(text, {**given, "after": after, "page": PAGE}))
        yield from rows
        if len(rows) < PAGE:
            return
        after = rows[-1]["properties"]["id"]
