"""Reads for the audit: figures of what is stored, and everything that breaks a rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any

from graph import release
from graph.connection import Database
from graph.reads.info import STATE
from graph.release import Releases
from graph.statement import Statement
from graph.vocabulary import NODE_LABELS, RELATION_TYPES, STRUCTURE, relation_pattern
from schema import biolink, ids
from schema.errors import DatabaseRejected
from schema.kinds import FOREIGN, KINDS
from schema.stored import ENTITY, LABELS, LINKS, RELATION

_TYPES = relation_pattern()
_IN_CLAIMS = "|".join(name for name in STRUCTURE if name in {"SUBJECT", "OBJECT", "VIA", "CONTEXT"})
# A source, the release and what is under way stand alone by design.
_JOINED = "|".join(name for name in NODE_LABELS if name not in {"Source", "Release", "Load", "LoadPart"})

# What a node of each label, and a relationship of each type, may hold.
_NODES = {label.name: label.properties for label in LABELS}
_NODES |= {kind.name: kind.properties for kind in (*KINDS, FOREIGN)}
_LINKS = {link.name: (list(map(list, link.ends)), link.properties) for link in LINKS}
_LINKS |= {name: ([[ENTITY, ENTITY]], RELATION) for name in RELATION_TYPES}

# Names that differ in these alone are the same name.
SEPARATORS = " -\u2013'\u2019/,."

_CITATIONS = """
  MATCH (f:Citation)-[:IN]->(a)
  RETURN f { .label, .marker, .status, .basis, .confidence, .note,
    claims: COUNT { (:Claim)-[:CITES]->(f) },
    references: COLLECT { MATCH (f)-[:RESOLVED_TO]->(r:Reference) RETURN r { .position, .title, .doi } },
    alternatives: COLLECT { MATCH (f)-[:MAY_BE]->(r:Reference) RETURN r.position AS x ORDER BY x },
    concerns: COLLECT {
      MATCH (:Claim)-[k:CITES]->(f) UNWIND k.concerns AS x RETURN DISTINCT x ORDER BY x
    }
  } AS x ORDER BY f.marker, f.label
"""

_ARTICLES = f"""
  MATCH (a:Article)
  RETURN a {{ .id, .title, copy: a.sha256 IS NOT NULL,
    sentences: COUNT {{ (:Sentence)-[:PART_OF]->(:Section)-[:PART_OF]->(a) }},
    verified: COUNT {{ (:Sentence {{verified: true}})-[:PART_OF]->(:Section)-[:PART_OF]->(a) }},
    unverified: COLLECT {{
      MATCH (s:Sentence)-[:PART_OF]->(:Section)-[:PART_OF]->(a) WHERE NOT s.verified
      RETURN [s.block, s.sentence] AS x ORDER BY x
    }},
    silent: COLLECT {{
      MATCH (s:Sentence)-[:PART_OF]->(:Section)-[:PART_OF]->(a)
      WHERE NOT EXISTS {{ (s)<-[:STATED_IN]-(:Claim {{status: 'CURATED'}}) }}
      RETURN [s.block, s.sentence] AS x ORDER BY x
    }},
    uncited: COUNT {{ (:Claim {{article: a.id, status: 'CURATED', cited: false}}) }},
    claims: COUNT {{ (:Claim {{article: a.id, status: 'CURATED'}}) }},
    citations: COLLECT {{ {_CITATIONS} }}
  }} AS x ORDER BY a.id
"""

_GROUNDING = """
  MATCH (n:Entity)
  WITH n.kind AS kind, EXISTS { (n)-[:MAPPED_TO]->(:Term) } AS mapped,
       NOT n.id STARTS WITH $local OR EXISTS { (n)-[:MAPPED_TO {match: 'EXACT'}]->(:Term) } AS grounded
  WITH kind, count(*) AS entities, sum(CASE WHEN grounded THEN 1 ELSE 0 END) AS grounded,
       sum(CASE WHEN mapped AND NOT grounded THEN 1 ELSE 0 END) AS near
  RETURN { kind: kind, entities: entities, grounded: grounded, near: near } AS x ORDER BY kind
"""

_UNGROUNDED = """
  MATCH (n:Entity)
  WHERE n.id STARTS WITH $local AND NOT EXISTS { (n)-[:MAPPED_TO {match: 'EXACT'}]->(:Term) }
  RETURN n { .id, .kind, .name, .composition,
    mappings: COLLECT { MATCH (n)-[m:MAPPED_TO]->(t) RETURN m.match + ' ' + t.id AS y ORDER BY y }
  } AS x ORDER BY n.kind, n.id
"""

_IDENTIFIERS = """
  MATCH (:Entity)-[m:MAPPED_TO]->(t:Term)
  WITH m.source AS source, m.version AS version, count(DISTINCT t) AS number ORDER BY source, version
  RETURN { source: source, version: version, number: number }
"""

_STEPS = """
  MATCH (:Entity)-[r:IS_A]->(:Entity)
  WITH r.source AS source, r.version AS version, count(*) AS number ORDER BY source, version
  RETURN { source: source, version: version, number: number }
"""

# What no claim, mention or edge speaks of; `below` counts what stands under it in the ontologies.
_UNUSED = f"""
  MATCH (n:Entity)
  WHERE NOT EXISTS {{ (n)<-[:{_IN_CLAIMS}]-(:Claim) }} AND NOT EXISTS {{ (n)-[:MENTIONED_IN]->() }}
    AND NOT EXISTS {{ (n)-[:{_TYPES}]-(:Entity) }}
  RETURN n {{ .id, .kind, .name, below: COUNT {{ (n)<-[:IS_A]-() }} }} AS x ORDER BY n.kind, n.id
"""

_UNCONNECTED = f"""
  MATCH (n:{_JOINED}) WHERE NOT EXISTS {{ (n)--() }} RETURN coalesce(n.id, elementId(n)) AS x ORDER BY x
"""

_SAME_NAMES = """
  MATCH (n:Entity)
  WITH n, reduce(s = normalize(toLower(n.name), NFKC), x IN $separators | replace(s, x, '')) AS name
  ORDER BY n.id
  WITH n.kind AS kind, name, collect(n.id) AS found WHERE size(found) > 1
  RETURN found AS x ORDER BY x
"""

FIGURES = Statement(
    f"""
    RETURN {{
      release: head(COLLECT {{ MATCH (state:Release {{id: 'graph'}}) RETURN state.hash }}),
      counts: {{
        entities: COUNT {{ (:Entity) }}, relations: COUNT {{ (:Entity)-[:{_TYPES}]->(:Entity) }},
        claims: COUNT {{ (:Claim {{status: 'CURATED'}}) }},
        proposed: COUNT {{ (:Claim {{status: 'PROPOSED'}}) }},
        sentences: COUNT {{ (:Sentence) }}, references: COUNT {{ (:Reference) }},
        citations: COUNT {{ (:Citation) }}, identifiers: COUNT {{ (:Term) }},
        mappings: COUNT {{ (:Entity)-[:MAPPED_TO]->(:Term) }},
        steps: COUNT {{ (:Entity)-[:IS_A]->(:Entity) }},
        mentions: COUNT {{ (:Entity)-[:MENTIONED_IN]->(:Sentence) }}
      }},
      sources: COLLECT {{
        MATCH (s:Source) RETURN s {{ .id, .title, .version, .licence, .release }} AS x ORDER BY s.id
      }},
      articles: COLLECT {{ {_ARTICLES} }},
      grounding: COLLECT {{ {_GROUNDING} }},
      ungrounded: COLLECT {{ {_UNGROUNDED} }},
      identifiers: COLLECT {{ {_IDENTIFIERS} }},
      steps: COLLECT {{ {_STEPS} }},
      unused: COLLECT {{ {_UNUSED} }},
      unconnected: COLLECT {{ {_UNCONNECTED} }},
      sameNames: COLLECT {{ {_SAME_NAMES} }}
    }} AS value
    """,
    {"local": f"{ids.LOCAL}:", "separators": list(SEPARATORS)},
)

# What a graph denies has no sentence: its place is none.
_NO_EVIDENCE = """
  MATCH (c:Claim) WHERE NOT EXISTS { (c)-[:STATED_IN]->(:Sentence) } AND NOT c.place ENDS WITH '/00000.000'
  RETURN c.id AS x ORDER BY x
"""

_NO_ENDS = """
  MATCH (c:Claim)
  WHERE COUNT { (c)-[:SUBJECT]->(:Entity) } <> 1 OR COUNT { (c)-[:OBJECT]->(:Entity) } <> 1
  RETURN c.id AS x ORDER BY x
"""

# Claims whose source is not stored, or whose sentence is another article's or not the one that was read.
_ORPHANS = """
  MATCH (c:Claim)
  WHERE NOT EXISTS { (:Source {id: c.article}) } OR EXISTS {
    MATCH (c)-[:STATED_IN]->(s:Sentence)
    WHERE s.sha256 <> c.sentenceSha256
       OR NOT EXISTS { (s)-[:PART_OF]->(:Section)-[:PART_OF]->(:Article {id: c.article}) }
  }
  RETURN c.id AS x ORDER BY x
"""

_SAME_CLAIMS = """
  MATCH (c:Claim)
  WITH c, [c.article, c.place, c.status, c.predicate, c.negated, c.extent, c.dose,
    COLLECT { MATCH (c)-[:SUBJECT]->(e) RETURN e.id AS x ORDER BY x },
    COLLECT { MATCH (c)-[:OBJECT]->(e) RETURN e.id AS x ORDER BY x },
    COLLECT { MATCH (c)-[k:CONTEXT]->(e) RETURN k.role + ' ' + e.id AS x ORDER BY x }] AS said
  ORDER BY c.id
  WITH said, collect(c.id) AS found WHERE size(found) > 1
  RETURN found AS x ORDER BY x
"""

# Edges without `claimIds` are those of a foreign graph and stand for themselves.
_RELATIONS = f"""
  MATCH (s:Entity)-[r:{_TYPES}]->(o:Entity) WHERE r.claimIds IS NOT NULL
  WITH s, r, o,
    COLLECT {{ UNWIND r.claimIds AS x RETURN x ORDER BY x }} AS told,
    COLLECT {{ UNWIND r.claimIds AS x WITH x WHERE NOT EXISTS {{ (:Claim {{id: x}}) }} RETURN x }} AS lost,
    COLLECT {{
      MATCH (s)<-[:SUBJECT]-(c:Claim {{makesRelation: true}})-[:OBJECT]->(o) WHERE c.predicate = type(r)
      RETURN c ORDER BY c.id
    }} AS claims
  WITH r, told, lost, claims,
    COLLECT {{ UNWIND claims AS c RETURN DISTINCT c.article AS x ORDER BY x }} AS sources,
    COLLECT {{
      UNWIND claims AS c MATCH (c)-[:CITES]->(:Citation)-[:RESOLVED_TO]->(f:Reference)
      WITH coalesce('PMID:' + f.pmid, 'doi:' + f.doi) AS x WHERE x IS NOT NULL
      RETURN DISTINCT x ORDER BY x
    }} AS publications,
    COUNT {{
      MATCH (s)-[t:{_TYPES}]->(o) WHERE type(t) = type(r) AND t.claimIds IS NOT NULL RETURN t
    }} AS twins
  WITH r, CASE
    WHEN size(lost) > 0 THEN 'names claims that do not exist'
    WHEN told <> [c IN claims | c.id] THEN 'rests on other claims than it names'
    WHEN twins > 1 THEN 'is stored twice'
    WHEN any(c IN claims WHERE coalesce(c.direction, '') <> coalesce(r.direction, ''))
      THEN 'has another direction than its claims'
    WHEN sources <> COLLECT {{ UNWIND r.sources AS x RETURN x ORDER BY x }}
      THEN 'has other sources than its claims'
    WHEN publications <> COLLECT {{ UNWIND r.publications AS x RETURN x ORDER BY x }}
      THEN 'has other publications than its claims'
  END AS problem
  WHERE problem IS NOT NULL
  RETURN coalesce(r.id, type(r)) + ' ' + problem AS x ORDER BY x
"""

_NO_RELATION = """
  MATCH (s:Entity)<-[:SUBJECT]-(c:Claim {makesRelation: true})-[:OBJECT]->(o:Entity)
  WHERE NOT EXISTS { MATCH (s)-[r]->(o) WHERE type(r) = c.predicate AND r.claimIds IS NOT NULL }
  RETURN c.id AS x ORDER BY x
"""

_SHARED = """
  MATCH (t:Term)
  WITH t, COLLECT {
    MATCH (n:Entity)-[:MAPPED_TO {match: 'EXACT'}]->(t) RETURN n.id AS x
    UNION MATCH (n:Entity {id: t.id}) RETURN n.id AS x
  } AS holders
  WHERE size(holders) > 1
  RETURN t.id + ' is held by ' + COLLECT { UNWIND holders AS x RETURN x ORDER BY x }[0]
    + ' and ' + (size(holders) - 1) + ' more' AS x ORDER BY x
"""

_NO_SOURCE = """
  MATCH (t:Term)
  WHERE NOT EXISTS { (t)<-[:MAPPED_TO]-() }
     OR EXISTS { MATCH (t)<-[m:MAPPED_TO]-() WHERE coalesce(m.source, '') = '' }
  RETURN t.id AS x ORDER BY x
"""

_LOST_CITATIONS = """
  MATCH (c:Claim) WHERE c.cited <> EXISTS { (c)-[:CITES]->(:Citation) } RETURN c.id AS x ORDER BY x
"""

# What no loader makes: written past the loaders, or by an older version.
_FOREIGN_NODES = """
  MATCH (n)
  WITH n, [l IN $labels WHERE l IN labels(n)] AS ours,
    [l IN labels(n) WHERE $nodeProperties[l] IS NULL] AS strange
  WITH n, CASE
    WHEN size(ours) = 0 THEN 'has none of the labels of mscev'
    WHEN size(ours) > 1 THEN 'has the labels ' + ours[0] + ' and ' + ours[1]
    WHEN size(strange) > 0 THEN 'has the unknown label ' + strange[0]
    WHEN n:Entity AND NOT coalesce(n.kind, '') IN labels(n) THEN 'has not the label of its kind'
    WHEN n:Entity AND size(labels(n)) > 2 THEN 'has labels of several kinds'
    ELSE coalesce(
      'has no ' + head([k IN $nodeRequired[ours[0]] WHERE n[k] IS NULL]),
      'has the unknown property ' + head([
        k IN keys(n) WHERE none(l IN labels(n) WHERE k IN $nodeProperties[l])
          AND NOT n:NamedThing AND NOT coalesce(n.place, '') ENDS WITH '/00000.000'
      ])
    )
  END AS problem, coalesce(toStringOrNull(n.id), 'node ' + elementId(n)) AS id
  WHERE problem IS NOT NULL
  RETURN id + ' ' + problem AS x ORDER BY x
"""

_FOREIGN_RELATIONSHIPS = """
  MATCH (a)-[r]->(b)
  WITH a, r, b, type(r) AS type
  // an edge of a foreign graph has a predicate of Biolink, and columns of its own
  WHERE NOT (a:Entity AND b:Entity AND type IN $predicates AND r.claimIds IS NULL
             AND all(k IN $edgeRequired WHERE r[k] IS NOT NULL))
  WITH a, r, b, type, CASE
    WHEN $ends[type] IS NULL THEN 'is of an unknown type'
    WHEN none(e IN $ends[type] WHERE e[0] IN labels(a) AND e[1] IN labels(b)) THEN 'joins what it may not'
    ELSE coalesce(
      'has no ' + head([k IN $linkRequired[type] WHERE r[k] IS NULL]),
      'has the unknown property ' + head([k IN keys(r) WHERE NOT k IN $linkProperties[type]])
    )
  END AS problem
  WHERE problem IS NOT NULL
  RETURN type + ' from ' + coalesce(toStringOrNull(a.id), elementId(a)) + ' to '
    + coalesce(toStringOrNull(b.id), elementId(b)) + ' ' + problem AS x ORDER BY x
"""

FAULTS = Statement(
    f"""
    RETURN {{
      noEvidence: COLLECT {{ {_NO_EVIDENCE} }},
      noEnds: COLLECT {{ {_NO_ENDS} }},
      orphans: COLLECT {{ {_ORPHANS} }},
      sameClaims: COLLECT {{ {_SAME_CLAIMS} }},
      relations: COLLECT {{ {_RELATIONS} }},
      noRelation: COLLECT {{ {_NO_RELATION} }},
      shared: COLLECT {{ {_SHARED} }},
      noSource: COLLECT {{ {_NO_SOURCE} }},
      lostCitations: COLLECT {{ {_LOST_CITATIONS} }},
      foreignNodes: COLLECT {{ {_FOREIGN_NODES} }},
      foreignRelationships: COLLECT {{ {_FOREIGN_RELATIONSHIPS} }}
    }} AS value
    """,
    {
        "labels": list(NODE_LABELS),
        "nodeProperties": {name: [prop.name for prop in props] for name, props in _NODES.items()},
        "nodeRequired": {
            name: [prop.name for prop in props if prop.required] for name, props in _NODES.items()
        },
        "ends": {name: ends for name, (ends, _) in _LINKS.items()},
        "predicates": [*RELATION_TYPES, *biolink.predicates_by_type()],
        "edgeRequired": [prop.name for prop in RELATION if prop.required],
        "linkProperties": {name: [prop.name for prop in props] for name, (_, props) in _LINKS.items()},
        "linkRequired": {
            name: [prop.name for prop in props if prop.required] for name, (_, props) in _LINKS.items()
        },
    },
)


@dataclass(frozen=True, slots=True)
class Stored:
    """What the audit reads: figures, faults by name, and the release recomputed from the elements."""

    figures: dict[str, Any]
    faults: dict[str, Any]
    releases: Releases


def read_all(database: Database) -> Stored:
    """Read everything as `read` does, however long it takes."""
    return read(partial(database.value, timeout=0), database.stream)


def read(
    run: Callable[[Statement], Any],
    stream: Callable[[Statement], Iterable[Sequence[Any]]],
    attempts: int = 3,
) -> Stored:
    """Read everything; again when a write came between, so that it is one state of the graph.

    `run` returns the one value of a statement, `stream` its rows one by one. Raises `DatabaseRejected` where
    writes did not end.
    """
    before = run(STATE)
    while True:
        elements = chain.from_iterable(map(stream, release.ELEMENTS))
        found = Stored(run(FIGURES), run(FAULTS), release.compute(elements))
        after = run(STATE)
        if after == before:
            return found
        attempts -= 1
        if not attempts:
            raise DatabaseRejected("the graph is written to all the time; try again when the load has ended")
        before = after
